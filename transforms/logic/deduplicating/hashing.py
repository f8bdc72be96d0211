"""Hashes of words and runs of words, by numpy's wraparound arithmetic alone.

A stored index outlives library versions, and the digests of MinHash libraries change between theirs; so every
constant is here (splitmix64: Steele, Lea and Flood, 2014) and golden tests hold the values.
"""

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]
U32 = npt.NDArray[np.uint32]

_GOLDEN = 0x9E3779B97F4A7C15
_WRAP = 1 << 64
_SHIFT_30, _SHIFT_27, _SHIFT_31 = np.uint64(30), np.uint64(27), np.uint64(31)
_FACTOR_1, _FACTOR_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SPACE = 0x20
_PERIOD = 64
"""A byte's weight repeats after this many bytes of a word, so that no word needs a longer table."""


def mix64(values: U64) -> U64:
    """Scramble 64-bit values: the finaliser of splitmix64, a bijection."""
    x = values ^ (values >> _SHIFT_30)
    x *= _FACTOR_1
    x ^= x >> _SHIFT_27
    x *= _FACTOR_2
    x ^= x >> _SHIFT_31
    return x


def stream(count: int, seed: int) -> U64:
    """Return the first `count` values of the splitmix64 stream that begins at `seed`."""
    return mix64(np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_GOLDEN) + np.uint64(seed))


def powers(base: int, count: int) -> U64:
    """Return `base ** 0 .. base ** (count - 1)` modulo 2**64."""
    return np.array([pow(base, i, _WRAP) for i in range(count)], np.uint64)


_PLACE_WEIGHTS = powers(_GOLDEN, _PERIOD)
_BYTE_VALUES = stream(256, 4)
_BYTE_VALUES[_SPACE] = 0
_RUN_BASE = 0xD1342543DE82EF95


def word_starts(folded: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
    """Return where each word begins in UTF-8 bytes whose words are divided by one blank."""
    blanks = np.flatnonzero(folded == _SPACE)
    starts = np.zeros(len(blanks) + 1, np.intp)
    np.add(blanks, 1, out=starts[1:])
    return starts


def character_starts(solid: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
    """Return where each character begins in UTF-8 bytes."""
    return np.flatnonzero((solid & 0xC0) != 0x80)


def unit_hashes(text: npt.NDArray[np.uint8], starts: npt.NDArray[np.intp]) -> U64:
    """Hash each unit (word or character) of `text`; a blank behind a word does not count."""
    lengths = np.empty(len(starts), np.intp)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1] = len(text) - starts[-1]
    place = np.arange(len(text))
    place -= np.repeat(starts, lengths)
    place &= _PERIOD - 1
    values = _PLACE_WEIGHTS[place]
    values *= _BYTE_VALUES[text]
    return mix64(np.add.reduceat(values, starts))


def run_hashes(units: U64, length: int) -> U64:
    """Hash every run of `length` units, or the whole when it is shorter; in order, with repeats.

    A polynomial in the units' scrambled hashes, built of blocks of doubling size: 12 units cost five steps.
    """
    length = min(length, len(units))
    runs = len(units) - length + 1
    block, size = units, 1
    total, done = np.zeros(len(units) + 1, np.uint64), 0
    while True:
        if length & size:
            total = _join(block, size, total, done)
            done += size
        if done == length:
            return total[:runs]
        block = _join(block, size, block, size)
        size *= 2


def _join(head: U64, head_size: int, tail: U64, tail_size: int) -> U64:
    """Hash the runs made of a run in `head` and the run in `tail` that follows it."""
    tail = tail[head_size:]
    joined = head[: len(tail)] * np.uint64(pow(_RUN_BASE, tail_size, _WRAP))
    joined += tail[: len(joined)]
    return joined


def distinct(values: U64) -> U64:
    """Return the distinct values, ascending."""
    ordered = np.sort(values)
    keep = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]
