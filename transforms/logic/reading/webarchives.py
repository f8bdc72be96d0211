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
    position = 0
    try:
        for position, record in enumerate(records, 1):
            length = record.content_length
            block = record.reader.read(min(length, part.settings.limits.record_bytes))
            if len(block) < min(length, part.settings.limits.record_bytes):
                yield _cut(part, position - 1, block)
                return
            if not record.record_type & NOTES:
                yield _outcome(part, record, position - 1, block)
    except (OSError, ValueError, EOFError) as error:
        if not part.source.broken:
            yield part.reject(position, RejectReason.CORRUPT_ARCHIVE, f"WARC: {str(error)[:300]}")
    except BrokenStreamError:
        pass  # the tail below says it
    yield from part.tail(position)


def _cut(part: Part, position: int, block: bytes) -> Outcome:
    for reject in part.tail(position, block):
        return reject
    detail = "WARC: the file ends inside a record"
    return part.reject(position, RejectReason.TRUNCATED_ARCHIVE, detail, block)


def _outcome(part: Part, record: WarcRecord, position: int, block: bytes) -> Outcome:
    cap = part.settings.limits.record_bytes
    if record.content_length > cap:
        return part.too_large(position, block, record.content_length)
    record.set_bytes_content(block)
    try:
        record.parse_http(auto_decode="all")
        page = record.reader.read(cap + 1)
    except OSError as error:
        return part.reject(position, RejectReason.CORRUPT_ARCHIVE, f"HTTP: {str(error)[:300]}", block)
    if len(page) > cap:
        return part.too_large(position, page, len(page))
    kind = record.http_content_type
    status = record.http_headers.status_code if record.http_headers else None
    if record.record_type != WarcRecordType.response or kind not in HTML or (status or 200) >= 300:
        detail = f"{record.record_type} {kind or 'without a content type'}, status {status}"
        return part.reject(position, RejectReason.NOT_AN_ARTICLE, detail, block)
    try:
        return _page(part, record, position, page)
    except RejectableError as error:
        return part.reject(position, error.reason, error.detail, block)


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
