"""Dumps of invented news of any size, even or skewed, the same for the same size.

Every article has words of its own, every fifth of them English, so that it is taken for English and coded.
One in three speaks of war in two sentences, as in real mixed news.
"""

import gzip
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from benchmarks.common import Dump
from benchmarks.copies import Paragraphs, Press
from benchmarks.many import in_english

_START = datetime(2024, 12, 1, tzinfo=UTC)
_PLACES = ("Aleppo", "Khartoum", "Kharkiv", "Gaza", "Goma", "Homs", "Odesa", "El Fasher", "Mekelle", "Sanaa")
_ARMIES = ("Syrian", "Sudanese", "Russian", "Israeli", "Ukrainian", "Turkish", "Ethiopian", "Congolese")
_Record = dict[str, Any]

_TWO_YEARS = 2 * 365 * 24 * 60
"""In minutes."""

_FILE = 50_000
"""Records in a file of an archive."""

_REMEMBERED = 5_000
"""Earlier articles that a copy may be of."""


class Writer:
    """Writes records of invented news about armies."""

    def __init__(self, seed: int, short: bool = False) -> None:
        self._short = short
        self._press = press = Press(seed)
        press.vocabulary = [in_english(word) for word in press.vocabulary]
        press.phrases = [press.words(press.rng.randint(4, 9)) for _ in press.phrases]

    def record(self, number: int, *, wars: float = 1 / 3, army: str | None = None) -> _Record:
        """One record; `wars` is the share of those that speak of war, `army` who fights in all of them."""
        rng, paragraphs = self._press.rng, self._paragraphs()
        if rng.random() < wars:
            place, attacker = rng.choice(_PLACES), army or rng.choice(_ARMIES)
            paragraphs[1:1] = [f"{attacker} forces shelled {place} on Friday and captured a village near it."]
            paragraphs.append(f"Residents of {place} were evacuated by the {rng.choice(_ARMIES)} army.")
        return {
            "id": f"mixed-{number}",
            "source": f"outlet-{number % 41}.example",
            "title": " ".join(self._press.words(8)).capitalize(),
            "text": "\n\n".join(paragraphs),
            "published": (_START + timedelta(minutes=number % 43_200)).isoformat(),
        }

    def _paragraphs(self) -> Paragraphs:
        """About 3 KB; where short, 1 KB."""
        return [self._press.paragraph() for _ in range(2)] if self._short else self._press.article()

    @property
    def dice(self) -> random.Random:
        """What decides."""
        return self._press.rng

    def reprint(self, record: _Record, number: int) -> _Record:
        """A copy in another paper, hours later, with a paragraph of its own."""
        published = datetime.fromisoformat(record["published"]) + timedelta(hours=self.dice.randint(1, 60))
        return record | {
            "id": f"mixed-{number}",
            "source": f"outlet-{number % 41}.example",
            "text": f"{record['text']}\n\n{self._press.paragraph()}",
            "published": published.isoformat(),
        }


def even(articles: int) -> Iterator[_Record]:
    """Distinct articles, one like another."""
    writer = Writer(articles)
    return (writer.record(number) for number in range(articles))


def wars(articles: int) -> Iterator[_Record]:
    """As even, but all speak of war."""
    writer = Writer(articles)
    return (writer.record(number, wars=1) for number in range(articles))


def copies(articles: int) -> Iterator[_Record]:
    """One article of war of middling length, printed by everybody."""
    one = sorted(wars(51), key=lambda record: len(record["text"]))[25]
    outlets = range(articles)
    return (one | {"id": f"copy-{n}", "source": f"outlet-{n % 977}.example"} for n in outlets)


def hot_actor(articles: int) -> Iterator[_Record]:
    """As even, but two of five articles speak of war, and all of them of one army."""
    writer = Writer(articles)
    return (writer.record(number, wars=0.4, army="Syrian") for number in range(articles))


def archive(articles: int, short: bool) -> Iterator[_Record]:
    """As even, over two years in no order, one in ten a copy of one before with a paragraph added."""
    writer = Writer(articles, short)
    dice, seen = writer.dice, list[_Record]()
    for number in range(articles):
        if seen and dice.random() < 0.1:
            yield writer.reprint(dice.choice(seen), number)
            continue
        published = _START + timedelta(minutes=25 * number % _TWO_YEARS)
        record = writer.record(number) | {"published": published.isoformat()}
        if len(seen) < _REMEMBERED:
            seen.append(record)
        elif dice.random() < 0.05:
            seen[dice.randrange(_REMEMBERED)] = record
        yield record


def one_long(articles: int) -> Iterator[_Record]:
    """As even, and amid them one article as long as a sixth of them together: 10 MB among 15,000."""
    long = "\n\n".join(record["text"] for record in even(articles // 6 + 1))
    for number, record in enumerate(even(articles)):
        yield record | {"text": long} if number == articles // 2 else record


SHAPES: dict[str, Callable[[int], Iterator[_Record]]] = {
    "even": even,
    "one actor in two fifths": hot_actor,
    "one long article among them": one_long,
    "even, all of war": wars,
    "copies of one article": copies,
}


def reprinted(articles: int, copies: int) -> Iterator[_Record]:
    """As even, but of each story so many articles, all but the first with a paragraph of their own."""
    writer = Writer(articles)
    for number in range(articles):
        if number % copies == 0:
            first = writer.record(number)
        yield writer.reprint(first, number) if number % copies else first


def write_archive(articles: int, folder: Path, short: bool = False) -> Dump:
    """An archive of compressed files of JSON lines, 50,000 records in each; short ones of 1 KB."""
    target = folder / f"archive-{articles}"
    target.mkdir()
    records = archive(articles, short)
    for number in range(-(-articles // _FILE)):
        write_records(target / f"{number:03}.jsonl.gz", "archive", islice(records, _FILE))
    return Dump("archive", target)


def write_file(name: str, articles: int, folder: Path) -> Dump:
    """A dump of one shape in one compressed file of JSON lines."""
    path = folder / f"{name.replace(' ', '-')}-{articles}.jsonl.gz"
    return write_records(path, name, SHAPES[name](articles))


def write_records(path: Path, name: str, records: Iterable[_Record]) -> Dump:
    """A dump of these records in one compressed file of JSON lines."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    return Dump(name, path)


FILES = "a file for each article"


def write_files(articles: int, folder: Path) -> Dump:
    """The even dump with a file for each article."""
    target = folder / f"files-{articles}"
    target.mkdir()
    for number, record in enumerate(even(articles)):
        (target / f"{number:06}.json").write_bytes(orjson.dumps(record))
    return Dump(FILES, target)
