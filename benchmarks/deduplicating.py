"""How many injected copies are found, how many strangers are merged, and how fast.

Invented news of `benchmarks/copies.py`. Run as `python -m benchmarks.deduplicating [ORIGINALS]`. Where
datasketch is installed, it is measured on the same texts in the same run.
"""

import hashlib
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from benchmarks import rival
from benchmarks.copies import CHANGES, ORIGINAL, TEMPLATE, Made, make_corpus
from schemas import ArticleHead, BodyKind, Coding, DatePrecision, Fingerprint, PreparedArticle
from schemas.tables import PostingRow
from transforms.logic.counting import article_row
from transforms.logic.deduplicating import Placements, fingerprint, place_articles
from transforms.logic.deduplicating.fingerprint import KEY_BYTES
from transforms.logic.normalising.fold import content_hash
from transforms.logic.tables import TABLES

_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
_ALIKE = 0.8
"""The Jaccard similarity from which on a copy must at least be compared with its original."""


def prepare(number: int, made: Made, print_: Fingerprint) -> PreparedArticle:
    """The prepared article of a made one."""
    head = ArticleHead(
        article_id=hashlib.blake2b(f"{number} {made.text}".encode(), digest_size=16).hexdigest(),
        content_hash=content_hash(made.text),
        record_id=str(number),
        url=None,
        url_key=None,
        outlet=f"outlet-{number % 41}.example",
        title=None,
        published=_YEAR + timedelta(days=made.day),
        published_precision=DatePrecision.DAY,
        published_inferred=False,
        fetched=None,
        language="en",
        byline=None,
        body_kind=BodyKind.FULL,
        source_format="made",
        source_file="made",
        position=number,
    )
    return PreparedArticle(head=head, fingerprint=print_, coding=Coding(status="coded", events=(), dyads=()))


@dataclass(frozen=True)
class Score:
    """Copies placed with their original, by change; pairs of strangers placed together, and all pairs."""

    found: Counter[str]
    asked: Counter[str]
    wrong: int
    templates_merged: int
    together: int

    @property
    def recall(self) -> float:
        """The share of copies placed with their original."""
        return self.found.total() / self.asked.total()

    @property
    def precision(self) -> float:
        """The share of pairs placed together that are copies."""
        return 1 - self.wrong / self.together


def stories_of(placements: Placements) -> dict[int, str]:
    """The story of every article by its number in the corpus."""
    return {article.head.position: place.story_id for article, place in placements.placed}


def score(corpus: list[Made], stories: Mapping[int, str]) -> Score:
    """Hold the stories found against the truth."""
    home = {made.story: stories[number] for number, made in enumerate(corpus) if made.kind == ORIGINAL}
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    members: dict[str, list[Made]] = defaultdict(list)
    for number, made in enumerate(corpus):
        members[stories[number]].append(made)
        if made.kind not in (ORIGINAL, TEMPLATE):
            asked[made.kind] += 1
            found[made.kind] += stories[number] == home[made.story]
    pairs = [(a, b) for own in members.values() for at, a in enumerate(own) for b in own[:at]]
    wrong = [(a, b) for a, b in pairs if a.story != b.story]
    templates = sum(a.kind == b.kind == TEMPLATE for a, b in wrong)
    return Score(found, asked, len(wrong), templates, len(pairs))


_NODE = ["article_id", "story_id", "chain", "text_key", "published", "sketch", "shingles", "numbers"]


def state_bytes(placements: Placements) -> float:
    """Bytes a store keeps of an article to find its copies later: postings by shard, and node records."""
    spec = TABLES["postings"]
    shards: dict[str, list[PostingRow]] = defaultdict(list)
    for kind, (prefix, block) in placements.blocks:
        row = PostingRow(prefix=prefix, kind=kind, block=block, run_id="")
        shards[spec.partition(row)] += [row]
    nodes = TABLES["articles"].to_arrow([article_row(*pair, "") for pair in placements.placed])
    tables = [*map(spec.to_arrow, shards.values()), nodes.select(_NODE)]
    return sum(map(_parquet_size, tables)) / len(nodes)


