"""Clean Unicode from text as received."""

import re
import unicodedata
from html import unescape
from html.entities import html5

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
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NESTED_AMPERSAND = re.compile(r"&(?:(?:amp|AMP|#0{0,3}38|#[xX]0{0,3}26);)+")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
    r"|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# A sentence end whose blank was lost with the paragraph break: "went home.The army". It begins with a set of
# signs and
# looks back afterwards, because the scan for a set is ten times as fast.
_GLUED = re.compile(r"[.!?,\"”](?<=[a-z0-9%)][a-z0-9%)\"”’].)[\"”’)]?(?=[\"“‘(]?[A-Z][a-z\s]|©)")
_MOST_ROUNDS = 8


def clean_text(text: str) -> str:
    """Return clean Unicode, one paragraph a line.

    Mojibake and entities are repaired, the text is NFC, line ends are LF, blanks are single, empty lines,
    control characters, soft hyphens and zero-width signs are gone (joiners between two non-ASCII letters
    stay: Persian and emoji need them), lone surrogates are U+FFFD, and a sentence glued to the one before
    gets its blank back. Offsets downstream count code points of the result. Idempotent; never raises.
    """
    for _ in range(_MOST_ROUNDS):
        repaired = _repair(text)
        visible = _visible(repaired)
        settled = repaired == text and (visible == text or visible == _visible(_repair(visible)))
        text = _GLUED.sub(_unglue, visible)
        if settled:
            break
    return text


def clean_line(text: str) -> str:
    """Return `clean_text` with its lines joined by blanks, for titles, names and bylines."""
    return clean_text(text).replace("\n", " ")


def _visible(text: str) -> str:
    """Return `text` without invisible signs, in lines with single blanks."""
    flat = text.replace("\n", " ")
    if flat.isprintable() and "  " not in flat and flat[:1] != " " and flat[-1:] != " ":
        return text
    lines = _lines(text)
    return lines if lines.replace("\n", " ").isprintable() else _lines(_INVISIBLE.sub("", lines))


def _lines(text: str) -> str:
    return "\n".join([line for line in [" ".join(line.split()) for line in text.splitlines()] if line])


def _repair(text: str) -> str:
    """Resolve entities, undo mojibake where its marks occur, and compose."""
    if "&" in text and ";" in text:
        text = _ENTITY.sub(_resolve, _NESTED_AMPERSAND.sub("&", text))
    if text.isascii():
        return text
    foreign = foreign_signs(text)
    if _SURROGATE.search(foreign):
        text = _SURROGATE.sub("\ufffd", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if _MOJIBAKE.search(foreign):
        text = ftfy.fix_text(text, _FTFY)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _unglue(match: re.Match[str]) -> str:
    """Put the lost blank after a mark, or before a straight quote that opens: if the last one closed."""
    mark = match[0]
    if mark[-1] != '"':
        return f"{mark} "
    text = match.string
    last = text.rfind('"', 0, match.end() - 1)
    opened = last >= 0 and (last == 0 or text[last - 1] in ' \n("“')
    return f"{mark} " if opened else f'{mark[:-1]} "'


def _resolve(match: re.Match[str]) -> str:
    known = match[1][0] == "#" or f"{match[1]};" in html5
    return unescape(match[0]) if known else match[0]
