"""One dump or thirty, in any order, with replays: the same places and stories."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.copies import make_corpus
from benchmarks.deduplicating import prepare
from schemas import PreparedArticle, Relation
from tests.logic.deduplicating.invented import article, body, changed, corpora
from tests.logic.deduplicating.memory import Memory
from transforms.logic.deduplicating import fingerprint


def one_record_each(articles: Sequence[PreparedArticle]) -> list[PreparedArticle]:
    """Without second records of an article that say another outlet: of those the first stored stands."""
    return list({one.head.article_id: one for one in articles}.values())


def split(
    articles: Sequence[PreparedArticle], parts: int, replays: int, rng: Random
) -> list[list[PreparedArticle]]:
    """The articles in any order in so many dumps, some empty, some articles in several."""
    dumps: list[list[PreparedArticle]] = [[] for _ in range(parts)]
    for one in [*articles, *rng.choices(articles, k=replays)]:
        dumps[rng.randrange(parts)].append(one)
    for dump in dumps:
        rng.shuffle(dump)
    return dumps


def after(dumps: Sequence[Sequence[PreparedArticle]], window_days: int = 60) -> Memory:
    memory = Memory(window_days)
    for dump in dumps:
        memory.run(dump)
    return memory


@settings(max_examples=300)
@given(
    corpora(24).map(one_record_each),
    st.integers(1, 12),
    st.integers(0, 8),
    st.randoms(use_true_random=False),
    st.sampled_from([10, 30, 60]),
)
def test_dumps_order_and_replays_change_nothing(
    articles: list[PreparedArticle], parts: int, replays: int, rng: Random, window: int
) -> None:
    whole, pieces = after([articles], window), after(split(articles, parts, replays, rng), window)
    assert pieces.stories == whole.stories
    assert pieces.places() == whole.places()


@given(corpora(20).map(one_record_each), st.randoms(use_true_random=False))
def test_every_story_that_ever_was_still_resolves(articles: list[PreparedArticle], rng: Random) -> None:
    memory = Memory()
    ever: set[str] = set()
    for dump in split(articles, 5, 3, rng):
        memory.run(dump)
        ever |= memory.stories.keys()
    for story_id in ever:
        assert memory.articles[story_id].placement.story_id in memory.stories
    gone = ever - memory.stories.keys()
    assert gone <= {old for old, _ in memory.aliases}


def test_an_earlier_article_that_arrives_later_leads() -> None:
    early, late = article(body(1), day=0), article(changed(body(1), 1, 0.02), day=3)
    memory = after([[late], [early]])
    assert list(memory.stories) == [early.head.article_id]
    assert memory.aliases == [(late.head.article_id, early.head.article_id)]
    assert memory.articles[late.head.article_id].placement.relation is Relation.NEAR
    assert memory.stories[early.head.article_id].articles == 2


def test_one_article_joins_two_stories_of_the_store() -> None:
    a, b = body(1, 200), body(2, 200)
    both = article(f"{a} {b}", day=0)
    memory = after([[article(a, day=1)], [article(b, day=2)], [both]])
    assert [story.articles for story in memory.stories.values()] == [3]


def test_exact_copies_are_found_at_any_distance_and_near_ones_within_the_window() -> None:
    first, copy = article(body(1), day=0), article(body(1), day=400)
    assert len(after([[first], [copy]]).stories) == 1
    near = article(changed(body(1), 1, 0.02), day=50)
    assert len(after([[first], [near]]).stories) == 1
    assert len(after([[first], [near]], 30).stories) == 2


def test_a_copy_brings_a_text_into_the_window_of_another() -> None:
    first, other = article(body(1), day=0), article(changed(body(1), 1, 0.02), day=100)
    between = article(body(1), name="b", day=70)
    assert len(after([[first], [other]]).stories) == 2
    assert len(after([[first], [other], [between]]).stories) == 1


def test_short_texts_are_found_again() -> None:
    text = "The town fell on Sunday, residents said."
    assert len(after([[article(text, name="a")], [article(text, name="b")]]).stories) == 1
    assert len(after([[article("", name="a")], [article("", name="b")]]).stories) == 2


def test_a_replay_touches_nothing() -> None:
    articles = [article(body(1), day=0), article(changed(body(1), 1, 0.02), day=3)]
    memory = after([articles])
    made = memory.run(articles)
    assert len(made.replays) == 2
    assert not any((made.placed, made.stories, made.moves, made.retired, made.aliases, made.blocks))


def test_a_text_is_posted_once() -> None:
    memory = after([[article(body(1), name=name)] for name in "abc"])
    posted = [block for kind, block in memory.blocks if kind == "bucket"]
    assert sum(len(block) for _, block in posted) == 24 * 16


@pytest.mark.slow
def test_thirty_dumps_of_twenty_thousand_articles_are_as_one() -> None:
    """In random order with replays; copies of every known kind and templated reports among them."""
    corpus = make_corpus(12_900)
    articles = [prepare(number, made, fingerprint(made.text)) for number, made in enumerate(corpus)]
    assert len(articles) >= 19_995
    whole = after([articles])
    pieces = after(split(articles, 30, 2000, Random(5)))
    assert pieces.stories == whole.stories
    assert pieces.places() == whole.places()
    assert sum(story.articles for story in whole.stories.values()) == len(articles)
