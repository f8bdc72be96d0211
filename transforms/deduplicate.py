"""De-duplicating articles at any size: the pieces of `transforms.logic.deduplicating`, wired.

What is shuffled: bucket keys, packed by prefix; a summary of some 300 bytes per text, to meet its buckets;
summaries of candidates and copies once more; and each prepared article once, to meet its place. No text is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput

from schemas import Placement, PreparedArticle, Story
from transforms.coders import AddFn, decode_record, encode_record
from transforms.logic.deduplicating.buckets import (
    bucket_id,
    buckets_of,
    members_of,
    partition_postings,
    similar_pairs,
)
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
from transforms.logic.deduplicating.texts import Copies, DistinctText, copies_of, merged, text_key

Placed = tuple[PreparedArticle, Placement]
TextCopies = tuple[bytes, Copies]
"""The key of a text and something known of its copies."""

Said = tuple[bytes, bytes]
"""The id of an article and a `Word` about it, encoded here because a flattened collection is coded twice."""

_BATCH = 1000


class Deduplicated(NamedTuple):
    """Every article with its place, every story, every record that the run or the store has already."""

    placed: PCollection[Placed]
    stories: PCollection[Story]
    replays: PCollection[Replay]


@dataclass
class DeduplicateArticles(beam.PTransform[PCollection[PreparedArticle], Deduplicated]):
    """Find the story of every article, as `place_articles` does.

    Takes prepared articles, in any order and with replays. Those that `history` holds come out as
    replays. Every record comes out exactly once.
    """

    history: History | None

    def expand(self, articles: PCollection[PreparedArticle]) -> Deduplicated:
        """Gather copies, connect what is alike, place each article, add up the stories."""
        known, stored = articles | "FindStored" >> _FindStored(self.history)
        summaries = articles | "Summarise" >> beam.Map(_summarise).with_output_types(TextCopies)
        buckets = articles | "FindBuckets" >> _FindBuckets()
        copies = (
            (summaries, known, buckets)
            | "AllOfTexts" >> beam.Flatten()
            | "GatherCopies" >> beam.CombinePerKey(AddFn(Copies))
            | "KeepShared" >> beam.FlatMapTuple(_shared).with_output_types(TextCopies)
        )
        roots = copies | "ConnectSimilar" >> _ConnectSimilar()
        placements = (copies, roots) | "PlaceCopies" >> _PlaceCopies()
        settled: Deduplicated = (articles, placements, stored) | "Settle" >> _Settle()
        return settled


@dataclass
class _FindStored(beam.PTransform[PCollection[PreparedArticle], Any]):
    """Find the articles that the store holds: for their texts, and for themselves."""

    history: History | None

    def expand(
        self, articles: PCollection[PreparedArticle]
    ) -> tuple[PCollection[TextCopies], PCollection[Said]]:
        if self.history is None:
            nothing = articles.pipeline | beam.Create([])
            return (
                nothing | "NoTexts" >> beam.Map(_same).with_output_types(TextCopies),
                nothing | "NoWords" >> beam.Map(_same).with_output_types(Said),
            )
        found = (
            articles
            | "ByPrefix" >> beam.Map(_by_prefix).with_output_types(tuple[int, bytes])
            | beam.GroupByKey()
            | "Probe"
            >> beam.FlatMap(_probe, self.history)
            .with_output_types(TextCopies, words=Said)
            .with_outputs("words", main="texts")
        )
        return found.texts, found.words


def _same(value: Any) -> Any:
    return value


def _by_prefix(article: PreparedArticle) -> tuple[int, bytes]:
    article_id = bytes.fromhex(article.head.article_id)
    return article_id[0], article_id + text_key(article)


def _probe(group: tuple[int, Iterable[bytes]], history: History) -> Iterator[Any]:
    prefix, pairs = group
    texts = {pair[:16]: pair[16:] for pair in pairs}
    for article_id in known_ids(history, prefix, texts):
        yield texts[article_id], Copies(known={article_id})
        yield TaggedOutput("words", (article_id, encode_record(ALREADY_STORED)))


def _summarise(article: PreparedArticle) -> TextCopies:
    return text_key(article), copies_of(article)


class _FindBuckets(beam.PTransform[PCollection[PreparedArticle], PCollection[TextCopies]]):
    """Find for each text the buckets that it shares with others."""

    def expand(self, articles: PCollection[PreparedArticle]) -> PCollection[TextCopies]:
        buckets: PCollection[TextCopies] = (
            articles
            | "HasKeys" >> beam.Filter(lambda article: bool(article.fingerprint.keys))
            | "Keys" >> beam.Map(_keys).with_output_types(tuple[bytes, bytes])
            | beam.BatchElements(min_batch_size=_BATCH, max_batch_size=_BATCH)
            | "ByKeyPrefix" >> beam.FlatMap(_partition).with_output_types(tuple[int, bytes])
            | beam.GroupByKey()
            | "Bucket" >> beam.ParDo(_BucketFn())
        )
        return buckets


def _keys(article: PreparedArticle) -> tuple[bytes, bytes]:
    return text_key(article), article.fingerprint.keys


def _partition(batch: list[tuple[bytes, bytes]]) -> Iterable[tuple[int, bytes]]:
    # As a dictionary, so that a text copied a thousand times posts its keys once a batch.
    return partition_postings(dict(batch).items()).items()


class _BucketFn(beam.DoFn):
    """Many keys give the same bucket: it goes out once a bundle, and again from another at no harm."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def start_bundle(self) -> None:
        self._seen = set()

    def process(self, group: tuple[int, Iterable[bytes]]) -> Iterator[TextCopies]:
        for bucket in buckets_of(b"".join(group[1])):
            name = bucket_id(bucket)
            if name not in self._seen:
                self._seen.add(name)
                for text in members_of(bucket):
                    yield text, Copies(buckets={name})