def _parquet_size(table: pa.Table) -> int:
    pq.write_table(table, sink := pa.BufferOutputStream(), compression="zstd")
    return len(sink.getvalue())


def candidates(corpus: list[Made], prints: list[Fingerprint]) -> tuple[int, int]:
    """How many copies share a key with their original, of how many that are at least `_ALIKE` to it."""
    originals = {made.story: number for number, made in enumerate(corpus) if made.kind == ORIGINAL}
    met = asked = 0
    for number, made in enumerate(corpus):
        if made.kind in CHANGES:
            other = originals[made.story]
            if rival.similarity(made.text, corpus[other].text) >= _ALIKE:
                asked += 1
                met += not _keys(prints[number]).isdisjoint(_keys(prints[other]))
    return met, asked


def _keys(print_: Fingerprint) -> set[bytes]:
    return {print_.keys[at : at + KEY_BYTES] for at in range(0, len(print_.keys), KEY_BYTES)}


class Result(NamedTuple):
    """What was found in how much, by seconds of processor time, and bytes of state an article.

    `candidates` are of copies that are at least .8 alike: those that were compared, and all.
    """

    corpus: list[Made]
    score: Score
    print_seconds: float
    place_seconds: float
    state: float
    candidates: tuple[int, int]


def measure(originals: int) -> Result:
    """Make, fingerprint and place."""
    corpus = make_corpus(originals)
    begin = time.process_time()
    prints = [fingerprint(made.text) for made in corpus]
    printed = time.process_time()
    articles = [prepare(number, made, prints[number]) for number, made in enumerate(corpus)]
    ready = time.process_time()
    placements = place_articles(articles)
    placed = time.process_time()
    found = score(corpus, stories_of(placements))
    times = printed - begin, placed - ready
    return Result(corpus, found, *times, state_bytes(placements), candidates(corpus, prints))


def rival_of(corpus: list[Made]) -> Result | None:
    """What datasketch makes of the corpus; None where it is not installed."""
    found = rival.measure([made.text for made in corpus])
    if found is None:
        return None
    nothing = (0, 0)
    return Result(
        corpus,
        score(corpus, dict(enumerate(found.stories))),
        found.print_seconds,
        found.place_seconds,
        found.state,
        nothing,
    )


def _cells(result: Result) -> Iterator[str]:
    score, count = result.score, len(result.corpus)
    for kind in CHANGES:
        yield f"{score.found[kind] / score.asked[kind]:.3f}"
    met, asked = result.candidates
    yield f"{met / asked:.4f}" if asked else ""
    yield f"{score.recall:.4f}"
    yield f"{score.precision:.5f}"
    yield str(score.templates_merged)
    yield f"{count / result.print_seconds:,.0f}"
    yield f"{count / result.place_seconds:,.0f}"
    yield f"{count / (result.print_seconds + result.place_seconds):,.0f}"
    yield f"{result.state:.0f}"


_ROWS = (
    *CHANGES,
    "compared, of copies alike to .8",
    "recall of copies",
    "precision of pairs",
    "templates merged",
    "fingerprints per second and core",
    "placed per second and core",
    "both per second and core",
    "bytes of state per article",
)


def main(originals: int = 4000) -> None:
    """Measure, and print the table."""
    ours = measure(originals)
    corpus, theirs = ours.corpus, rival_of(ours.corpus)
    size = sum(len(made.text) for made in corpus) / len(corpus)
    table = Table(title=f"De-duplicating {len(corpus):,} invented articles of {size:,.0f} characters")
    table.add_column(f"{ours.score.asked.total():,} copies")
    columns = {"ours": ours, "datasketch": theirs}
    for name, result in columns.items():
        if result:
            table.add_column(name, justify="right")
    for row in zip(_ROWS, *(_cells(one) for one in columns.values() if one), strict=True):
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
