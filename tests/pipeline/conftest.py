"""One run that many tests look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config import RunConfig
from pipeline.progress import Tally
from pipeline.run import run_dump
from tests.pipeline import killing
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import FirstRun

BROKEN = '{"title": "cut off in the mid'


@pytest.fixture(scope="session")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented articles and one broken line."""
    return write_dump(tmp_path_factory.mktemp("dump") / "wire.jsonl", the_articles(), BROKEN)


@pytest.fixture(scope="session")
def first(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    """A store after its first run; whoever uses it leaves it as it is."""
    store = tmp_path_factory.mktemp("first") / "store"
    told: list[Tally] = []
    report = run_dump(RunConfig.of(inputs=(str(dump),), store=str(store)), told.append)
    return FirstRun(store, report, told)


@pytest.fixture(scope="session")
def ask() -> Iterator[killing.Ask]:
    """A process that has everything imported and runs commands which die where they are told to."""
    with killing.server() as asked:
        yield asked
