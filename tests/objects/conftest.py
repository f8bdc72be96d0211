"""One object store for all tests, and a store in it after its first run."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.objects.server import BUCKET, Between, led_to, make_bucket, object_store
from tests.pipeline import killing
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import exported, run
from transforms.objects import ObjectPath

Copied = Callable[[str], str]
"""Copies a store in the object store to a place of its own."""


class First(NamedTuple):
    """A store in an object store after its first run: its URI, the dump, and its tables as files."""

    uri: str
    dump: Path
    tables: dict[str, bytes]


@pytest.fixture(scope="session")
def spoiler() -> Iterator[Between]:
    """The server to which the variables lead, before an object store."""
    with object_store() as address, Between.before(address) as spoiler, led_to(spoiler.address):
        yield spoiler


@pytest.fixture
def between(spoiler: Between) -> Iterator[Between]:
    """The server, which hands on all again after the test."""
    yield spoiler
    spoiler.spoil()


@pytest.fixture(scope="session")
def address(spoiler: Between) -> str:
    """Where the server is."""
    return spoiler.address


@pytest.fixture
def place(address: str) -> str:
    """The URI of a store that is not there yet."""
    return str(_a_bucket() / "store")


def _a_bucket() -> ObjectPath:
    """A bucket of its own for each store: a listing by moto's server goes through all keys of a bucket."""
    name = f"news-{secrets.token_hex(4)}"
    make_bucket(name)
    return ObjectPath(name, "a")


@pytest.fixture(scope="session")
def first(address: str, tmp_path_factory: pytest.TempPathFactory) -> First:
    """A store after its first run; whoever uses it leaves it as it is."""
    folder = tmp_path_factory.mktemp("objects")
    dump = write_dump(folder / "first.jsonl", the_articles(), '{"cut')
    uri = f"s3://{BUCKET}/first/store"
    run(uri, dump, keep_text=True)
    return First(uri, dump, exported(uri, folder / "tables"))


@pytest.fixture
def copied() -> Copied:
    def copied(uri: str) -> str:
        whole = ObjectPath.of(uri)
        copy = _a_bucket() / "store"
        for one in whole.below():
            name = one.key.removeprefix(f"{whole.key}/")
            (copy / name).create(one.read_bytes())
        return str(copy)

    return copied


@pytest.fixture(scope="session")
def ask(address: str) -> Iterator[killing.Ask]:
    """A process that has everything imported and runs commands which die where they are told to."""
    with killing.server() as asked:
        yield asked
