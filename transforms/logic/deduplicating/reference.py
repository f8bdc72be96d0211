"""De-duplicating in memory: what the Beam stage must agree with, made of the same pieces."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from schemas import Placement, PreparedArticle, Story
from transforms.logic.deduplicating.buckets import buckets_of, members_of, partition_postings, similar_pairs
from transforms.logic.deduplicating.components import Components
from transforms.logic.deduplicating.history import (
    ALREADY_STORED,
    History,
    Replay,
    Word,
    known_ids,
    resolve,
)
from transforms.logic.deduplicating.leaders import leads_alone, place_copies, split_by_leaders
from transforms.logic.deduplicating.stories import StoryTally, tally_of
from transforms.logic.deduplicating.texts import Copies, DistinctText, copies_of, text_key


class Placements(NamedTuple):
    """All articles of a run with their places, their stories and the replays, each sorted by id."""

    placed: tuple[tuple[PreparedArticle, Placement], ...]
    stories: tuple[Story, ...]
    replays: tuple[Replay, ...]


def place_articles(prepared: Iterable[PreparedArticle], history: History | None = None) -> Placements:
    """Find the story of every article: a function of the set of articles, of no order among them.

    Exact copies are one text; texts that share a bucket key and are similar are connected; each component is
    split by leaders. Every record comes out once, as a placed article or as a replay.
    """
    articles = list(prepared)
    known = _known(articles, history)
    words: dict[str, list[Word]] = defaultdict(list)
    for article in articles:
        words[article.head.article_id].append(Word(article=article))
    for article_id in known:
        words[article_id.hex()].append(ALREADY_STORED)
    new = [article for article in articles if bytes.fromhex(article.head.article_id) not in known]
    for placement in _placements(new):
        words[placement.article_id].append(Word(placement=placement))
    return _settle(words)


def _known(articles: Iterable[PreparedArticle], history: History | None) -> set[bytes]:
    if history is None:
        return set()
    by_prefix: dict[int, set[bytes]] = defaultdict(set)
    for article in articles:
        article_id = bytes.fromhex(article.head.article_id)
        by_prefix[article_id[0]].add(article_id)
    return {one for prefix, ids in by_prefix.items() for one in known_ids(history, prefix, ids)}


def _placements(articles: Iterable[PreparedArticle]) -> Iterator[Placement]:
    copies: dict[bytes, Copies] = defaultdict(Copies)
    keys: dict[bytes, bytes] = {}
    for article in articles:
        text = text_key(article)
        copies[text].add(copies_of(article))
        keys[text] = article.fingerprint.keys
    texts = {key: same.text(key) for key, same in copies.items()}
    for component in _components(texts, keys):
        for standing in split_by_leaders(component):
            yield from place_copies(standing, copies[standing.text.key].members.values())


def _components(texts: Mapping[bytes, DistinctText], keys: Mapping[bytes, bytes]) -> list[list[DistinctText]]:
    """Group the texts into components of similar texts; a text like no other is alone in its own."""
    partitions = partition_postings(keys.items()).values()
    components = Components()
    for bucket in {bucket for postings in partitions for bucket in buckets_of(postings)}:
        for a, b in similar_pairs([texts[key] for key in members_of(bucket)]):
            components.connect(a, b)
    groups: dict[bytes, list[DistinctText]] = defaultdict(list)
    for key, text in texts.items():
        groups[components.root(key)].append(text)
    return list(groups.values())


def _settle(words: Mapping[str, list[Word]]) -> Placements:
    placed, replays = [], []
    stories: dict[str, StoryTally] = defaultdict(StoryTally)
    for article_id, said in words.items():
        article, placement, again = resolve(said)
        replays += again
        if article is not None:
            place = placement or leads_alone(article_id)
            placed.append((article, place))
            stories[place.story_id].add(tally_of(article, place))
    return Placements(
        tuple(sorted(placed, key=lambda pair: pair[1].article_id)),
        tuple(stories[story_id].story(story_id) for story_id in sorted(stories)),
        tuple(sorted(replays, key=lambda replay: (replay.article_id, replay.source_file, replay.position))),
    )
