"""Candidate buckets: the texts that share a bucket key, and which of them are truly alike."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from transforms.logic.deduplicating.fingerprint import KEY_BYTES
from transforms.logic.deduplicating.similarity import Stack
from transforms.logic.deduplicating.texts import DistinctText

TEXT_BYTES = 16
POSTING_BYTES = KEY_BYTES + TEXT_BYTES
PARTITIONS = 256
Edge = tuple[bytes, bytes]


def partition_postings(texts: Iterable[tuple[bytes, bytes]]) -> dict[int, bytes]:
    """Spread the bucket keys of texts over 256 partitions, by the first byte of the key.

    Takes pairs of text key (16 bytes) and packed bucket keys (8 bytes each). Returns for each partition that
    has any its postings, 24 bytes each (bucket key, text key), in no particular order.
    """
    keys, owners = [], []
    for owner, packed in texts:
        keys.append(packed)
        owners.append(owner * (len(packed) // KEY_BYTES))
    postings = np.concatenate(
        (
            np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY_BYTES),
            np.frombuffer(b"".join(owners), np.uint8).reshape(-1, TEXT_BYTES),
        ),
        axis=1,
    )
    order = np.argsort(postings[:, 0], kind="stable")
    postings = postings[order]
    bounds = np.searchsorted(postings[:, 0], np.arange(PARTITIONS + 1))
    return {
        prefix: postings[bounds[prefix] : bounds[prefix + 1]].tobytes()
        for prefix in range(PARTITIONS)
        if bounds[prefix] < bounds[prefix + 1]
    }


def buckets_of(postings: bytes) -> Iterator[bytes]:
    """Yield for each bucket key that two or more texts share those texts, ascending, 16 bytes each.

    Posting order and repeats do not matter. Many keys share one list: the same is yielded again.
    """
    if not postings:
        return
    rows = np.frombuffer(postings, ">u8").reshape(-1, POSTING_BYTES // 8).astype(np.uint64)
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    rows = rows[np.append(True, (rows[1:] != rows[:-1]).any(axis=1))]
    begins = np.flatnonzero(np.append(True, rows[1:, 0] != rows[:-1, 0])).tolist()
    owners = rows[:, 1:].astype(">u8").tobytes()
    for begin, end in zip(begins, [*begins[1:], len(rows)], strict=True):
        if end - begin > 1:
            yield owners[begin * TEXT_BYTES : end * TEXT_BYTES]


def bucket_id(members: bytes) -> bytes:
    """Return the 16 bytes that name a bucket by its members."""
    return hashlib.blake2b(members, digest_size=16).digest()


def members_of(bucket: bytes) -> list[bytes]:
    """Return the text keys of a bucket as `buckets_of` yields it."""
    return [bucket[at : at + TEXT_BYTES] for at in range(0, len(bucket), TEXT_BYTES)]


def similar_pairs(texts: Sequence[DistinctText]) -> list[Edge]:
    """Return pairs of text keys that connect whatever is alike in a bucket, directly or through others.

    A spanning forest of the graph of all similar pairs, found breadth first over the texts not yet reached:
    20,000 near copies cost 20,000 comparisons and not 200 million.
    """
    texts = sorted(texts)
    stack = Stack(texts)
    rest = np.arange(len(texts))
    edges = []
    while len(rest):
        front, rest = [int(rest[0])], rest[1:]
        while front and len(rest):
            reached = front.pop()
            alike, _ = stack.compare(reached, rest)
            found = rest[alike].tolist()
            edges += [(texts[reached].key, texts[other].key) for other in found]
            front += found
            rest = rest[~alike]
    return edges
