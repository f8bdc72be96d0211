"""How many injected copies are found, how many strangers are merged, and how fast.

Invented news (a Zipf vocabulary and stock phrases, as news has) with copies made by fifteen known changes,
and templated reports of different events that must stay apart. The same size gives the same texts.
Run as `python -m benchmarks.deduplicating [ORIGINALS]`.
"""

import hashlib
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from schemas import ArticleHead, BodyKind, Coding, DatePrecision, Fingerprint, PreparedArticle
from schemas.tables import PostingRow
from transforms.logic.counting import article_row
from transforms.logic.deduplicating import Placements, fingerprint, place_articles
from transforms.logic.normalising.fold import content_hash
from transforms.logic.tables import TABLES

TEMPLATE = "template"
ORIGINAL = "original"
_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
_LETTERS = "abcdefghijklmnoprstuvwz"
_FOOTERS = (
    "This article was originally published by outlet {n} and is reproduced with permission.",
    "Sign up for newsletter {n} and follow us for more stories like this one.",
    "(Reporting by staff writer {n}; editing by the desk) Read more: top stories of the day.",
)

Paragraphs = list[str]


@dataclass(frozen=True)
class Made:
    """One made article: `story` is the truth, `kind` the change that made it."""

    kind: str
    story: int
    day: int
    text: str


