from collections import Counter, defaultdict
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from schemas import PreparedArticle, Relation
from tests.logic.deduplicating.invented import article, body, changed, corpora
from tests.logic.deduplicating.memory import Memory
from transforms.logic.deduplicating import Placements, place_articles
from transforms.logic.deduplicating.stories import StoryTally, pack_story, tally_of, unpack_story


def stored(articles: list[PreparedArticle]) -> Memory:
    memory = Memory()
    memory.run([*articles, article(body(77))])
    return memory


def relations(placements: Placements) -> dict[str, str]:
    return {place.article_id: place.relation.value for _, place in placements.placed}


@given(corpora(), st.randoms())
def test_order_and_replays_change_nothing(articles: list[PreparedArticle], rng: Random) -> None:
    once = place_articles(articles)
    again = articles + articles[:3]
    rng.shuffle(again)
    twice = place_articles(again)
    assert twice.stories == once.stories
    assert twice.placed == once.placed
    assert len(twice.replays) == len(once.replays) + len(articles[:3])


@given(corpora(), st.integers(0, 14))
def test_every_record_comes_out_once(articles: list[PreparedArticle], known: int) -> None:
    placements = place_articles(articles, stored(articles[:known]))
    came_in = Counter((a.head.article_id, a.head.source_file, a.head.position) for a in articles)
    out = [(a.head.article_id, a.head.source_file, a.head.position) for a, _ in placements.placed]
    out += [(r.article_id, r.source_file, r.position) for r in placements.replays]
    assert Counter(out) == came_in


@given(corpora())
def test_stories_are_whole(articles: list[PreparedArticle]) -> None:
    placements = place_articles(articles)
    members = defaultdict(list)
    for one, place in placements.placed:
        members[place.story_id].append((one, place))
    assert [story.story_id for story in placements.stories] == sorted(members)
    places = {place.article_id: place for _, place in placements.placed}
    for story in placements.stories:
        own = members[story.story_id]
        assert story.articles == len(own)
        assert story.articles == 1 + story.exact_copies + story.near_copies + story.excerpts
        assert [p.article_id for _, p in own if p.relation is Relation.LEAD] == [story.story_id]
        for _, place in own:
            if place.duplicate_of is not None:
                assert places[place.duplicate_of].story_id == story.story_id
        dates = [one.head.published for one, _ in own if one.head.published]
        assert (story.first_seen, story.last_seen) == (min(dates, default=None), max(dates, default=None))
        lead = next(one for one, place in own if place.relation is Relation.LEAD)
        assert dates == [] or lead.head.published == min(dates)


@given(corpora())
def test_articles_that_the_store_has_are_replays(articles: list[PreparedArticle]) -> None:
    placements = place_articles(articles, stored(articles))
    assert (placements.placed, placements.stories) == ((), ())
    assert len(placements.replays) == len(articles)


def test_exact_copies_name_the_earliest_and_the_story() -> None:
    near = changed(body(1), 1, 0.02)
    lead, copy, edited, edited_copy = (
        article(body(1)),
        article(body(1), day=2, outlet="two.org"),
        article(near, day=1),
        article(near.upper(), day=3, outlet="two.org"),
    )
    placements = place_articles([edited_copy, copy, edited, lead])
    places = {place.article_id: place for _, place in placements.placed}
    lead_id = lead.head.article_id
    assert {place.story_id for place in places.values()} == {lead_id}
    assert places[copy.head.article_id].duplicate_of == lead_id
    assert places[edited.head.article_id].relation is Relation.NEAR
    assert places[edited_copy.head.article_id].relation is Relation.EXACT
    assert places[edited_copy.head.article_id].duplicate_of == edited.head.article_id
    (story,) = placements.stories
    assert (story.articles, story.exact_copies, story.near_copies, story.outlets) == (4, 2, 1, 2)
    assert story.latest_article_id == edited_copy.head.article_id


def test_undated_articles_lead_last() -> None:
    undated, dated = article(body(1), day=None), article(body(1), day=100)
    (story,) = place_articles([undated, dated]).stories
    assert story.story_id == story.latest_article_id == dated.head.article_id


def test_empty_bodies_and_notices_are_copies_of_nothing() -> None:
    articles = [article(text, name=name) for text in ("", "We use cookies. Subscribe.") for name in "abc"]
    assert set(relations(place_articles(articles)).values()) == {"lead"}


def test_short_texts_are_copies_under_one_title_only() -> None:
    text = "The town fell on Sunday, residents said."
    same = [
        article(text, name=name, title=title) for name, title in (("a", "Town falls"), ("b", "TOWN FALLS!"))
    ]
    other = article(text, title="City falls")
    assert len(place_articles([*same, other]).stories) == 2


def test_record_that_stands_is_the_first_by_file_and_position() -> None:
    records = [
        article(body(1), source_file=file, position=at) for file, at in (("b", 0), ("a", 9), ("a", 10))
    ]
    placements = place_articles(records)
    assert [(one.head.source_file, one.head.position) for one, _ in placements.placed] == [("a", 9)]
    assert [(r.source_file, r.position) for r in placements.replays] == [("a", 10), ("b", 0)]


@given(corpora(), st.randoms())
def test_story_tallies_add_up_in_any_order(articles: list[PreparedArticle], rng: Random) -> None:
    placed = list(place_articles(articles).placed)
    lead = placed[0][1].story_id
    own = [tally_of(pair[0].head, pair[1]) for pair in placed if pair[1].story_id == lead]
    rng.shuffle(own)
    left, right = StoryTally(), StoryTally()
    for at, tally in enumerate(own):
        (left if at % 2 else right).add(unpack_story(pack_story(tally)))
    left.add(right)
    assert left.story(lead) == next(s for s in place_articles(articles).stories if s.story_id == lead)
