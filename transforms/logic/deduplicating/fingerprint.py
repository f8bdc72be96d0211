"""The fingerprint of a text: what is kept of it to find its copies, now and in later runs.

MinHash over 5-word shingles (Broder 1997), 16 bands of 6 rows, plus the 8 least 12-word shingles: the bands
find texts alike as wholes, the long shingles find texts cut out of longer ones.
"""

import re
import threading

import numpy as np

from schemas import Fingerprint
from transforms.logic.deduplicating.hashing import (
    U32,
    U64,
    character_starts,
    distinct,
    mix64,
    run_hashes,
    stream,
    unit_hashes,
    word_starts,
)
from transforms.logic.deduplicating.notices import is_notice
from transforms.logic.normalising.fold import fold

SLOTS = 128
BANDS, ROWS = 16, 6
LONG_KEYS = 8
MAX_NUMBERS = 64
KEY_BYTES = 8

MIN_WORDS, SHINGLE_WORDS, LONG_WORDS = 60, 5, 12
MIN_CHARACTERS, SHINGLE_CHARACTERS, LONG_CHARACTERS = 120, 8, 24
_MULTIPLIERS: U32 = (stream(SLOTS, 1) >> np.uint64(32)).astype(np.uint32) | np.uint32(1)
_OFFSETS: U32 = (stream(SLOTS, 2) >> np.uint64(32)).astype(np.uint32)
_BAND_SEEDS = stream(BANDS, 3)
_LONG_SEED = np.uint64(0xA5A5A5A5A5A5A5A5)
_ROW_WEIGHTS = stream(ROWS, 5)
_CHUNK = 512
_LONG_CANDIDATES = 8 * LONG_KEYS


class _Scratch(threading.local):
    """Room for one chunk of permutations, per thread: to allocate it anew costs as much as to fill it."""

    def __init__(self) -> None:
        self.room = np.empty(SLOTS * _CHUNK, np.uint32)


_scratch = _Scratch()

# Thai, Lao, Myanmar, Khmer, kana, Han: scripts that do not divide words.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_SPACELESS_SHARE = 0.3
_NOTHING = Fingerprint(keys=b"", sketch=b"", shingles=0, numbers=b"")


def fingerprint(body: str) -> Fingerprint:
    """Return the fingerprint of an article's body, a function of `fold(body)` alone.

    Texts under 60 words (120 characters in scripts without spaces) have neither keys nor sketch: only exact
    copies of them are found. A text that is empty, or a mere notice (cookies, log-in, page not found), has
    no shingles either and is a copy of nothing. The values are the same on every machine and numpy.
    """
    folded = fold(body)
    if _is_spaceless(folded):
        return _fingerprint_characters(folded.replace(" ", ""))
    return _fingerprint_words(folded)


def _fingerprint_words(folded: str) -> Fingerprint:
    if is_notice(folded):
        return _NOTHING
    text = np.frombuffer(folded.encode(), np.uint8)
    starts = word_starts(text)
    units = unit_hashes(text, starts)
    initials = text[starts]
    numbers = _pack_numbers(units[(initials >= ord("0")) & (initials <= ord("9"))])
    if len(units) < MIN_WORDS:
        return _short(units, SHINGLE_WORDS, numbers)
    return _assemble(units, SHINGLE_WORDS, LONG_WORDS, numbers)


def _fingerprint_characters(solid: str) -> Fingerprint:
    text = np.frombuffer(solid.encode(), np.uint8)
    units = unit_hashes(text, character_starts(text))
    numbers = re.findall(r"\d+", solid)
    packed = _pack_numbers(_word_hashes(numbers))
    if len(units) < MIN_CHARACTERS:
        return _short(units, SHINGLE_CHARACTERS, packed)
    return _assemble(units, SHINGLE_CHARACTERS, LONG_CHARACTERS, packed)


def _assemble(units: U64, shingle: int, long_shingle: int, numbers: bytes) -> Fingerprint:
    shingles = distinct(mix64(run_hashes(units, shingle)))
    slots = minhash(shingles)
    keys = np.concatenate((band_keys(slots), long_keys(units, long_shingle)))
    sketch = slots.astype(np.uint8).tobytes()
    return Fingerprint(
        keys=keys.astype(">u8").tobytes(), sketch=sketch, shingles=len(shingles), numbers=numbers
    )


def _short(units: U64, shingle: int, numbers: bytes) -> Fingerprint:
    shingles = len(distinct(run_hashes(units, shingle)))
    return Fingerprint(keys=b"", sketch=b"", shingles=shingles, numbers=numbers)


def minhash(shingles: U64) -> U32:
    """Return the 128 slots: per slot the least of an affine permutation of the shingles' upper halves."""
    values = (shingles >> np.uint64(32)).astype(np.uint32)
    slots = np.full(SLOTS, 0xFFFFFFFF, np.uint32)
    for begin in range(0, len(values), _CHUNK):
        chunk = values[begin : begin + _CHUNK]
        permuted = _scratch.room[: SLOTS * len(chunk)].reshape(SLOTS, len(chunk))
        np.multiply(_MULTIPLIERS[:, None], chunk, out=permuted)
        np.add(permuted, _OFFSETS[:, None], out=permuted)
        np.minimum(slots, permuted.min(axis=1), out=slots)
    return slots


def band_keys(slots: U32) -> U64:
    """Return one key per band of 6 slots; texts of Jaccard similarity j share one with 1 - (1 - j**6)**16."""
    rows = slots[: BANDS * ROWS].reshape(BANDS, ROWS) * _ROW_WEIGHTS
    return mix64(rows.sum(axis=1, dtype=np.uint64) ^ _BAND_SEEDS)


def long_keys(units: U64, length: int) -> U64:
    """Return the least 8 hashes of the runs of `length` units, scrambled so that keys fill their whole range.

    If a text shares the part c of another's runs, they share no key with probability (1 - c)**8.
    """
    runs = run_hashes(units, length)
    if len(runs) > _LONG_CANDIDATES:
        runs = np.partition(runs, _LONG_CANDIDATES)[:_LONG_CANDIDATES]
    return mix64(distinct(runs)[:LONG_KEYS] ^ _LONG_SEED)


def _pack_numbers(hashes: U64) -> bytes:
    numbers = distinct(hashes >> np.uint64(32))[:MAX_NUMBERS]
    return numbers.astype(">u4").tobytes()


def _word_hashes(words: list[str]) -> U64:
    if not words:
        return np.empty(0, np.uint64)
    text = np.frombuffer(" ".join(words).encode(), np.uint8)
    return unit_hashes(text, word_starts(text))


def _is_spaceless(folded: str) -> bool:
    if folded.isascii() or max(folded) < "\u0e00":
        return False
    return len(_SPACELESS.findall(folded)) > _SPACELESS_SHARE * (len(folded) - folded.count(" "))
