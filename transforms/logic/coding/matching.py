"""Finding every name of the lexicon in a text in one pass."""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from schemas.lexicon import Name, NameKind

FOLDS = {
    ord("’"): "'",
    ord("‘"): "'",
    ord("–"): "-",
    ord("‑"): "-",
    ord("İ"): "i",
    ord("“"): '"',
    ord("”"): '"',
}
"""Typographic variants that names are matched without; one code point each, so that offsets stay."""


def fold(text: str) -> str:
    """A text without the variants of `FOLDS`, as long as it was; faster than `str.translate` by far."""
    if not text.isascii():
        for code, plain in FOLDS.items():
            text = text.replace(chr(code), plain)
    return text


class NameHit(NamedTuple):
    """All readings of one stretch of text, `[start, end)`."""

    start: int
    end: int
    names: tuple[Name, ...]


class NameMatcher:
    """Every name of a lexicon, compiled. Does not pickle: build one in each process."""

    def __init__(self, names: Iterable[Name]) -> None:
        folded: dict[str, list[Name]] = {}
        exact: dict[str, list[Name]] = {}
        for name in names:
            if name.case_sensitive:
                exact.setdefault(name.surface.translate(FOLDS), []).append(name)
            else:
                folded.setdefault(name.surface.translate(FOLDS).lower(), []).append(name)
        self._folded = _Automaton(folded)
        self._exact = _Automaton(exact)

    def find(self, text: str, lower: str) -> list[NameHit]:
        """The names in a text, leftmost and longest, sorted; `text` is folded, `lower` its lower case.

        All overlapping matches are taken, then those that do not stand between word boundaries are dropped,
        and only then is the longest chosen: choosing first loses names (a false long match hides a true
        short one).
        """
        spans = self._folded.find(text, lower, lower) + self._exact.find(text, lower, text)
        return leftmost_longest(spans)


_ANY, _SOME, _FIRST = range(3)
"""What must be capital for a name to be one: nothing, some letter, the first letter."""


def _capital(name: Name) -> int:
    if name.case_sensitive or (name.kind is NameKind.MEMBER and not name.surface[0].isupper()):
        return _ANY
    return _FIRST if name.surface[0].isupper() else _SOME


class _Automaton:
    """One automaton over surfaces, matching between word boundaries only."""

    def __init__(self, surfaces: dict[str, list[Name]]) -> None:
        keys = sorted(surfaces)
        self._names = [(tuple(surfaces[key]), frozenset(map(_capital, surfaces[key]))) for key in keys]
        self._machine = AhoCorasick(
            keys, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str, lower: str, searched: str) -> list[tuple[int, int, tuple[Name, ...]]]:
        """Start, end and names of every match in `searched`, which is `text` or its lower case."""
        found = []
        last = len(text)
        for index, start, end in self._machine.find_matches_as_indexes(searched, overlapping=True):
            before = searched[start - 1] if start else " "
            if before.isalnum() or before == "-" or (end < last and searched[end].isalnum()):
                continue
            names, capitals = self._names[index]
            if (
                _ANY in capitals
                or (_FIRST in capitals and text[start].isupper())
                or (_SOME in capitals and text[start:end] != lower[start:end])
            ):
                found.append((start, end, names))
        return found


def leftmost_longest(spans: list[tuple[int, int, tuple[Name, ...]]]) -> list[NameHit]:
    """The hits that remain when each takes its ground from the left, longer ones first."""
    spans.sort(key=itemgetter(1), reverse=True)
    spans.sort(key=itemgetter(0))
    chosen: list[NameHit] = []
    reached = 0
    for start, end, names in spans:
        if start >= reached:
            chosen.append(NameHit(start, end, names))
            reached = end
    return chosen
