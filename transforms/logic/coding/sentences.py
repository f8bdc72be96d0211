"""Splitting a text into sentences by their offsets."""

import re
from typing import NamedTuple

_BREAK = re.compile(r"""[.!?]['")\]]*(?:\s+(?=["'(\[]?[A-Z0-9])|(?<=[a-z"]\.)(?=[A-Z"][a-z]))""")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'-])(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Cpl|Brig|Adm|Cmdr|Sen|Rep|Gov|St|Rev|Prof|Pres|Jan|Feb|"
    r"Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|etc|Inc|Corp|Co|Ltd|Jr|Sr|Ft|Mt|approx|[ap]\.m|[A-Z])\.$"
)
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
        head = text[at : match.end()].rstrip().rstrip("\"')]")
        tail = head[-14:]
        if _ABBREVIATION.search(tail) or (_ACRONYM.search(tail) and not text[match.end() :][:4].istitle()):
            continue
        found.append(_trimmed(text, at, match.end(), title_length))
        at = match.end()
    if text[at:end].strip():
        found.append(_trimmed(text, at, end, title_length))
    return [s for s in found if s.end > s.start]


def _trimmed(text: str, start: int, end: int, title_length: int) -> Sentence:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Sentence(start, start + len(piece.strip()), start < title_length)
