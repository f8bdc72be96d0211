"""The index: what meets in it, and what it keeps."""

from collections import defaultdict
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.deduplicating.postings import (
    KEY_IDENTITY,
    STORED_BYTES,
    Block,
    id_blocks,
    known_ids,
    partition_postings,
    probe,
)
from transforms.logic.deduplicating.texts import TEXT_BYTES, padded

# Few distinct bytes, zeros among them, so that keys and texts often meet and end in zero bytes.
keys = st.lists(st.sampled_from([0, 1, 255]), min_size=8, max_size=8).map(bytes)
texts = st.lists(st.sampled_from([0, 7]), min_size=16, max_size=16).map(bytes).map(padded)
postings = st.dictionaries(texts, st.lists(keys, max_size=6).map(b"".join), max_size=12)
Posted = dict[bytes, bytes]


def by_key(posted: Posted) -> dict[bytes, set[bytes]]:
    found = defaultdict(set)
    for text, packed in posted.items():
        for at in range(0, len(packed), 8):
            found[packed[at : at + KEY_IDENTITY]].add(text)
    return found


def stored(posted: Posted) -> list[Block]:
    return [block for part in partition_postings(posted.items()).values() for block in probe(part).blocks]


@given(postings)
def test_buckets_are_the_texts_that_share_a_key(posted: Posted) -> None:
    plain = {b"".join(sorted(shared)) for shared in by_key(posted).values() if len(shared) > 1}
    parts = partition_postings(posted.items())
    assert all(part[at] >> 4 == shard for shard, part in parts.items() for at in range(0, len(part), 24))
    assert {bucket for part in parts.values() for bucket in probe(part).buckets} == plain


@given(postings, st.randoms())
def test_order_and_repeats_do_not_matter(posted: Posted, rng: Random) -> None:
    for part in partition_postings(posted.items()).values():
        rows = [part[at : at + 24] for at in range(0, len(part), 24)]
        shuffled = rows + rows[:2]
        rng.shuffle(shuffled)
        assert probe(b"".join(shuffled)) == probe(part)


@given(postings, postings)
def test_what_is_stored_is_met_as_if_it_came_now(old: Posted, new: Posted) -> None:
    before, now = by_key(old), by_key(new)
    blocks = stored(old)
    probes = [
        probe(part, [block for block in blocks if block[0] >> 4 == shard])
        for shard, part in partition_postings(new.items()).items()
    ]
    met = {key: before[key] | mine for key, mine in now.items()}
    plain = {
        b"".join(sorted(met[key])) for key, mine in now.items() if len(met[key]) > 1 or before[key] & mine
    }
    assert {bucket for probed in probes for bucket in probed.buckets} == plain
    assert {text for probed in probes for text in probed.stored} == {
        text for key in now for text in before[key]
    }
    gained = sum(len(block) for probed in probes for _, block in probed.blocks)
    assert gained == STORED_BYTES * sum(len(mine - before[key]) for key, mine in now.items())


@given(st.lists(st.sampled_from([bytes([n]) * TEXT_BYTES for n in range(40)])), st.integers(0, 40))
def test_ids_are_known_again(ids: list[bytes], cut: int) -> None:
    blocks = id_blocks(ids[:cut])
    assert all(block[at] == prefix for prefix, block in blocks for at in range(0, len(block), TEXT_BYTES))
    assert known_ids(ids, blocks) == set(ids[:cut])
