"""Candidate buckets: the texts that share a bucket key, and which of them are truly alike."""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from transforms.logic.deduplicating.similarity import WINDOW_DAYS, Stack
from transforms.logic.deduplicating.texts import DistinctText

_Ints = npt.NDArray[np.intp]
Edge = tuple[bytes, bytes]


def bucket_id(members: bytes) -> bytes:
    """Return the 16 bytes that name a bucket by its members."""
    return hashlib.blake2b(members, digest_size=16).digest()


def similar_pairs(texts: Sequence[DistinctText], window_days: int = WINDOW_DAYS) -> list[Edge]:
    """Return pairs of text keys that connect whatever is alike in a bucket, directly or through others.

    A spanning forest of the graph of all similar pairs of which one at least is fresh, found breadth first
    over the texts not yet reached: 20,000 near copies cost 20,000 comparisons and not 200 million. Two texts
    that both were in the store have been compared before; nothing that came later can have parted them.
    """
    texts = sorted(texts)
    stack = Stack(texts, window_days)
    fresh = np.array([text.fresh for text in texts], bool)
    new, old = np.flatnonzero(fresh), np.flatnonzero(~fresh)
    edges = []
    while len(new):
        front, new = [int(new[0])], new[1:]
        while front and len(new) + len(old):
            reached = front.pop()
            found, new = _reach(stack, reached, new)
            if fresh[reached]:
                more, old = _reach(stack, reached, old)
                found += more
            edges += [(texts[reached].key, texts[other].key) for other in found]
            front += found
    return edges


def _reach(stack: Stack, one: int, rest: _Ints) -> tuple[list[int], _Ints]:
    """Divide `rest` into what is similar to text `one` and what is not."""
    if not len(rest):
        return [], rest
    alike, _ = stack.compare(one, rest)
    return rest[alike].tolist(), rest[~alike]


def bucket_edges(texts: Sequence[DistinctText], window_days: int = WINDOW_DAYS) -> list[Edge]:
    """Return the pairs of `similar_pairs`, and each text in them, or fresh, with its component in the store.

    So the components of all pairs name what a new text touches of the store, and what it joins together.
    """
    edges = similar_pairs(texts, window_days)
    touched = {key for edge in edges for key in edge}
    edges += [(text.key, text.label) for text in texts if text.label and (text.fresh or text.key in touched)]
    return edges
