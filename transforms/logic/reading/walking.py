"""Opens what is packed, layer by layer, and hands each file inside to the reader of its container."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from schemas import Reject, RejectReason
from transforms.logic.reading.archives import archive_of, members
from transforms.logic.reading.charsets import wide_encoding
from transforms.logic.reading.compression import Decompressed, compression_of
from transforms.logic.reading.content import HEAD, Outcome, Part, Settings
from transforms.logic.reading.factiva import read_factiva
from transforms.logic.reading.feeds import read_feed
from transforms.logic.reading.json_documents import read_json, read_jsonl
from transforms.logic.reading.members import Budget, Refused
from transforms.logic.reading.nexis import read_nexis
from transforms.logic.reading.parquet import read_parquet
from transforms.logic.reading.sniffing import container_of, is_beside_dumps
from transforms.logic.reading.streams import Source
from transforms.logic.reading.tables import read_table
from transforms.logic.reading.texts import read_html, read_text
from transforms.logic.reading.transcoding import Transcoded
from transforms.logic.reading.webarchives import read_warc

READERS: dict[str, Callable[[Part], Iterator[Outcome]]] = {
    "json": read_json,
    "jsonl": read_jsonl,
    "csv": read_table,
    "tsv": read_table,
    "parquet": read_parquet,
    "warc": read_warc,
    "rss": read_feed,
    "text": read_text,
    "html": read_html,
    "factiva": read_factiva,
    "nexis": read_nexis,
}


def read_source(
    source: Source, settings: Settings, budget: Budget, layers: tuple[str, ...] = ()
) -> Iterator[Outcome]:
    """Every record in a file, however it is packed; each is an article or a reject."""
    part = Part(source, settings, settings.container or "unknown", layers)
    if settings.container is None and settings.shape is None and is_beside_dumps(source.name):
        detail = "not a dump by its name; give --format to read it all the same"
        yield part.reject(0, RejectReason.UNKNOWN_FORMAT, detail, source.peek(HEAD))
        return
    head = source.peek(HEAD)
    if not head:
        yield from part.tail(0) if source.broken else (part.reject(0, RejectReason.NO_TEXT, "an empty file"),)
        return
    kind = compression_of(head) or archive_of(head)
    if kind:
        yield from _unpack(part, kind, budget)
    elif wide := wide_encoding(head):
        decoded = Source(source.name, Transcoded(source, wide))
        yield from _read_content(replace(part, source=decoded, layers=(*layers, wide)))
    else:
        yield from _read_content(part)


def _unpack(part: Part, kind: str, budget: Budget) -> Iterator[Outcome]:
    limits = part.settings.limits
    layers = (*part.layers, kind)
    archives = sum(layer in ("zip", "tar") for layer in layers)
    if archives > limits.archive_depth or len(layers) > limits.layers:
        yield part.named(kind).reject(
            0, RejectReason.UNSAFE_ARCHIVE, f"packed too deep: {' in '.join(reversed(layers))}"
        )
        return
    if kind not in ("zip", "tar"):
        inner = budget.metered(part.source.name, Decompressed(part.source, kind, limits))
        yield from read_source(inner, part.settings, budget, layers)
        return
    for member in members(kind, part.source, limits, budget):
        if isinstance(member, Refused):
            yield _refusal(kind, member)
        else:
            yield from read_source(member, part.settings, budget, layers)


def _refusal(kind: str, refused: Refused) -> Reject:
    return Reject(
        source_file=refused.name,
        position=0,
        source_format=kind,
        reason=refused.reason,
        detail=refused.detail,
        raw=b"",
        raw_bytes=refused.size,
    )


def _read_content(part: Part) -> Iterator[Outcome]:
    head = part.source.peek(HEAD)
    if not head.strip():
        yield part.reject(0, RejectReason.NO_TEXT, "an empty file", head)
        return
    container = part.settings.container or container_of(head, part.source.name, part.settings.shapes)
    if container is None:
        first = head.split(b"\n", 1)[0][:80].decode("utf-8", "replace")
        detail = f"no known format; begins with {first!r}. Name one with --format"
        yield part.reject(0, RejectReason.UNKNOWN_FORMAT, detail, head)
        return
    yield from READERS[container](part.named(container))
