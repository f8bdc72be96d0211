"""datasketch on the same texts, as its documentation has it used: MinHash and an LSH index.

128 permutations of 5-word shingles, threshold .5, whatever the index returns joined. It is no dependency:
`pip install datasketch` to measure it.
"""

import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from transforms.logic.deduplicating.components import Components
from transforms.logic.normalising.fold import fold

PERMUTATIONS = 128
THRESHOLD = 0.5
WORDS = 5


class Rival(NamedTuple):
    """The story of every text, seconds of processor time, and bytes of state a text."""

    stories: list[str]
    print_seconds: float
    place_seconds: float
    state: float


def shingles(text: str) -> set[str]:
    """The runs of five words of a text."""
    words = fold(text).split()
    return {" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))}


def similarity(one: str, other: str) -> float:
    """The Jaccard similarity of two texts by their shingles."""
    mine, theirs = shingles(one), shingles(other)
    return len(mine & theirs) / len(mine | theirs)


def measure(texts: list[str]) -> Rival | None:
    """Sketch, index and join; None where datasketch is not installed."""
    if find_spec("datasketch") is None:
        return None
    library = import_module("datasketch")
    begin = time.process_time()
    prints = []
    for text in texts:
        print_ = library.MinHash(num_perm=PERMUTATIONS)
        print_.update_batch([one.encode() for one in shingles(text)])
        prints.append(print_)
    printed = time.process_time()
    components = Components.of(list(_pairs(library, prints)))
    placed = time.process_time()
    stories = [components.root(_name(number)).hex() for number in range(len(texts))]
    state = library.LeanMinHash(prints[0]).bytesize()
    return Rival(stories, printed - begin, placed - printed, state)


def _pairs(library: object, prints: list[object]) -> Iterator[tuple[bytes, bytes]]:
    index = vars(library)["MinHashLSH"](threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for number, print_ in enumerate(prints):
        for other in index.query(print_):
            yield _name(number), _name(other)
        index.insert(number, print_)


def _name(number: int) -> bytes:
    return number.to_bytes(16)
