"""A store of invented articles and a real PostgreSQL to send it to."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.config import RunConfig
from pipeline.run import run_dump


def write_dump(folder: Path, name: str, month: int, count: int = 3) -> Path:
    """Articles of one month that report strikes; their titles hold what databases dislike."""
    path = folder / name
    lines = [
        {
            "id": f"{name}-{n}",
            "title": f"Jets bomb post {n}: \u0000 'quoted' = formula",
            "text": f"Turkish jets bombed rebels near Idlib on day {n}, killing {n + 2} fighters. " * 3,
            "published": f"2023-{month:02d}-{n + 10}",
            "source": "The Invented Courier",
        }
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def dump_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store after one run over two months."""
    folder = tmp_path_factory.mktemp("feed")
    inputs = [str(write_dump(folder, "one.jsonl", 3)), str(write_dump(folder, "two.jsonl", 4))]
    run_dump(RunConfig.of(inputs=inputs, store=str(folder / "store")))
    return folder / "store"


@pytest.fixture(scope="session")
def dsn() -> str:
    """Where a PostgreSQL is that tests may use as they like."""
    found = os.environ.get("WIRETALLY_TEST_DSN")
    if not found:
        pytest.skip("WIRETALLY_TEST_DSN names no PostgreSQL")
    return found


@pytest.fixture
def schema(dsn: str) -> Iterator[str]:
    """The name of a schema that is dropped after the test."""
    psycopg = pytest.importorskip("psycopg")
    name = f"wt_{uuid4().hex[:10]}"
    yield name
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
