"""Which container a file is: by its first bytes, then by its layout, with the name only as a tie-breaker."""

import csv
import re
from pathlib import PurePosixPath

from schemas import RejectableError
from transforms.logic.reading import factiva, nexis, parquet, webarchives
from transforms.logic.reading.charsets import decode_text
from transforms.logic.reading.extracting import holds_text
from transforms.logic.reading.json_splitting import find_array
from transforms.logic.reading.json_values import parse_json
from transforms.logic.reading.shapes import Shapes
from transforms.logic.reading.tables import DELIMITERS, header_score, headless_shape

CONTAINERS = ("json", "jsonl", "csv", "tsv", "parquet", "warc", "rss", "text", "html", "factiva", "nexis")
BUILT_IN_SHAPES = (
    "canonical",
    "news-please",
    "cc-news",
    "webz",
    "newsapi",
    "event-registry",
    "guardian",
    "media-cloud",
    "gdelt-doc",
    "gdelt-gkg",
    "generic",
)
FORMATS = CONTAINERS + BUILT_IN_SHAPES
"""The names that `--format` accepts, besides the shapes of a user's own mapping file."""

LINES = frozenset({".jsonl", ".ndjson", ".jl", ".jsonlines"})
TABLES = frozenset({".csv", ".tsv", ".tab", ".psv"})
PROSE = frozenset({".txt", ".text", ".md", ".asc", ""})
PAGES = frozenset({".html", ".htm", ".xhtml"})
PACKED = frozenset({".gz", ".gzip", ".bz2", ".xz", ".zst", ".zstd"})
FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
NOT_DUMPS = re.compile(
    r"[._](?!\.).*|(?i:readme[\w.-]*|.*\.(?:md5|sha1|sha256|sha512|crc|lock|tmp|part|log))"
    r"|(?i:licen[cs]e|copying|changelog|contributing|citation|manifest|makefile)(?:\.\w+){0,2}"
    r"|(?i:md5sums?|sha\d+sums?|checksums?)(?:\.\w+){0,2}"
)
"""Names of files that lie beside dumps and are none: hidden ones, README, LICENCE, checksums, leavings."""
SNIFFED_LINES = 20


def suffix_of(name: str) -> str:
    """The lower-case suffix of a file or member, without those of compressions."""
    path = PurePosixPath(name.rsplit("!", 1)[-1].replace("\\", "/"))
    while path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    return path.suffix.lower()


def is_beside_dumps(name: str) -> bool:
    """Whether a file's name says that it is not a dump (a README, a hidden file, checksums)."""
    return bool(NOT_DUMPS.fullmatch(PurePosixPath(name.rsplit("!", 1)[-1].replace("\\", "/")).name))


def container_of(head: bytes, name: str, shapes: Shapes) -> str | None:
    """The container of an uncompressed file, one of `CONTAINERS`; None if it is none of them."""
    if head.startswith(parquet.MAGIC):
        return "parquet"
    if head.startswith(webarchives.MAGIC):
        return "warc"
    suffix = suffix_of(name)
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if body[:1] in (b"{", b"["):
        return _json_kind(body, suffix, shapes)
    if suffix in LINES:
        return "jsonl"
    if body[:1] == b"<":
        if FEED.search(body[:4096]):
            return "rss"
        if PAGE.match(body) or suffix in PAGES:
            return "html"
    return _text_kind(head, suffix, shapes)


def _json_kind(body: bytes, suffix: str, shapes: Shapes) -> str:
    lines = [line.strip() for line in body.split(b"\n")[:SNIFFED_LINES] if line.strip()]
    if find_array(lines[0], shapes.envelopes) and not _is_article(lines[0], shapes):
        return "json"
    if suffix in LINES:
        return "jsonl"
    closed = sum(line.startswith(b"{") and line.endswith(b"}") for line in lines)
    return "jsonl" if len(lines) > 1 and body[:1] == b"{" and closed * 2 >= len(lines) else "json"


def _is_article(line: bytes, shapes: Shapes) -> bool:
    try:
        value, _ = parse_json(line)
    except RejectableError:
        return False  # the rest of it lies beyond what was looked at
    return isinstance(value, dict) and holds_text(value, shapes.shapes)


def _text_kind(head: bytes, suffix: str, shapes: Shapes) -> str | None:
    try:
        text, _ = decode_text(head[: head.rfind(b"\n") + 1] or head)
    except RejectableError:
        return "text" if suffix in PROSE - {""} else None
    if text.count("{") and '":' in text and suffix not in TABLES and _mostly_objects(text):
        return "jsonl"
    if suffix not in TABLES:
        if factiva.END.search(text) and any(factiva.WORDS.fullmatch(line) for line in text.split("\n")):
            return "factiva"
        if re.search(r"^HD(?: {1,4}|$)", text, re.MULTILINE) and re.search(
            r"^(?:LP|TD)(?: {1,4}|$)", text, re.MULTILINE
        ):
            return "factiva"
        if nexis.END.search(text) or nexis.START.search(text):
            return "nexis"
    return _table_kind(text, suffix, shapes) or ("text" if suffix in PROSE else None)


def _mostly_objects(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n")[:SNIFFED_LINES] if line.strip()]
    return sum(line.startswith("{") and line.endswith("}") for line in lines) * 2 > len(lines)


def _table_kind(text: str, suffix: str, shapes: Shapes) -> str | None:
    if suffix in TABLES:
        return "csv" if suffix == ".csv" or suffix == ".psv" else "tsv"
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    if headless_shape(first, shapes):
        return "tsv"
    try:
        scores = {mark: header_score(first, mark, shapes.columns) for mark in DELIMITERS}
    except csv.Error:
        return None
    best = max(scores, key=lambda mark: scores[mark])
    known, cells = scores[best]
    if known < 2 or (known * 2 < cells and known < 3):
        return None
    return "tsv" if best == "\t" else "csv"
