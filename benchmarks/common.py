"""What is measured and on what."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

from schemas import Article, RawArticle, RejectableError
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.normalising import normalise_article
from transforms.logic.reading import load_shapes, plan_tasks, read_task

_ENOUGH_SECONDS = 3.0


class Figure(NamedTuple):
    """One stage over one dump: how many articles, in how many seconds of processor time."""

    stage: str
    dump: str
    articles: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Articles a second on one core."""
        return self.articles / max(self.seconds, 1e-9)

    @property
    def milliseconds(self) -> float:
        """Milliseconds of processor time an article."""
        return 1000 * self.seconds / max(self.articles, 1)


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

    def read(self) -> Iterator[RawArticle]:
        """Read it."""
        files = sorted(path for path in self.path.rglob("*") if path.is_file())
        for path in files if self.path.is_dir() else [self.path]:
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
