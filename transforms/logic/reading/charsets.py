"""Bytes to text, with a note of how.

Real dumps are UTF-8 with accidents: a few Windows quotes in one record, a whole record in another code page,
a file in UTF-16. A record that is not UTF-8 is read as UTF-8 with single Windows-1252 bytes when few bytes
are odd, and by charset-normalizer's judgement when many are.
"""

import codecs
import re

from charset_normalizer import from_bytes

from schemas import RejectableError, RejectReason

UTF8 = "utf-8"
FEW = 0.1
"""Below this share, bytes that are not UTF-8 are single letters of a Western text, not another script."""
RUN = re.compile(b"[\x80-\xff]{4}")
"""So are they where never four of them stand together, for in a short text the share says little."""
SAMPLE = 1 << 16
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROLS_SHARE = 0.05
META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return odd.decode("cp1252"), error.end


codecs.register_error("wiretally_cp1252", _as_windows)


def wide_encoding(head: bytes) -> str | None:
    """`utf-16` or `utf-32` (with byte order where no mark gives it) if the first bytes show it, else None."""
    for mark, name in BOMS[1:]:
        if head.startswith(mark):
            return name
    sample = head[:2000]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def decode_text(raw: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding that gave it.

    `declared` is what the source says of itself; it is believed only where the bytes are not UTF-8.

    Raises:
        RejectableError: `bad_encoding`.
    """
    for mark, name in BOMS:
        if raw.startswith(mark):
            return _strict(raw, name)
    try:
        text = raw.decode(UTF8)
    except UnicodeDecodeError:
        return _decode_odd(raw, declared)
    return _printable(text, UTF8)


def decode_html(raw: bytes, declared: str | None = None) -> tuple[str, str]:
    """As `decode_text`, with the charset of the page's own `<meta>` where nothing else was declared."""
    if declared is None and (found := META_CHARSET.search(raw[:4096])):
        declared = found[1].decode("ascii")
    return decode_text(raw, declared)


def _strict(raw: bytes, name: str) -> tuple[str, str]:
    try:
        return raw.decode(name), name.removesuffix("-sig")
    except UnicodeDecodeError as error:
        raise RejectableError(RejectReason.BAD_ENCODING, f"{name} by its mark, but {error.reason}") from error


def _decode_odd(raw: bytes, declared: str | None) -> tuple[str, str]:
    if declared:
        try:
            return _printable(raw.decode(declared), codecs.lookup(declared).name)
        except (LookupError, UnicodeDecodeError):
            pass  # the declaration was wrong; the bytes decide below
    odd = len(raw) - len(raw.decode(UTF8, "ignore").encode())
    if odd <= FEW * len(raw) or not RUN.search(raw):
        try:
            return _printable(raw.decode(UTF8, "wiretally_cp1252"), "utf-8+cp1252")
        except UnicodeDecodeError:
            pass  # bytes that Windows-1252 does not have either
    best = from_bytes(raw[:SAMPLE]).best()
    if best is None:
        raise RejectableError(RejectReason.BAD_ENCODING, "not UTF-8, not Windows-1252, nor anything known")
    try:
        return _printable(raw.decode(best.encoding), best.encoding)
    except UnicodeDecodeError as error:
        raise RejectableError(
            RejectReason.BAD_ENCODING, f"looked like {best.encoding}, but {error.reason}"
        ) from error


def _printable(text: str, name: str) -> tuple[str, str]:
    """The text, unless it is full of control characters: then it was never text."""
    controls = len(CONTROLS.findall(text))
    if controls > 4 and controls > CONTROLS_SHARE * len(text):
        raise RejectableError(
            RejectReason.BAD_ENCODING, f"{controls} control characters in {len(text)}, as {name}"
        )
    return text, name
