"""Whether two texts are copies, decided from their marks alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from schemas import Relation
from transforms.logic.deduplicating.fingerprint import MAX_NUMBERS, SLOTS
from transforms.logic.deduplicating.texts import DistinctText

MIN_JACCARD = 0.45
MIN_CONTAINMENT = 0.75
MIN_CONTAINED = 40
"""Shingles of the smaller text below which containment is noise."""

MIN_SIZE_RATIO = 0.3
"""A text a third the size of another may be its excerpt; of a smaller one 128 slots cannot tell."""

MIN_NUMBERS = 3
ALIKE, SHARE_ALIKE, SHARE_UNLIKE = 0.6, 0.5, 0.6
"""The share of numbers that copies have in common; more is asked below .6, where templates are."""

WINDOW_DAYS = 60
"""Days within which near copies are looked for, unless a run is told otherwise."""
_CHANCE = 1 / 256
"""Two slots of 8 bits are equal by chance so often."""

_NO_NUMBER = -1
_BEYOND = 1 << 32
_Bools = npt.NDArray[np.bool_]
_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


class Verdict(NamedTuple):
    """How two texts are alike: near copies, or one an excerpt of the other, and their Jaccard similarity."""

    relation: Relation
    similarity: float


def similar(a: DistinctText, b: DistinctText, window_days: int = WINDOW_DAYS) -> Verdict | None:
    """Say whether two texts are copies, and how; symmetric.

    Near: Jaccard similarity of the shingles of at least .45. Excerpt: less, but three quarters of the smaller
    text are in the other, which is at most 3.3 times as long. Neither, when too few of the numbers of the
    smaller set are shared (templated quake and market reports differ in little else), or when the texts
    appeared more than `window_days` apart. A text that has an undated copy is of any day.
    """
    return Stack([a, b], window_days).verdicts(0, np.array([1]))[0]


@dataclass(slots=True, init=False)
class Stack:
    """Texts laid side by side, to compare one with many at the speed of numpy."""

    sketches: npt.NDArray[np.uint8]
    shingles: _Floats
    first: _Ints
    last: _Ints
    undated: _Bools
    numbers: _Ints
    limits: _Ints
    window_days: int

    def __init__(self, texts: Sequence[DistinctText], window_days: int) -> None:
        self.window_days = window_days
        comparable = [text.marks.sketch or bytes(SLOTS) for text in texts]
        self.sketches = np.frombuffer(b"".join(comparable), np.uint8).reshape(len(texts), SLOTS)
        usable = [text.marks.shingles if text.marks.sketch else 0 for text in texts]
        self.shingles = np.array(usable, np.float64)
        self.first = np.array([text.days.first for text in texts], np.int64)
        self.last = np.array([text.days.last for text in texts], np.int64)
        self.undated = np.array([text.days.undated for text in texts], bool)
        self.numbers = np.full((len(texts), MAX_NUMBERS), _NO_NUMBER, np.int64)
        for row, text in enumerate(texts):
            numbers = np.frombuffer(text.marks.numbers, ">u4")
            self.numbers[row, : len(numbers)] = numbers
        # Of a text with more numbers only the least are kept, so nothing is known of those beyond the last.
        full = self.numbers[:, -1]
        self.limits = np.where(full == _NO_NUMBER, _BEYOND, full)

    def verdicts(self, one: int, many: _Ints) -> list[Verdict | None]:
        """Compare text `one` with each of `many`."""
        accepted, jaccard = self.compare(one, many)
        return [
            _verdict(float(value)) if yes else None
            for yes, value in zip(accepted.tolist(), jaccard.tolist(), strict=True)
        ]

    def compare(self, one: int, many: _Ints) -> tuple[_Bools, _Floats]:
        """Return which of `many` are similar to text `one`, and all estimated Jaccard similarities."""
        equal = (self.sketches[many] == self.sketches[one]).sum(axis=1) / SLOTS
        jaccard = np.maximum(0.0, (equal - _CHANCE) / (1 - _CHANCE))
        accepted = (jaccard >= MIN_JACCARD) | self._contained(one, many, jaccard)
        accepted &= (self.shingles[many] > 0) & (self.shingles[one] > 0)
        accepted &= self._near_in_time(one, many)
        if accepted.any():
            accepted[accepted] = self._numbers_agree(one, many[accepted], jaccard[accepted])
        return accepted, jaccard

    def _contained(self, one: int, many: _Ints, jaccard: _Floats) -> _Bools:
        mine, theirs = self.shingles[one], self.shingles[many]
        smaller, larger = np.minimum(mine, theirs), np.maximum(mine, theirs)
        shared = jaccard / (1 + jaccard) * (mine + theirs)
        comparable = (smaller >= MIN_CONTAINED) & (smaller >= MIN_SIZE_RATIO * larger)
        contained: _Bools = comparable & (shared >= MIN_CONTAINMENT * smaller)
        return contained

    def _near_in_time(self, one: int, many: _Ints) -> _Bools:
        near = (self.first[many] - self.last[one] <= self.window_days) & (
            self.first[one] - self.last[many] <= self.window_days
        )
        result: _Bools = near | self.undated[many] | self.undated[one]
        return result

    def _numbers_agree(self, one: int, many: _Ints, jaccard: _Floats) -> _Bools:
        limits = np.minimum(self.limits[many], self.limits[one])[:, None]
        theirs = self.numbers[many]
        mine = self.numbers[one]
        mine = mine[mine != _NO_NUMBER]
        if len(mine) < MIN_NUMBERS:
            return np.ones(len(many), bool)
        place = np.searchsorted(mine, theirs)
        shared = (mine.take(place, mode="clip") == theirs).sum(axis=1)
        their_count = ((theirs != _NO_NUMBER) & (theirs <= limits)).sum(axis=1)
        my_count = np.searchsorted(mine, limits[:, 0], side="right")
        fewer = np.minimum(their_count, my_count)
        asked = np.where(jaccard >= ALIKE, SHARE_ALIKE, SHARE_UNLIKE)
        agree: _Bools = (fewer < MIN_NUMBERS) | (shared >= asked * fewer)
        return agree


def _verdict(jaccard: float) -> Verdict:
    relation = Relation.NEAR if jaccard >= MIN_JACCARD else Relation.EXCERPT
    return Verdict(relation, round(jaccard, 4))
