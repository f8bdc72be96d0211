"""De-duplicating in memory: what the Beam stage must agree with, made of the same pieces."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from schemas import Placement, PreparedArticle, Story
from transforms.logic.deduplicating.buckets import bucket_edges
from transforms.logic.deduplicating.components import Components
from transforms.logic.deduplicating.history import (
    ALREADY_STORED,
    History,
    Known,
    NoHistory,
    Replay,
    Word,
    resolve,
)
from transforms.logic.deduplicating.leaders import leads_alone
from transforms.logic.deduplicating.placing import Alias, Move, Placing, place_component
from transforms.logic.deduplicating.postings import (
    ARTICLE_ID,
    BUCKET,
    Block,
    id_blocks,
    known_ids,
    members_of,
    partition_postings,
    probe,
)
from transforms.logic.deduplicating.similarity import WINDOW_DAYS
from transforms.logic.deduplicating.stories import StoryTally, tally_of
from transforms.logic.deduplicating.texts import Copies, copies_of, is_label, posted_keys, text_key


class Placements(NamedTuple):
    """What a run makes of its articles, each part sorted.

    The new articles with their places; the stories that are new or changed; the replays; the old articles
    that move; the stories whose old rows are out of date; those that became part of others; and the blocks
    that the index gains, by kind.
    """

    placed: tuple[tuple[PreparedArticle, Placement], ...]
    stories: tuple[Story, ...]
    replays: tuple[Replay, ...]
    moves: tuple[Move, ...] = ()
    retired: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    blocks: tuple[tuple[str, Block], ...] = ()


def place_articles(
    prepared: Iterable[PreparedArticle], history: History | None = None, window_days: int = WINDOW_DAYS
) -> Placements:
    """Find the story of every article: a function of the set of articles, of no order among them.

    Exact copies are one text; texts that share a bucket key and are similar are connected; each component is
    split by leaders. The store's articles count as this run's do, so that it does not matter which run had
    which. Every record comes out once, as a placed article or as a replay.
    """
    articles, history = list(prepared), history or NoHistory()
    known = _known(articles, history)
    new = [article for article in articles if bytes.fromhex(article.head.article_id) not in known]
    words: dict[str, list[Word]] = defaultdict(list)
    for article in articles:
        words[article.head.article_id].append(Word(article=article))
    for article_id in known:
        words[article_id.hex()].append(ALREADY_STORED)
    placings, blocks = _placings(new, history, window_days)
    for placement in (one for placing in placings for one in placing.placements):
        words[placement.article_id].append(Word(placement=placement))
    blocks += [(ARTICLE_ID, block) for block in id_blocks(bytes.fromhex(one.head.article_id) for one in new)]
    return _settle(words, placings, blocks)


def _known(articles: Iterable[PreparedArticle], history: History) -> set[bytes]:
    by_shard: dict[int, set[bytes]] = defaultdict(set)
    for article in articles:
        article_id = bytes.fromhex(article.head.article_id)
        by_shard[article_id[0] >> 4].add(article_id)
    return {one for shard, ids in by_shard.items() for one in known_ids(ids, history.ids(shard))}


def _placings(
    articles: Iterable[PreparedArticle], history: History, window_days: int
) -> tuple[list[Placing], list[tuple[str, Block]]]:
    copies: dict[bytes, Copies] = defaultdict(Copies)
    keys: dict[bytes, bytes] = {}
    for article in articles:
        text = text_key(article)
        copies[text].add(copies_of(article))
        keys[text] = posted_keys(article)
    shards = partition_postings(keys.items()).items()
    probes = [probe(postings, history.postings(shard)) for shard, postings in shards]
    for one in _read(history, texts={text for probed in probes for text in probed.stored}):
        copies[one.text].add(one.copies())
    buckets = {bucket for probed in probes for bucket in probed.buckets}
    components = _components(buckets, copies, window_days)
    blocks = [(BUCKET, block) for probed in probes for block in probed.blocks]
    return list(_by_component(components, copies, history, window_days)), blocks


def _read(history: History, texts: set[bytes]) -> Iterator[Known]:
    return (one for part in history.parts() for one in history.of_texts(part, texts))


def _components(buckets: Iterable[bytes], copies: Mapping[bytes, Copies], window_days: int) -> Components:
    components = Components()
    for bucket in buckets:
        texts = [copies[text].text(text) for text in members_of(bucket)]
        for a, b in bucket_edges(texts, window_days):
            components.connect(a, b)
    return components


def _by_component(
    components: Components, copies: Mapping[bytes, Copies], history: History, window_days: int
) -> Iterator[Placing]:
    roots = dict(components.labels())
    labels = {key for key in roots if is_label(key)}
    known: dict[bytes, list[Known]] = defaultdict(list)
    for part in history.parts():
        for one in history.of_components(part, labels):
            known[roots[one.copies().label]].append(one)
    fresh: dict[bytes, dict[bytes, Copies]] = defaultdict(dict)
    for text, some in copies.items():
        if some.fresh:
            fresh[components.root(text)][text] = some
    for root, texts in fresh.items():
        yield place_component(texts, known[root], window_days)


def _settle(
    words: Mapping[str, list[Word]], placings: list[Placing], blocks: list[tuple[str, Block]]
) -> Placements:
    placed, replays = [], []
    stories: dict[str, StoryTally] = defaultdict(StoryTally)
    for article_id, said in words.items():
        article, placement, again = resolve(said)
        replays += again
        if article is not None:
            place = placement or leads_alone(article_id)
            placed.append((article, place))
            stories[place.story_id].add(tally_of(article.head, place))
    for story_id, tally in (pair for placing in placings for pair in placing.tallies):
        stories[story_id].add(tally)
    moves = (move for placing in placings for move in placing.moves)
    aliases = (alias for placing in placings for alias in placing.aliases)
    return Placements(
        tuple(sorted(placed, key=lambda pair: pair[1].article_id)),
        tuple(stories[story_id].story(story_id) for story_id in sorted(stories)),
        tuple(sorted(replays, key=lambda replay: (replay.article_id, replay.source_file, replay.position))),
        tuple(sorted(moves, key=lambda move: move.placement.article_id)),
        tuple(sorted({story for placing in placings for story in placing.retired})),
        tuple(sorted(aliases, key=lambda alias: alias.old_story_id)),
        tuple(sorted(blocks)),
    )
