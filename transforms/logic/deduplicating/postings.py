"""The index of all texts ever seen: bucket keys and the texts they came from, packed and sorted.

At work a posting is 24 bytes: the key (8, whose last two are zeros) and the text's key (16, whose last five
are). In the store its first byte is its block's, and zeros are left out: 16 bytes.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from transforms.logic.deduplicating.fingerprint import KEY_BYTES
from transforms.logic.deduplicating.texts import TEXT_BYTES, TEXT_IDENTITY

KEY_IDENTITY = 6
"""Bytes of a bucket key that count: of 100,000 articles beside 10 million, two meet others by chance."""

POSTING_BYTES = KEY_BYTES + TEXT_BYTES
STORED_BYTES = KEY_IDENTITY - 1 + TEXT_IDENTITY
SHARDS = 16
BUCKET, ARTICLE_ID = "bucket", "id"
"""The kinds of blocks: bucket keys with their texts, ids of articles."""

_WORDS = POSTING_BYTES // 8
_Bytes = npt.NDArray[np.uint8]
_Rows = npt.NDArray[np.uint64]

Block = tuple[int, bytes]
"""The first byte of all keys, and the packed postings."""


class Probed(NamedTuple):
    """What a shard of new postings met: buckets, the texts of the store in them, and what is new in it.

    `buckets` are sorted, packed text keys, each list once; `stored` the keys of those texts that the store
    has; `blocks` the postings that it lacks.
    """

    buckets: list[bytes]
    stored: set[bytes]
    blocks: list[Block]


def partition_postings(texts: Iterable[tuple[bytes, bytes]]) -> dict[int, bytes]:
    """Spread the bucket keys of texts over 16 shards, by the first half byte of the key.

    Takes pairs of text key (16 bytes) and packed bucket keys (8 bytes each, of which the first 6 count).
    Returns for each shard that has any its postings, 24 bytes each, in no particular order.
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
    postings[:, KEY_IDENTITY:KEY_BYTES] = 0
    shards = postings[:, 0] >> 4
    return {shard: postings[shards == shard].tobytes() for shard in np.unique(shards).tolist()}


def probe(fresh: bytes, blocks: Iterable[Block] = ()) -> Probed:
    """Hold the new postings of a shard against the store's blocks of it, one block at a time.

    Order and repeats do not matter. A bucket is the texts that share a key, one of them new; a text alone
    with its key is one only if the store has that text, too.
    """
    if not fresh:
        return Probed([], set(), [])
    new = _distinct(_rows(fresh))
    old = _met(new[:, 0], blocks)
    rows, in_store = _merged(new, old)
    owners = rows[:, 1:].astype(">u8").tobytes()
    begins = np.flatnonzero(np.append(True, rows[1:, 0] != rows[:-1, 0]))
    ends = np.append(begins[1:], len(rows))
    met = (ends - begins > 1) | in_store[begins]
    bounds = zip(begins[met].tolist(), ends[met].tolist(), strict=True)
    buckets = {owners[begin * TEXT_BYTES : end * TEXT_BYTES] for begin, end in bounds}
    places = (np.flatnonzero(in_store) * TEXT_BYTES).tolist()
    stored = {owners[place : place + TEXT_BYTES] for place in places}
    return Probed(sorted(buckets), stored, _blocks(rows[~in_store]))


def _rows(postings: bytes) -> _Rows:
    return np.frombuffer(postings, ">u8").reshape(-1, _WORDS).astype(np.uint64)


def _distinct(rows: _Rows) -> _Rows:
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    return rows[_first_of_equals(rows)]


def _first_of_equals(rows: _Rows) -> npt.NDArray[np.bool_]:
    return np.append(True, (rows[1:] != rows[:-1]).any(axis=1))


def _met(keys: _Rows, blocks: Iterable[Block]) -> _Rows:
    """The stored postings whose key is among the ascending `keys`."""
    found = [np.empty((0, _WORDS), np.uint64)]
    for prefix, block in blocks:
        stored = np.frombuffer(block, np.uint8).reshape(-1, STORED_BYTES)
        theirs = _widened(prefix, stored[:, : KEY_IDENTITY - 1], KEY_BYTES)
        place = np.searchsorted(keys, theirs[:, 0])
        hits = np.flatnonzero(keys.take(place, mode="clip") == theirs[:, 0])
        texts = np.zeros((len(hits), TEXT_BYTES), np.uint8)
        texts[:, :TEXT_IDENTITY] = stored[hits, KEY_IDENTITY - 1 :]
        found.append(np.concatenate((theirs[hits], texts.view(">u8").astype(np.uint64)), axis=1))
    return np.concatenate(found)


def _widened(prefix: int, rest: _Bytes, width: int) -> _Rows:
    whole = np.zeros((len(rest), width), np.uint8)
    whole[:, 0] = prefix
    whole[:, 1 : 1 + rest.shape[1]] = rest
    return whole.view(">u8").astype(np.uint64)


def _merged(new: _Rows, old: _Rows) -> tuple[_Rows, npt.NDArray[np.bool_]]:
    """The distinct rows of both, sorted, and which of them the store has."""
    rows = np.concatenate((new, old))
    mine = np.append(np.ones(len(new), bool), np.zeros(len(old), bool))
    order = np.lexsort((mine, rows[:, 2], rows[:, 1], rows[:, 0]))
    rows, mine = rows[order], mine[order]
    first = _first_of_equals(rows)
    return rows[first], ~mine[first]


def _blocks(rows: _Rows) -> list[Block]:
    whole = rows.astype(">u8").view(np.uint8).reshape(-1, POSTING_BYTES)
    text_end = KEY_BYTES + TEXT_IDENTITY
    packed = np.concatenate((whole[:, 1:KEY_IDENTITY], whole[:, KEY_BYTES:text_end]), axis=1)
    return _by_prefix(whole[:, 0], packed)


def _by_prefix(prefixes: _Bytes, packed: _Bytes) -> list[Block]:
    if not len(packed):
        return []
    begins = np.flatnonzero(np.append(True, prefixes[1:] != prefixes[:-1])).tolist()
    ends = [*begins[1:], len(packed)]
    return [
        (int(prefixes[begin]), packed[begin:end].tobytes()) for begin, end in zip(begins, ends, strict=True)
    ]


def id_blocks(ids: Iterable[bytes]) -> list[Block]:
    """Pack ids of articles (16 bytes), by their first byte."""
    packed = np.frombuffer(b"".join(sorted(set(ids))), np.uint8).reshape(-1, TEXT_BYTES)
    return _by_prefix(packed[:, 0], packed)


def known_ids(ids: Iterable[bytes], blocks: Iterable[Block]) -> set[bytes]:
    """Return which of `ids` the store's blocks of ids hold; one block at a time."""
    wanted = set(ids)
    heads = np.unique(_heads(b"".join(wanted)))
    known: set[bytes] = set()
    for _, block in blocks:
        hits = np.flatnonzero(np.isin(_heads(block), heads)) * TEXT_BYTES
        known.update(block[at : at + TEXT_BYTES] for at in hits.tolist())
    return known & wanted


def _heads(ids: bytes) -> _Rows:
    return np.frombuffer(ids, ">u8")[::2].astype(np.uint64)


def members_of(bucket: bytes) -> Iterator[bytes]:
    """Yield the text keys of a bucket."""
    return (bucket[at : at + TEXT_BYTES] for at in range(0, len(bucket), TEXT_BYTES))
