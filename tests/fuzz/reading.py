"""Files of every format and packing: whatever is in them, each record is an article or a reject, once.

The first byte of an input chooses among the formats of its target (or none, to have it found), or how the
rest is packed; the rest is the file.
"""

import bz2
import gzip
import json
import lzma
from collections.abc import Callable, Iterator
from typing import NamedTuple

import zstandard

from schemas import RejectableError, RejectReason
from tests.conftest import ROOT
from tests.logic.reading.reading_helpers import Outcomes, articles, jsonl, read_bytes, record
from tests.logic.reading.test_reading_archives import FILES, tarred, zipped
from tests.logic.reading.test_reading_databases import CODED, FACTIVA, NEXIS, OLD_NEXIS
from tests.logic.reading.test_reading_feeds import ATOM, RSS
from tests.logic.reading.test_reading_json import DOCUMENTS
from tests.logic.reading.test_reading_parquet import ROWS, parquet
from tests.logic.reading.test_reading_tables import table
from tests.logic.reading.test_reading_webarchives import PAGE, RECORDS
from transforms.logic.normalising import normalise_article
from transforms.logic.reading import Limits

LIMITS = Limits(record_bytes=20_000, document_bytes=50_000, ratio_floor=1 << 20, spool_bytes=1 << 20)
"""So small that inputs reach them."""

SAMPLE = ROOT / "seeds" / "sample"
Pack = Callable[[bytes], bytes]
PACKED: tuple[Pack, ...] = (
    bytes,
    gzip.compress,
    bz2.compress,
    zstandard.compress,
    lzma.compress,
    lambda data: zipped({"x": data}),
    lambda data: tarred({"x": data}),
)
UNPACKING = {RejectReason.UNSAFE_ARCHIVE, RejectReason.TOO_LARGE}
"""What may be said of a packed file that is not said of the same file unpacked."""


class Group(NamedTuple):
    """Formats that are fuzzed together, and sound files of each; a None is found out."""

    formats: tuple[str | None, ...]
    files: Callable[[], Iterator[tuple[str, bytes]]]

    def seeds(self) -> Iterator[bytes]:
        """Every file under its own format and under none."""
        for name, data in self.files():
            yield bytes([self.formats.index(name)]) + data
            yield bytes([self.formats.index(None)]) + data


def _json_files() -> Iterator[tuple[str, bytes]]:
    yield "jsonl", jsonl(*(record(number) for number in range(3)))
    yield "jsonl", b'{"title": "cut off\n' + jsonl(record(1)).replace(b"ferry", b"f\x92rry")
    for document in DOCUMENTS.values():
        yield "json", json.dumps(document).encode()
    for path in sorted(SAMPLE.glob("*.json")):
        yield "json", path.read_bytes()[:6000]


def _table_files() -> Iterator[tuple[str, bytes]]:
    rows = [["1", 'A "quote", and\nmore', "B"], ["2", "C", "D"]]
    yield "csv", table(rows)
    yield "tsv", table(rows, "\t")
    yield "csv", (SAMPLE / "press_review.csv").read_bytes()


def _text_files() -> Iterator[tuple[str, bytes]]:
    yield "text", b"Ferries leave\n\n-----\n\nThe port was left.\n"
    for path in sorted((SAMPLE / "texts").glob("*.txt")):
        yield "text", path.read_bytes()
    for text in (FACTIVA, CODED):
        yield "factiva", text.encode()
    for text in (NEXIS, OLD_NEXIS):
        yield "nexis", text.encode()


def _page_files() -> Iterator[tuple[str, bytes]]:
    yield "html", PAGE.encode()
    yield "html", (SAMPLE / "pages" / "2024-12-03_zamzam.html").read_bytes()
    yield "rss", RSS.encode()
    yield "rss", ATOM.encode()
    yield "rss", (SAMPLE / "levant_courier.xml").read_bytes()


def _binary_files() -> Iterator[tuple[str, bytes]]:
    yield "parquet", parquet(ROWS[:4], group=2)
    yield "warc", b"".join(RECORDS)
    for one in RECORDS:
        yield "warc", one


GROUPS = {
    "json": Group((None, "json", "jsonl", "news-please", "webz"), _json_files),
    "tables": Group((None, "csv", "tsv", "generic"), _table_files),
    "texts": Group((None, "text", "factiva", "nexis"), _text_files),
    "pages": Group((None, "html", "rss"), _page_files),
    "binary": Group((None, "parquet", "warc"), _binary_files),
}


def check_of(formats: tuple[str | None, ...]) -> Callable[[bytes], None]:
    """The property of files that are read under one of these formats."""

    def check(data: bytes) -> None:
        if data:
            check_file(data[1:], formats[data[0] % len(formats)])

    return check


def check_file(data: bytes, format: str | None = None) -> None:
    """Every record has a place of its own, no record is lost, and ranges give what the whole gives."""
    whole = read_bytes("a", data, format=format, limits=LIMITS)
    places = [(outcome.source_file, outcome.position) for outcome in whole]
    assert len(set(places)) == len(places), f"one place twice: {places}"
    for raw in articles(whole):
        try:
            normalise_article(raw)
        except RejectableError:
            continue
    if data[:1] in b"{P" or format == "jsonl":
        parts = read_bytes("a", data, format=format, limits=LIMITS, range_bytes=100)
        assert _told(parts) == _told(whole)


def check_packed(data: bytes) -> None:
    """A file is read alike from every packing."""
    if not data:
        return
    pack, content = PACKED[data[0] % len(PACKED)], data[1:]
    check_file(pack(content))
    if pack is bytes:
        return
    packed, plain = (read_bytes("a", some, limits=LIMITS) for some in (pack(content), content))
    if not any(outcome.reason in UNPACKING for outcome in packed + plain if hasattr(outcome, "reason")):
        assert _told(packed) == _told(plain)


def packed_seeds() -> Iterator[bytes]:
    """Archives and compressed files as they are, and plain files for each packing."""
    inner = zipped({"x.jsonl.gz": gzip.compress(jsonl(record(1)), mtime=0)})
    plain = jsonl(record(1), record(2))
    for sound in (zipped(FILES), tarred(FILES), tarred({"in.zip": inner}), inner):
        yield b"\0" + sound
    for number, pack in enumerate(PACKED):
        yield b"\0" + pack(plain)
        yield bytes([number]) + plain
        yield bytes([number]) + inner


def _told(outcomes: Outcomes) -> list[tuple[object, ...]]:
    return [
        (type(outcome).__name__, outcome.position, getattr(outcome, "reason", None)) for outcome in outcomes
    ]
