"""What is measured and on what."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import BinaryIO

from schemas import Article, PreparedArticle, RawArticle, RejectableError
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.normalising import normalise_article
from transforms.logic.preparing import Preparer
from transforms.logic.reading import load_shapes, plan_tasks, read_task

_ENOUGH_SECONDS = 3.0


@dataclass(frozen=True)
class Figure:
    """One stage over one dump: how many articles of how much text, in how many seconds of processor time."""

    stage: str
    dump: str
    articles: int
    seconds: float
    megabytes: float

    @property
    def per_second(self) -> float:
        """Articles a second on one core."""
        return self.articles / max(self.seconds, 1e-9)

    @property
    def microseconds(self) -> float:
        """Microseconds of processor time an article."""
        return 1e6 * self.seconds / max(self.articles, 1)

    @property
    def megabytes_per_second(self) -> float:
        """Megabytes of text a second on one core."""
        return self.megabytes / max(self.seconds, 1e-9)


@dataclass(frozen=True)
class Dump:
    """A dump to measure on. Its articles are read and normalised once, when a stage first asks for them."""

    name: str
    path: Path

    @cached_property
    def records(self) -> list[RawArticle]:
        """What can be read of it."""
        return list(self.read())

    @cached_property
    def articles(self) -> list[Article]:
        """What can be normalised of it."""
        return [article for record in self.records for article in normalised(record)]

    @cached_property
    def megabytes(self) -> float:
        """Of text, as read."""
        return sum(len(record.body or "") for record in self.records) / 1e6

    @property
    def files(self) -> list[Path]:
        """The file that it is, or those in its folder."""
        files = sorted(path for path in self.path.rglob("*") if path.is_file())
        return files if self.path.is_dir() else [self.path]

    def figure(self, stage: str, articles: int, seconds: float) -> Figure:
        """The figure of a stage over it."""
        return Figure(stage, self.name, articles, seconds, self.megabytes)

    def read(self) -> Iterator[RawArticle]:
        """Read it."""
        for path in self.files:
            for task in plan_tasks(str(path), path.stat().st_size, open_file):
                outcomes = read_task(task, open_file, load_shapes())
                yield from (outcome for outcome in outcomes if isinstance(outcome, RawArticle))


def open_file(path: str) -> BinaryIO:
    """A local file."""
    return Path(path).open("rb")


def normalised(record: RawArticle) -> Iterator[Article]:
    """The article of a record, if it is one."""
    try:
        yield normalise_article(record)
    except RejectableError:
        return


class Tools:
    """The built-in lexicon and a coder over it, made once."""

    def __init__(self) -> None:
        self.lexicon = load_lexicon()
        self.coder = Coder(self.lexicon)


@lru_cache(maxsize=1)
def prepared(dump: Dump, tools: Tools) -> list[PreparedArticle]:
    """What is left of a dump's articles when they are coded; made once for the stages that follow."""
    outcomes = map(Preparer(tools.coder).outcome, dump.records)
    return [one for one in outcomes if isinstance(one, PreparedArticle)]


def processor_seconds(work: Callable[[], object]) -> float:
    """The least processor time of up to three goes; one is enough of a long one."""
    begin, best = time.process_time(), float("inf")
    for _ in range(3):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
        if time.process_time() - begin > _ENOUGH_SECONDS:
            break
    return best
