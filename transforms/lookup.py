"""Looking into the store while de-duplicating: which articles it has, and what of it new ones meet.

The store's side is read part by part inside the workers and never shuffled as a whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import AsDict, AsIter, PCollection, TaggedOutput

import transforms.coders  # noqa: F401 - registers the coders of what is shuffled here
from schemas import PreparedArticle
from transforms.logic.deduplicating.buckets import bucket_id
from transforms.logic.deduplicating.history import ALREADY_STORED, History, Known
from transforms.logic.deduplicating.packing import pack_copies, unpack_copies
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
from transforms.logic.deduplicating.texts import Copies, copies_of, is_label, posted_keys, text_key
from transforms.logic.encoding import encode_record

TextCopies = tuple[bytes, Copies]
"""The key of a text and something known of its copies."""

Rooted = tuple[bytes, bytes]
"""The key of a text, or the label of a component of the store, and the root of what it is connected with."""

Said = tuple[bytes, bytes]
"""The id of an article and a `Word` about it, encoded here because a flattened collection is coded twice."""

Indexed = tuple[str, Block]
"""A block that the index gains, and its kind."""

_BATCH = 1000
_ID = 16


class Entering(NamedTuple):
    """The new articles' summaries and bucket keys by text, words about known ones, new blocks of ids."""

    copies: PCollection[TextCopies]
    keys: PCollection[tuple[bytes, bytes]]
    words: PCollection[Said]
    blocks: PCollection[Indexed]


@dataclass
class SetReplaysAside(beam.PTransform[PCollection[PreparedArticle], Any]):
    """Find the articles that the store holds, and let the others' summaries and bucket keys enter."""

    history: History

    def expand(self, articles: PCollection[PreparedArticle]) -> Entering:
        """Gather by shard of the id, hold against the store."""
        found = (
            articles
            | "Summarise" >> beam.Map(_summarise).with_output_types(tuple[int, bytes])
            | "ByIdShard" >> beam.GroupByKey()
            | "Known"
            >> beam.FlatMap(_enter, self.history)
            .with_output_types(TextCopies, keys=tuple[bytes, bytes], words=Said, blocks=Indexed)
            .with_outputs("keys", "words", "blocks", main="copies")
        )
        return Entering(found.copies, found["keys"], found.words, found.blocks)


def _summarise(article: PreparedArticle) -> tuple[int, bytes]:
    article_id, keys = bytes.fromhex(article.head.article_id), posted_keys(article)
    size = len(keys).to_bytes(2, "big")
    return article_id[0] >> 4, article_id + text_key(article) + size + keys + pack_copies(copies_of(article))


def _enter(group: tuple[int, Iterable[bytes]], history: History) -> Iterator[Any]:
    shard, summaries = group[0], list(group[1])
    known = known_ids((one[:_ID] for one in summaries), history.ids(shard))
    for article_id in sorted(known):
        yield TaggedOutput("words", (article_id, encode_record(ALREADY_STORED)))
    new = [one for one in summaries if one[:_ID] not in known]
    for summary in new:
        text, end = summary[_ID : 2 * _ID], 2 * _ID + 2
        keys_end = end + int.from_bytes(summary[end - 2 : end], "big")
        yield text, unpack_copies(summary[keys_end:])
        if keys_end > end:
            yield TaggedOutput("keys", (text, summary[end:keys_end]))
    for block in id_blocks(one[:_ID] for one in new):
        yield TaggedOutput("blocks", (ARTICLE_ID, block))


class Found(NamedTuple):
    """The buckets of texts, the keys of texts of the store in them, new blocks of postings."""

    buckets: PCollection[TextCopies]
    stored: PCollection[bytes]
    blocks: PCollection[Indexed]


@dataclass
class FindBuckets(beam.PTransform[PCollection[tuple[bytes, bytes]], Any]):
    """Find for each text the buckets that it shares with others, in this run and in the store."""

    history: History

    def expand(self, keys: PCollection[tuple[bytes, bytes]]) -> Found:
        """Gather by shard of the key, hold against the store."""
        found = (
            keys
            | beam.BatchElements(min_batch_size=_BATCH, max_batch_size=_BATCH)
            | "ByKeyShard" >> beam.FlatMap(_partition).with_output_types(tuple[int, bytes])
            | beam.GroupByKey()
            | "Probe"
            >> beam.ParDo(ProbeFn(self.history))
            .with_output_types(TextCopies, stored=bytes, blocks=Indexed)
            .with_outputs("stored", "blocks", main="buckets")
        )
        return Found(found.buckets, found.stored, found.blocks)


def _partition(batch: list[tuple[bytes, bytes]]) -> Iterable[tuple[int, bytes]]:
    # As a dictionary, so that a text copied a thousand times posts its keys once a batch.
    return partition_postings(dict(batch).items()).items()


class ProbeFn(beam.DoFn):
    """Many keys give the same bucket: it goes out once a bundle, and again from another at no harm."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._seen: set[bytes] = set()

    def start_bundle(self) -> None:
        """Forget the last bundle."""
        self._seen = set()

    def process(self, group: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
        """Probe one shard."""
        shard, parts = group
        probed = probe(b"".join(parts), self._history.postings(shard))
        for bucket in probed.buckets:
            name = bucket_id(bucket)
            if name not in self._seen:
                self._seen.add(name)
                for text in members_of(bucket):
                    yield text, Copies(buckets={name})
        for text in sorted(probed.stored - self._seen):
            yield TaggedOutput("stored", text)
        self._seen |= probed.stored
        for block in probed.blocks:
            yield TaggedOutput("blocks", (BUCKET, block))


@dataclass
class ReadTexts(beam.PTransform[PCollection[bytes], PCollection[TextCopies]]):
    """Read all copies that the store has of some texts."""

    history: History

    def expand(self, texts: PCollection[bytes]) -> PCollection[TextCopies]:
        """Look for the texts in every part of the store."""
        read: PCollection[TextCopies] = (
            texts.pipeline
            | "Parts" >> beam.Create(list(self.history.parts()))
            | "OfTexts" >> beam.FlatMap(_of_texts, self.history, AsIter(texts)).with_output_types(TextCopies)
        )
        return read


def _of_texts(part: str, history: History, texts: Iterable[bytes]) -> Iterator[TextCopies]:
    wanted = set(texts)
    if wanted:
        for known in history.of_texts(part, wanted):
            yield known.text, known.copies()


@dataclass
class ReadComponents(beam.PTransform[PCollection[Rooted], PCollection[tuple[bytes, Known]]]):
    """Read all articles of the components of the store that new texts touch, by the root of each."""

    history: History

    def expand(self, roots: PCollection[Rooted]) -> PCollection[tuple[bytes, Known]]:
        """Look for the components in every part of the store."""
        labels = roots | "Labels" >> beam.Filter(lambda pair: is_label(pair[0])).with_output_types(Rooted)
        read: PCollection[tuple[bytes, Known]] = (
            roots.pipeline
            | "Parts" >> beam.Create(list(self.history.parts()))
            | "OfComponents"
            >> beam.FlatMap(_of_components, self.history, AsDict(labels)).with_output_types(
                tuple[bytes, Known]
            )
        )
        return read


def _of_components(
    part: str, history: History, roots: Mapping[bytes, bytes]
) -> Iterator[tuple[bytes, Known]]:
    if roots:
        for known in history.of_components(part, roots):
            yield roots[known.copies().label], known