def _shared(text: bytes, copies: Copies) -> Iterator[TextCopies]:
    """Keep the new copies of texts that have more than one or may be like another text."""
    new = copies.standing()
    if len(new.members) > 1 or (new.members and new.buckets):
        yield text, new


class _ConnectSimilar(beam.PTransform[PCollection[TextCopies], PCollection[TextCopies]]):
    """Find the component of every text that is similar to another."""

    def expand(self, copies: PCollection[TextCopies]) -> PCollection[TextCopies]:
        roots: PCollection[TextCopies] = (
            copies
            | "ByBucket" >> beam.FlatMapTuple(_by_bucket).with_output_types(tuple[bytes, DistinctText])
            | beam.GroupByKey()
            | "Compare" >> beam.MapTuple(_compare).with_output_types(Components)
            | "Components" >> beam.CombineGlobally(AddFn(Components))
            | "Roots" >> beam.FlatMap(_roots).with_output_types(TextCopies)
        )
        return roots


def _by_bucket(text: bytes, copies: Copies) -> Iterator[tuple[bytes, DistinctText]]:
    for bucket in copies.buckets:
        yield bucket, copies.text(text)


def _compare(_bucket: bytes, texts: Iterable[DistinctText]) -> Components:
    return Components.of(similar_pairs(list(set(texts))))


def _roots(components: Components) -> Iterator[TextCopies]:
    for text, root in components.labels():
        yield text, Copies(root=root)


class _PlaceCopies(beam.PTransform[tuple[PCollection[TextCopies], ...], PCollection[Said]]):
    """Place every article that has a copy: texts meet their roots, then the texts of a root each other."""

    def expand(self, parts: tuple[PCollection[TextCopies], ...]) -> PCollection[Said]:
        placements: PCollection[Said] = (
            parts
            | "CopiesAndRoots" >> beam.Flatten()
            | "ByText" >> beam.GroupByKey()
            | "ByRoot" >> beam.FlatMapTuple(_by_root).with_output_types(tuple[bytes, TextCopies])
            | beam.GroupByKey()
            | "Place" >> beam.FlatMapTuple(_place).with_output_types(Said)
        )
        return placements


def _by_root(text: bytes, parts: Iterable[Copies]) -> Iterator[tuple[bytes, TextCopies]]:
    copies = merged(parts)
    if copies.root is not None or len(copies.members) > 1:
        copies.buckets = set()
        yield copies.root or text, (text, copies)


def _place(_root: bytes, component: Iterable[TextCopies]) -> Iterator[Said]:
    copies = dict(component)
    for standing in split_by_leaders(same.text(text) for text, same in copies.items()):
        for placement in place_copies(standing, copies[standing.text.key].members.values()):
            yield bytes.fromhex(placement.article_id), encode_record(Word(placement=placement))


class _Settle(beam.PTransform[tuple[PCollection[Any], ...], Deduplicated]):
    """Give every article its place, and tell stories and replays."""

    def expand(self, parts: tuple[PCollection[Any], ...]) -> Deduplicated:
        articles, placements, stored = parts
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
            settled.parts
            | "AddUp" >> beam.CombinePerKey(AddFn(StoryTally))
            | "Story" >> beam.MapTuple(_story).with_output_types(Story)
        )
        stories = (settled.alone, shared) | "Stories" >> beam.Flatten()
        return Deduplicated(settled.placed, stories, settled.replays)


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
    tally = tally_of(article, place)
    if placement is None:
        yield TaggedOutput("alone", tally.story(place.story_id))
    else:
        yield TaggedOutput("parts", (place.story_id, tally))


def _story(story_id: str, tally: StoryTally) -> Story:
    return tally.story(story_id)
