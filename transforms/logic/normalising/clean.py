"""Clean Unicode from text as received."""

import html
import re
import unicodedata

import ftfy

from transforms.logic.normalising.fold import foreign_signs

# Signs that mojibake, lost bytes and stray Windows-1252 leave behind; ftfy (slow) decides only where one
# occurs.
_MOJIBAKE = re.compile(r"[\x80-\x9fÂÃÐÑðŸïâØÙ\ufffdﬀ-ﬆ]")
_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
    r"|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# A full stop whose blank was lost with the paragraph break: "went home.The army".
_GLUED = re.compile(r"(?<=[a-z0-9%)][a-z0-9%)])([.!?][\"”’)]?|,?[\"”])(?=[\"“‘(]?[A-Z][a-z]|©)")
_MOST_ROUNDS = 8


def clean_text(text: str) -> str:
    """Return clean Unicode, one paragraph a line.

    Mojibake and entities are repaired, the text is NFC, line ends are LF, blanks are single, empty lines,
    control characters, soft hyphens and zero-width signs are gone (joiners between two non-ASCII letters
    stay: Persian and emoji need them), lone surrogates are U+FFFD, and a sentence glued to the one before
    gets its blank back. Offsets downstream count code points of the result. Idempotent; never raises.
    """
    for _ in range(_MOST_ROUNDS):
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def clean_line(text: str) -> str:
    """Return `clean_text` with its lines joined by blanks, for titles, names and bylines."""
    return clean_text(text).replace("\n", " ")


def _clean_once(text: str) -> str:
    if "&" in text and ";" in text:
        text = _ENTITY.sub(_unescape, text)
    if not text.isascii():
        text = _repair(text)
    lines = text.split("\n")
    if not all(map(str.isprintable, lines)):
        lines = _printable(text).split("\n")
    text = "\n".join([line for line in [" ".join(line.split()) for line in lines] if line])
    # Cheap arithmetic first: the expression is slow, and most texts have no glued full stop.
    if text.count(".") - text.count(". ") - text.count(".\n") > 1 or "”" in text:
        text = _GLUED.sub(r"\1 ", text)
    return text


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _repair(text: str) -> str:
    """Undo mojibake where its marks occur, and compose."""
    foreign = foreign_signs(text)
    if _SURROGATE.search(foreign):
        text = _SURROGATE.sub("\ufffd", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if _MOJIBAKE.search(foreign):
        text = ftfy.fix_text(text, _FTFY)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _printable(text: str) -> str:
    return _INVISIBLE.sub("", _BREAKS.sub("\n", text))
