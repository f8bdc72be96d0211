"""Splitting a text into sentences by their offsets."""

import re
import string
from typing import NamedTuple

_BREAK = re.compile(r"""([.!?]['")\]]*)(?:\s+(?=["'(\[]?[A-Z0-9])|(?<=[a-z"]\.)(?=[A-Z"][a-z]))""")
_SHORTENED = frozenset(
    "Mr Mrs Ms Dr Gen Col Lt Maj Capt Sgt Cpl Brig Adm Cmdr Sen Rep Gov St Rev Prof Pres Jan Feb Mar Apr Jun "
    "Jul Aug Sept Sep Oct Nov Dec No vs etc Inc Corp Co Ltd Jr Sr Ft Mt approx a.m p.m".split()
) | frozenset(string.ascii_uppercase)
_LAST_WORD = re.compile(r"(?:^|[\s(\"'-])([A-Za-z.]+)$")
_ACRONYM = re.compile(r"(?:\b[A-Z]\.){2,}$")


class Sentence(NamedTuple):
    """A sentence at `[start, end)` of the text; `headline` when it is the title."""

    start: int
    end: int
    headline: bool


def split_sentences(text: str, title_length: int) -> list[Sentence]:
    """The sentences of a folded text, in order, without the blanks around them.

    Line breaks end sentences, unless the text is hard-wrapped. A full stop ends one before a capital or a
    digit, also where the blank is missing, but not behind an abbreviation or an initial.
    """
    spans = _lines(text)
    found: list[Sentence] = []
    for start, end in spans:
        found.extend(_split_line(text, start, end, title_length))
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return _unwrapped(text, spans) if _hard_wrapped(spans) else spans


def _hard_wrapped(spans: list[tuple[int, int]]) -> bool:
    """Whether most lines break near one width, as in wire text of the terminal age."""
    if len(spans) < 6:
        return False
    lengths = sorted(end - start for start, end in spans)
    return 40 <= lengths[len(lengths) // 2] <= 85 and lengths[-1] <= 100


def _unwrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines joined into paragraphs: a blank line or an indent begins a new one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        gap = text[joined[-1][1] : start] if joined else "\n\n"
        if gap.count("\n") > 1 or text[start] in " \t" or text[end - 1 : end] in ".!?":
            joined.append((start, end))
        else:
            joined[-1] = (joined[-1][0], end)
    return joined


def _split_line(text: str, start: int, end: int, title_length: int) -> list[Sentence]:
    found = []
    at = start
    for match in _BREAK.finditer(text, start, end):
        stop, after = match.span()
        if text[stop] != "." or not _goes_on(text, at, stop, after):
            found.append(_trimmed(text, at, match.end(1), title_length))
            at = after
    if not text[at:end].isspace() and at < end:
        found.append(_trimmed(text, at, end, title_length))
    return found


def _goes_on(text: str, at: int, stop: int, after: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or an acronym."""
    word = text[max(at, text.rfind(" ", at, stop) + 1) : stop]
    if word.isalpha():
        return word in _SHORTENED
    tail = text[max(at, stop - 13) : stop + 1]
    last = _LAST_WORD.search(tail, 0, len(tail) - 1)
    if last is not None and last[1] in _SHORTENED:
        return True
    return _ACRONYM.search(tail) is not None and not text[after : after + 4].istitle()


def _trimmed(text: str, start: int, end: int, title_length: int) -> Sentence:
    if text[start].isspace() or text[end - 1].isspace():
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
    return Sentence(start, end, start < title_length)
