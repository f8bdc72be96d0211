"""Damage of any kind becomes rejects: nothing about a file is ever raised."""

import gzip
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.logic.reading.reading_helpers import jsonl, read_bytes, record
from tests.logic.reading.test_reading_archives import FILES, tarred, zipped
from tests.logic.reading.test_reading_databases import CODED, FACTIVA, NEXIS
from tests.logic.reading.test_reading_feeds import RSS
from tests.logic.reading.test_reading_parquet import ROWS, parquet
from tests.logic.reading.test_reading_tables import table
from tests.logic.reading.test_reading_webarchives import RECORDS

SOUND = {
    "a.jsonl": jsonl(*(record(n) for n in range(6))),
    "a.json": json.dumps({"articles": [record(n) for n in range(6)]}).encode(),
    "a.csv": table([["1", 'A "quote", and\nmore', "B"], ["2", "C", "D"]]),
    "a.parquet": parquet(ROWS, group=10),
    "a.warc": b"".join(RECORDS),
    "a.xml": RSS.encode(),
    "a.txt": b"Ferries leave\n\n-----\n\nThe port was left.\n",
    "factiva.txt": FACTIVA.encode(),
    "coded.txt": CODED.encode(),
    "nexis.txt": NEXIS.encode(),
    "a.zip": zipped(FILES),
    "a.tar.gz": gzip.compress(tarred(FILES), mtime=0),
}
DAMAGE = st.lists(
    st.tuples(st.integers(0, 1 << 20), st.binary(max_size=4), st.integers(0, 6)), min_size=1, max_size=4
)


@pytest.mark.parametrize("name", SOUND)
@given(DAMAGE, st.booleans())
def test_damaged_files_raise_nothing_and_places_are_unique(
    name: str, damage: list[tuple[int, bytes, int]], cut: bool
) -> None:
    data = SOUND[name]
    for place, inserted, dropped in damage:
        at = place % (len(data) + 1)
        data = data[:at] + inserted + data[at + dropped :]
    if cut:
        data = data[: damage[0][0] % (len(data) + 1)]
    outcomes = read_bytes(name, data)
    places = [(outcome.source_file, outcome.position) for outcome in outcomes]
    assert len(set(places)) == len(places)
    assert outcomes or not data.strip() or name in ("a.json", "a.csv", "a.xml", "a.warc", "a.tar.gz", "a.zip")


@given(st.binary(max_size=400), st.sampled_from([*SOUND, "a", "a.html", "a.gz"]))
@example(b"\x1f\x8b", "a")
@example(b"PK\x05\x06" + b"\0" * 18, "a.zip")
@example(b"{", "a.json")
@example(b"[", "a.json")
@example(b'"', "a.csv")
@example(b"\x28\xb5\x2f\xfd", "a.zst")
def test_any_bytes_raise_nothing(data: bytes, name: str) -> None:
    for outcome in read_bytes(name, data):
        assert outcome.source_file.startswith(name)


@pytest.mark.parametrize(
    "format", ["json", "jsonl", "csv", "tsv", "parquet", "warc", "rss", "text", "html", "factiva", "nexis"]
)
@given(st.binary(min_size=1, max_size=400))
def test_a_forced_format_raises_nothing_either(format: str, data: bytes) -> None:
    read_bytes("a", data, format=format)