class Press:
    """Writes invented news, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.vocabulary = sorted({self._word() for _ in range(20_000)})
        self.rng.shuffle(self.vocabulary)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.vocabulary))))
        self.phrases = [self.words(self.rng.randint(4, 9)) for _ in range(400)]

    def _word(self) -> str:
        return "".join(self.rng.choices(_LETTERS, k=self.rng.randint(2, 10)))

    def words(self, count: int) -> list[str]:
        """Words by their frequency."""
        return self.rng.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def sentence(self) -> str:
        """A sentence; one in six has a phrase that others have too."""
        words = self.words(self.rng.randint(10, 28))
        if self.rng.random() < 1 / 6:
            words[3:3] = self.rng.choice(self.phrases)
        if self.rng.random() < 1 / 4:
            words.insert(2, str(self.rng.randint(2, 3000)))
        return " ".join(words).capitalize() + "."

    def paragraph(self) -> str:
        """Two to four sentences."""
        return " ".join(self.sentence() for _ in range(self.rng.randint(2, 4)))

    def article(self) -> Paragraphs:
        """Paragraphs of about 3 KB in all, log-normal."""
        count = max(3, min(40, int(self.rng.lognormvariate(2.1, 0.4))))
        return [self.paragraph() for _ in range(count)]

    def market_report(self) -> str:
        """A report that differs from others of its kind in figures and a few words."""
        frame = random.Random(1)
        words = [frame.choice(self.vocabulary) for _ in range(190)]
        for at in range(6, 190, 14):
            words[at] = f"{self.rng.uniform(0, 9000):.2f}"
        for at in range(9, 190, 60):
            words[at] = self._word()
        return " ".join(words) + "."

    def substitute(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """Replace a share of the words."""
        return [
            " ".join(self.words(1)[0] if self.rng.random() < share else word for word in text.split())
            for text in paragraphs
        ]


def _one_word(press: Press, article: Paragraphs) -> Paragraphs:
    words = article[0].split()
    words[press.rng.randrange(len(words))] = press.words(1)[0]
    return [" ".join(words), *article[1:]]


def _cut(article: Paragraphs, share: float) -> Paragraphs:
    text = "\n".join(article)
    return [text[: int(len(text) * share)].rsplit(" ", 1)[0]]


def _drop(press: Press, article: Paragraphs) -> Paragraphs:
    gone = press.rng.randrange(len(article))
    return article[:gone] + article[gone + 1 :]


CHANGES: dict[str, Callable[[Press, Paragraphs], Paragraphs]] = {
    "exact": lambda _, article: article,
    "case and punctuation": lambda _, article: [
        text.replace(",", " ,").replace(".", "...").upper() for text in article
    ],
    "one word": _one_word,
    "1% of words": lambda press, article: press.substitute(article, 0.01),
    "3% of words": lambda press, article: press.substitute(article, 0.03),
    "5% of words": lambda press, article: press.substitute(article, 0.05),
    "agency prefix": lambda press, article: [f"By {press.words(1)[0]}, staff writer (Agency)", *article],
    "footer": lambda press, article: [
        *article,
        press.rng.choice(_FOOTERS).format(n=press.rng.randint(1, 999)),
    ],
    "paragraph dropped": _drop,
    "lead rewritten": lambda press, article: [press.paragraph(), *article[1:]],
    "update": lambda press, article: [press.paragraph(), *article[:-1], press.paragraph()],
    "paragraphs shuffled": lambda press, article: press.rng.sample(article, len(article)),
    "cut to 75%": lambda _, article: _cut(article, 0.75),
    "cut to 50%": lambda _, article: _cut(article, 0.5),
    "footer, prefix and 2% of words": lambda press, article: [
        press.sentence(),
        *press.substitute(article, 0.02),
        press.rng.choice(_FOOTERS).format(n=1),
    ],
}


def make_corpus(originals: int, seed: int = 7) -> list[Made]:
    """Originals, copies of half of them by each change in turn, and templated reports, shuffled."""
    press = Press(seed)
    articles = [press.article() for _ in range(originals)]
    days = [press.rng.randint(0, 364) for _ in articles]
    made = [Made(ORIGINAL, story, days[story], "\n".join(article)) for story, article in enumerate(articles)]
    for kind, story in zip(
        _cycle(originals // 2), press.rng.sample(range(originals), originals // 2), strict=True
    ):
        text = "\n".join(CHANGES[kind](press, articles[story]))
        made.append(Made(kind, story, days[story] + press.rng.randint(0, 3), text))
    for number in range(originals // 20):
        made.append(Made(TEMPLATE, -1 - number, number % 20, press.market_report()))
    press.rng.shuffle(made)
    return made


def _cycle(count: int) -> Iterator[str]:
    kinds = list(CHANGES)
    return (kinds[number % len(kinds)] for number in range(count))


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


def score(corpus: list[Made], placements: Placements) -> Score:
    """Hold the stories found against the truth."""
    stories = {article.head.position: place.story_id for article, place in placements.placed}
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


class Result(NamedTuple):
    """What was found in how much, by seconds of processor time, and bytes of state an article."""

    corpus: list[Made]
    score: Score
    print_seconds: float
    place_seconds: float
    state: float


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
    state = state_bytes(placements)
    return Result(corpus, score(corpus, placements), printed - begin, placed - ready, state)


def main(originals: int = 4000) -> None:
    """Measure, and print the table."""
    corpus, result, print_seconds, place_seconds, state = measure(originals)
    size = sum(len(made.text) for made in corpus) / len(corpus)
    table = Table(title=f"De-duplicating {len(corpus):,} invented articles of {size:,.0f} characters")
    for column in ("change", "copies", "found"):
        table.add_column(column, justify="left" if column == "change" else "right")
    for kind in CHANGES:
        table.add_row(kind, str(result.asked[kind]), f"{result.found[kind] / result.asked[kind]:.3f}")
    table.add_section()
    table.add_row("recall of pairs", str(result.asked.total()), f"{result.recall:.4f}")
    table.add_row("precision of pairs", str(result.together), f"{result.precision:.5f}")
    table.add_row("templates merged", "", str(result.templates_merged))
    table.add_row("fingerprints per second and core", "", f"{len(corpus) / print_seconds:,.0f}")
    table.add_row("placed per second and core", "", f"{len(corpus) / place_seconds:,.0f}")
    table.add_row("bytes of state per article", "", f"{state:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
