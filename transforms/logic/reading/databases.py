"""What the readers of press databases' text exports share.

One file holds many articles that only their layout divides. Each record is what stands between two end marks;
a record without the lines that say where its text is becomes a `wrong_shape` reject, never a guess.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from schemas import BodyKind, RawArticle, Reject, RejectableError, RejectReason
from transforms.logic.reading.charsets import decode_text
from transforms.logic.reading.content import Outcome, Part

COPYRIGHT = re.compile(r"\s*(?:Copyright|©|\(c\))\s?.*", re.IGNORECASE)

Fields = dict[str, Any]


def read_records(
    part: Part, name: str, split: Callable[[str], Iterator[str]], fields: Callable[[str], Fields]
) -> Iterator[Outcome]:
    """The outcome of every record that `split` finds in a part, by `fields`. Positions are ordinals."""
    raw, total = part.source.read_whole(part.settings.limits.document_bytes)
    if total > part.settings.limits.document_bytes:
        yield part.too_large(0, raw, total, part.settings.limits.document_bytes)
        return
    try:
        text, encoding = decode_text(raw)
    except RejectableError as error:
        yield part.reject(0, error.reason, error.detail, raw)
        return
    records = list(split(text.replace("\r\n", "\n").replace("\f", "\n")))
    lost = records.pop() if part.source.broken and records else None
    for position, record in enumerate(records):
        yield _outcome(part, name, encoding, position, record, fields)
    yield from part.tail(len(records), (lost or "").encode())


def _outcome(
    part: Part, name: str, encoding: str, position: int, record: str, fields: Callable[[str], Fields]
) -> RawArticle | Reject:
    raw = record.encode("utf-8", "replace")
    if len(raw) > part.settings.limits.record_bytes:
        return part.too_large(position, raw, len(raw))
    try:
        found = _with_text({key: value for key, value in fields(record).items() if value})
    except RejectableError as error:
        return part.reject(position, error.reason, error.detail, raw)
    return RawArticle(
        source_file=part.source.name, position=position, source_format=name, encoding=encoding, **found
    )


def _with_text(found: Fields) -> Fields:
    if "body" not in found and "title" not in found:
        raise RejectableError(RejectReason.NO_TEXT, "neither a title nor a text")
    return found if "body" in found else {**found, "body_kind": BodyKind.NONE}
