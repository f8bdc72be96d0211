"""Paragraphs from text that was broken into lines of a fixed width."""

import re

_WIDEST = 100
_NARROWEST = 40
_FULL_SHARE = 0.6
_TABLE = re.compile(r"\S {3,}\S+ {3,}\S|\t\S+\t")


def unwrap(text: str) -> str:
    """Join the lines of hard-wrapped text into paragraphs, one a line; return any other text as it is.

    Text counts as wrapped when its lines are short (at most 100 signs) and most of them could not have held
    the next line's first word. A blank line or an indent begins a paragraph; rows of a table stay lines.
    """
    if not 0 <= text.find("\n") <= _WIDEST:
        return text
    lines = text.replace("\r\n", "\n").expandtabs(4).split("\n") if "\t" in text else text.splitlines()
    if not _is_wrapped(lines):
        return text
    paragraphs: list[str] = []
    opening = True
    for line in lines:
        stripped = line.strip()
        if not stripped:
            opening = True
            continue
        table = _TABLE.search(stripped) is not None
        if opening or table or line.startswith((" ", "\t")):
            paragraphs.append(stripped)
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {stripped}"
        opening = table
    return "\n".join(paragraphs)


def _is_wrapped(lines: list[str]) -> bool:
    widths = [len(line.rstrip()) for line in lines]
    width = max(widths, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    pairs = full = 0
    for length, following in zip(widths, lines[1:], strict=False):
        if length and following and not following[0].isspace():
            pairs += 1
            full += length + 1 + len(following.split(maxsplit=1)[0]) > width - 2
    return pairs >= 2 and full >= _FULL_SHARE * pairs
