from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.logic.deduplicating.invented import article, body, changed
from transforms.logic.deduplicating import DistinctText, similar
from transforms.logic.deduplicating.buckets import (
    bucket_id,
    similar_pairs,
)
from transforms.logic.deduplicating.components import Components, pack_components, unpack_components
from transforms.logic.deduplicating.leaders import split_by_leaders
from transforms.logic.deduplicating.postings import members_of
from transforms.logic.deduplicating.texts import copies_of, text_key


def test_bucket_is_named_by_its_members() -> None:
    a, b, c = (bytes([n]) * 16 for n in range(3))
    assert list(members_of(a + b)) == [a, b]
    assert len({bucket_id(a + b), bucket_id(a + c), bucket_id(a + b + c)}) == 3


def drifting(count: int) -> list[DistinctText]:
    versions = [body(1)]
    for step in range(count - 1):
        versions.append(changed(versions[-1], step, 0.04))
    made = [article(text, day=step) for step, text in enumerate(versions)]
    return [copies_of(one).text(text_key(one)) for one in made]


def test_similar_pairs_connect_what_all_pairs_connect() -> None:
    texts = [*drifting(12), *(t for t in (drifting(1)[0],) if t), *others()]
    every = Components.of((a.key, b.key) for a, b in combinations(texts, 2) if similar(a, b))
    few = similar_pairs(list(set(texts)))
    assert sorted(Components.of(few).labels()) == sorted(every.labels())
    assert len(few) < len(texts)


def test_of_texts_in_the_store_only_those_like_a_fresh_one_are_connected() -> None:
    """And all of them: two old texts that only a new one links, through one or several."""
    texts = drifting(12)
    for fresh in ({5}, {0, 11}, {3, 7}, set(range(12)), set()):
        mixed = [replace(text, fresh=at in fresh) for at, text in enumerate(texts)]
        pairs = [(a, b) for a, b in combinations(mixed, 2) if (a.fresh or b.fresh) and similar(a, b)]
        every = Components.of((a.key, b.key) for a, b in pairs)
        assert sorted(Components.of(similar_pairs(mixed)).labels()) == sorted(every.labels())


def others() -> list[DistinctText]:
    made = [article(body(seed)) for seed in range(20, 24)]
    return [copies_of(one).text(text_key(one)) for one in made]


def test_live_blog_is_several_stories_whose_versions_are_like_their_leader() -> None:
    versions = drifting(40)
    assert len({root for _, root in Components.of(similar_pairs(versions)).labels()}) == 1
    standings = split_by_leaders(versions)
    leaders = {standing.leader.key for standing in standings}
    assert 2 < len(leaders) < 20
    for text, leader, verdict in standings:
        assert verdict == (None if text is leader else similar(text, leader))
        assert leader.senior <= text.senior


@given(st.permutations(range(8)))
def test_leaders_do_not_depend_on_order(order: list[int]) -> None:
    versions = drifting(8)
    assert split_by_leaders(versions[at] for at in order) == split_by_leaders(versions)


small_keys = st.integers(0, 12).map(lambda n: bytes([n]) * 16)
pairs = st.lists(st.tuples(small_keys, small_keys), max_size=20)


@given(pairs, st.randoms(), st.integers(0, 20))
def test_components_add_up_in_any_order(edges: list[tuple[bytes, bytes]], rng: Random, cut: int) -> None:
    whole = Components.of(edges)
    shuffled = [(b, a) for a, b in edges]
    rng.shuffle(shuffled)
    parts = [Components.of(shuffled[:cut]), Components.of(shuffled[cut:])]
    parts[0].add(unpack_components(pack_components(parts[1])))
    assert sorted(parts[0].labels()) == sorted(whole.labels())
    for a, b in edges:
        assert whole.root(a) == whole.root(b) <= min(a, b)


def test_long_chain_does_not_recurse() -> None:
    keys = [n.to_bytes(16, "big") for n in range(50_000)]
    components = Components.of(zip(reversed(keys[1:]), reversed(keys[:-1]), strict=True))
    assert components.root(keys[-1]) == keys[0]
