"""The cluster that `.ci/flink` started, a made dump, and the table of figures at the end."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.common import Dump
from benchmarks.made import make_dump
from tests.cluster.flink import Cluster, report_of, run_here

FILES = 16


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    return Cluster(Path(os.environ["WIRETALLY_TEST_FLINK"]))


@pytest.fixture(scope="session")
def figures() -> Iterator[list[tuple[str, str]]]:
    """Lines of what was measured, printed at the end."""
    lines: list[tuple[str, str]] = []
    yield lines
    width = max((len(what) for what, _ in lines), default=0)
    print("", *(f"{what:<{width}}  {found}" for what, found in lines), sep="\n")  # noqa: T201


@pytest.fixture(scope="session")
def articles() -> int:
    """How many articles the made dump has."""
    return int(os.environ.get("WIRETALLY_TEST_ARTICLES", "50000"))


@pytest.fixture(scope="session")
def made(articles: int, sample_dump: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made dump in several files, so that several workers can read it."""
    folder = tmp_path_factory.mktemp("made")
    whole = make_dump(Dump("sample", sample_dump), articles, folder).path
    lines = gzip.decompress(whole.read_bytes()).splitlines(keepends=True)
    whole.unlink()
    for number in range(FILES):
        (folder / f"{number:02}.jsonl").write_bytes(b"".join(lines[number::FILES]))
    return folder


@pytest.fixture(scope="session")
def here(
    made: Path,
    articles: int,
    figures: list[tuple[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The store that the made dump gives in one process."""
    store = tmp_path_factory.mktemp("here") / "store"
    run_here(made, store)
    speed = report_of(store)["articles_per_second"]
    figures.append((f"{articles:,} articles, in this process", f"{speed:,.0f} a second"))
    return store
