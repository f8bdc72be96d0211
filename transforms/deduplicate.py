"""De-duplicating articles at any size: the pieces of `transforms.logic.deduplicating`, wired.

What is shuffled: a summary of some 450 bytes per article, to learn whether the store has it; bucket keys,
packed by shard; a summary per text, to meet its buckets; summaries of candidates and copies once more; and
each prepared article once, to meet its place. No text is. Of the store's articles only those enter that share
a bucket with new ones or are in a component with them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput

from schemas import Placement, PreparedArticle, Story
from transforms.coders import AddFn
from transforms.logic.deduplicating.buckets import bucket_edges
from transforms.logic.deduplicating.components import Components
from transforms.logic.deduplicating.history import (
    History,
    Replay,
    Word,
    resolve,
)
from transforms.logic.deduplicating.leaders import leads_alone
from transforms.logic.deduplicating.placing import Alias, Move, place_component
from transforms.logic.deduplicating.similarity import WINDOW_DAYS
from transforms.logic.deduplicating.stories import StoryTally, tally_of
from transforms.logic.deduplicating.texts import Copies, DistinctText, merged
from transforms.logic.encoding import decode_record, encode_record
from transforms.lookup import (
    FindBuckets,
    Indexed,
    ReadComponents,
    ReadTexts,
    Rooted,
    Said,
    SetReplaysAside,
    TextCopies,
)

Placed = tuple[PreparedArticle, Placement]


class Deduplicated(NamedTuple):
    """What a run makes of its articles, as `Placements` has it; some retired stories come several times."""

    placed: PCollection[Placed]
    stories: PCollection[Story]
    replays: PCollection[Replay]
    moves: PCollection[Move]
    retired: PCollection[str]
    aliases: PCollection[Alias]
    blocks: PCollection[Indexed]


@dataclass
class DeduplicateArticles(beam.PTransform[PCollection[PreparedArticle], Deduplicated]):
    """Find the story of every article, as `place_articles` does.

    Takes prepared articles, in any order and with replays. Those that `history` holds come out as
    replays. Every record comes out exactly once. Near copies count within `window_days`.
    """

    history: History
    window_days: int = WINDOW_DAYS

    def expand(self, articles: PCollection[PreparedArticle]) -> Deduplicated:
        """Set replays aside, gather copies, connect what is alike, place each article, add up the stories."""
        history, window = self.history, self.window_days
        entering = articles | "SetReplaysAside" >> SetReplaysAside(history)
        found = entering.keys | "FindBuckets" >> FindBuckets(history)
        stored = found.stored | "ReadTexts" >> ReadTexts(history)
        copies = (
            (entering.copies, found.buckets, stored)
            | "AllOfTexts" >> beam.Flatten()
            | "GatherCopies" >> beam.CombinePerKey(AddFn(Copies))
            | "KeepShared" >> beam.Filter(_is_shared).with_output_types(TextCopies)
        )
        roots = copies | "ConnectSimilar" >> _ConnectSimilar(window)
        relatives = roots | "ReadComponents" >> ReadComponents(history)
        placing = (copies, roots, relatives) | "PlaceComponents" >> _PlaceComponents(window)
        placed, stories, replays = (
            articles,
            placing.words,
            entering.words,
            placing.tallies,
        ) | "Settle" >> _Settle()
        blocks = (entering.blocks, found.blocks) | "Blocks" >> beam.Flatten()
        return Deduplicated(placed, stories, replays, placing.moves, placing.retired, placing.aliases, blocks)


def _is_shared(pair: TextCopies) -> bool:
    """A text of the store is here because it is in a bucket; a new one may be like no other."""
    copies = pair[1]
    return len(copies.members) > 1 or bool(copies.buckets)


@dataclass
class _ConnectSimilar(beam.PTransform[PCollection[TextCopies], PCollection[Rooted]]):
    """Find the root of every text that is similar to another, and of what they touch of the store."""

    window_days: int

    def expand(self, copies: PCollection[TextCopies]) -> PCollection[Rooted]:
        roots: PCollection[Rooted] = (
            copies
            | "ByBucket" >> beam.FlatMapTuple(_by_bucket).with_output_types(tuple[bytes, DistinctText])
            | beam.GroupByKey()
            | "Compare" >> beam.Map(_compare, self.window_days).with_output_types(Components)
            | "Components" >> beam.CombineGlobally(AddFn(Components))
            | "Roots" >> beam.FlatMap(lambda components: components.labels()).with_output_types(Rooted)
        )
        return roots


def _by_bucket(text: bytes, copies: Copies) -> Iterator[tuple[bytes, DistinctText]]:
    for bucket in copies.buckets:
        yield bucket, copies.text(text)


def _compare(bucket: tuple[bytes, Iterable[DistinctText]], window_days: int) -> Components:
    return Components.of(bucket_edges(list(set(bucket[1])), window_days))


class _Placed(NamedTuple):
    words: PCollection[Said]
    moves: PCollection[Move]
    tallies: PCollection[tuple[str, StoryTally]]
    retired: PCollection[str]
    aliases: PCollection[Alias]


@dataclass
class _PlaceComponents(beam.PTransform[tuple[PCollection[Any], ...], Any]):
    """Place every article that has a copy: texts meet their roots, then all of one root each other."""

    window_days: int

    def expand(self, parts: tuple[PCollection[Any], ...]) -> _Placed:
        copies, roots, known = parts
        rooted = roots | "Root" >> beam.MapTuple(_root).with_output_types(TextCopies)
        fresh = (
            (copies, rooted)
            | "CopiesAndRoots" >> beam.Flatten()
            | "ByText" >> beam.GroupByKey()
            | "ByRoot" >> beam.FlatMapTuple(_by_root).with_output_types(tuple[bytes, TextCopies])
        )
        places = (
            {"fresh": fresh, "known": known}
            | "OfOneRoot" >> beam.CoGroupByKey()
            | "Place"
            >> beam.FlatMap(_place, self.window_days)
            .with_output_types(Said, moves=Move, tallies=tuple[str, StoryTally], retired=str, aliases=Alias)
            .with_outputs("moves", "tallies", "retired", "aliases", main="words")
        )
        return _Placed(places.words, places.moves, places.tallies, places.retired, places.aliases)


def _root(text: bytes, root: bytes) -> TextCopies:
    return text, Copies(root=root)


def _by_root(text: bytes, parts: Iterable[Copies]) -> Iterator[tuple[bytes, TextCopies]]:
    copies = merged(parts)
    if copies.fresh and (copies.root is not None or len(copies.members) > 1):
        copies.buckets = set()
        yield copies.root or text, (text, copies)


def _place(rooted: tuple[bytes, Mapping[str, Sequence[Any]]], window_days: int) -> Iterator[Any]:
    component = rooted[1]
    placing = place_component(dict(component["fresh"]), component["known"], window_days)
    for placement in placing.placements:
        yield bytes.fromhex(placement.article_id), encode_record(Word(placement=placement))
    for tag in ("moves", "tallies", "retired", "aliases"):
        for one in sorted(getattr(placing, tag), key=repr):
            yield TaggedOutput(tag, one)


class _Settle(beam.PTransform[tuple[PCollection[Any], ...], Any]):
    """Give every article its place, and tell stories and replays."""

    def expand(self, parts: tuple[PCollection[Any], ...]) -> tuple[PCollection[Any], ...]:
        articles, placements, stored, tallies = parts
        records = articles | "Record" >> beam.Map(_record).with_output_types(Said)
        settled = (
            (records, placements, stored)
            | "AllWords" >> beam.Flatten()
            | "ByArticle" >> beam.GroupByKey()
            | "Resolve"
            >> beam.FlatMapTuple(_resolve)
            .with_output_types(Placed, alone=Story, parts=tuple[str, StoryTally], replays=Replay)
            .with_outputs("alone", "parts", "replays", main="placed")
        )
        shared = (
            (settled.parts, tallies)
            | "OldAndNew" >> beam.Flatten()
            | "AddUp" >> beam.CombinePerKey(AddFn(StoryTally))
            | "Story" >> beam.MapTuple(_story).with_output_types(Story)
        )
        stories = (settled.alone, shared) | "Stories" >> beam.Flatten()
        return settled.placed, stories, settled.replays


def _record(article: PreparedArticle) -> Said:
    return bytes.fromhex(article.head.article_id), encode_record(Word(article=article))


def _resolve(article_id: bytes, words: Iterable[bytes]) -> Iterator[Any]:
    article, placement, replays = resolve(decode_record(Word, word) for word in words)
    for replay in replays:
        yield TaggedOutput("replays", replay)
    if article is None:
        return
    place = placement or leads_alone(article_id.hex())
    yield article, place
    tally = tally_of(article.head, place)
    if placement is None:
        yield TaggedOutput("alone", tally.story(place.story_id))
    else:
        yield TaggedOutput("parts", (place.story_id, tally))


def _story(story_id: str, tally: StoryTally) -> Story:
    return tally.story(story_id)
