"""Reader of WARC files.

Only HTML responses are articles. Other responses, revisits, resources and conversions become `not_an_article`
rejects. Records of kind warcinfo, request and metadata are the archive's notes on the others: they are not
counted as records of the dump at all.
"""

from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from schemas import RawArticle, RejectableError, RejectReason
from transforms.logic.reading.charsets import decode_html
from transforms.logic.reading.content import Outcome, Part
from transforms.logic.reading.streams import BrokenStreamError, StrictReader

MAGIC = b"WARC/"
HTML = frozenset({"text/html", "application/xhtml+xml"})
NOTES = WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata
FORMAT = "warc:html"
MAPPING = {
    "record_id": ("WARC-Record-ID",),
    "url": ("WARC-Target-URI",),
    "body": ("the page",),
    "fetched": ("WARC-Date",),
}


def read_warc(part: Part) -> Iterator[Outcome]:
    """The pages of a web archive. Positions are ordinals, notes included."""
    part.decided("html", MAPPING)
    records = ArchiveIterator(
        StrictReader(part.source), parse_http=False, stream_detect=False, record_types=WarcRecordType.any_type
    )
    position = -1
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            position += 1
            if not record.record_type & NOTES:
                yield _outcome(part, record, position)
        except BrokenStreamError:
            break
        except (OSError, ValueError, EOFError) as error:
            if not part.source.broken:
                yield part.reject(position, RejectReason.CORRUPT_ARCHIVE, f"WARC: {str(error)[:300]}")
                return
            break
    yield from part.tail(position + 1)


def _outcome(part: Part, record: WarcRecord, position: int) -> Outcome:
    cap = part.settings.limits.record_bytes
    length = record.content_length
    if length > cap:
        return part.too_large(position, b"", length)
    record.parse_http()
    kind = record.http_content_type
    code = record.http_headers.status_code if record.http_headers else None
    raw: bytes = record.reader.read(cap + 1)
    if len(raw) > cap:
        return part.too_large(position, raw, len(raw))
    if record.record_type != WarcRecordType.response or kind not in HTML or (code or 200) >= 300:
        detail = f"{record.record_type.name} {kind or 'without a content type'}, status {code}"
        return part.reject(position, RejectReason.NOT_AN_ARTICLE, detail, raw)
    try:
        return _page(part, record, position, raw)
    except RejectableError as error:
        return part.reject(position, error.reason, error.detail, raw)


def _page(part: Part, record: WarcRecord, position: int, raw: bytes) -> RawArticle:
    body, encoding = decode_html(raw, record.http_charset)
    if not body.strip():
        raise RejectableError(RejectReason.NO_TEXT, "an empty page")
    return RawArticle(
        source_file=part.source.name,
        position=position,
        source_format=FORMAT,
        encoding=encoding,
        record_id=record.headers.get("WARC-Record-ID"),
        url=record.headers.get("WARC-Target-URI"),
        fetched=record.headers.get("WARC-Date"),
        body=body,
        body_is_html=True,
    )
