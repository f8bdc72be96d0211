"""Finding every name of the lexicon in a text in one pass."""

from collections.abc import Iterable
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
        hits = [
            hit
            for hit in self._folded.find(lower)
            if any(_case_fits(name, text, hit.start, hit.end) for name in hit.names)
        ]
        hits += self._exact.find(text)
        return leftmost_longest(hits)


def _case_fits(name: Name, text: str, start: int, end: int) -> bool:
    if not name.surface[0].isupper():
        return name.kind is NameKind.MEMBER or any(c.isupper() for c in text[start:end])
    return text[start].isupper()


class _Automaton:
    """One automaton over surfaces, matching between word boundaries only."""

    def __init__(self, surfaces: dict[str, list[Name]]) -> None:
        keys = sorted(surfaces)
        self._names = [tuple(surfaces[key]) for key in keys]
        self._machine = AhoCorasick(
            keys, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str) -> list[NameHit]:
        found = []
        last = len(text)
        for index, start, end in self._machine.find_matches_as_indexes(text, overlapping=True):
            if start and (text[start - 1].isalnum() or text[start - 1] == "-"):
                continue
            if end < last and text[end].isalnum():
                continue
            found.append(NameHit(start, end, self._names[index]))
        return found


def leftmost_longest(hits: list[NameHit]) -> list[NameHit]:
    """The hits that remain when each takes its ground from the left, longer ones first."""
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    chosen: list[NameHit] = []
    reached = 0
    for hit in hits:
        if hit.start >= reached:
            chosen.append(hit)
            reached = hit.end
    return chosen
