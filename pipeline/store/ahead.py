"""A store as it will be once the run at work commits what it has written so far."""

from collections.abc import Iterable, Mapping
from typing import Protocol, Self

from pipeline.store.delta import DataFile
from pipeline.store.store import Store
from transforms.logic.tables import TABLES


class Written(Protocol):
    """A file that a worker wrote. The file that it `replaces` goes, also where it has no rows itself."""

    @property
    def table(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def partition(self) -> str | None: ...  # noqa: D102
    @property
    def rows(self) -> int: ...  # noqa: D102
    @property
    def size(self) -> int: ...  # noqa: D102
    @property
    def replaces(self) -> str | None: ...  # noqa: D102


class StoreAhead(Store):
    """A snapshot of a store with files added that are not committed yet, and without those they replace."""

    def __init__(self, store: Store, files: Mapping[str, list[DataFile]]) -> None:
        super().__init__(store.folder, store.runs())
        self._ahead = dict(files)

    @classmethod
    def of(cls, store: Store, written: Iterable[Written]) -> Self:
        """`store` and what was written on top of it."""
        written = list(written)
        ahead = {}
        for name, spec in TABLES.items():
            mine = [file for file in written if file.table == name]
            gone = {file.replaces for file in mine}
            anew = {file.partition for file in mine} if spec.replaced else set()
            kept = [
                file
                for file in store.data_files(name)
                if file.path not in gone and not (spec.replaced and file.partition in anew)
            ]
            new = [
                DataFile(file.path, file.partition, file.rows, file.size)
                for file in mine
                if file.rows and file.path not in gone
            ]
            ahead[name] = sorted(kept + new, key=lambda file: file.path)
        return cls(store, ahead)

    def data_files(self, table: str) -> list[DataFile]:
        """The files of a table, committed or not, sorted by path."""
        return list(self._ahead[table])


def changes(
    seen: Store, written: Iterable[Written]
) -> tuple[dict[str, list[DataFile]], dict[str, frozenset[str]]]:
    """By table the files that what was written adds to a store, and the paths of those that it takes out."""
    store, added, gone = StoreAhead.of(seen, written), {}, {}
    for name in TABLES:
        before, after = seen.data_files(name), store.data_files(name)
        old, new = {file.path for file in before}, {file.path for file in after}
        added[name] = [file for file in after if file.path not in old]
        gone[name] = frozenset(old - new)
    return added, gone


def drop_superseded(store: StoreAhead, written: Iterable[Written]) -> None:
    """Remove the files that were written and then replaced by others; none of them was ever committed."""
    there = {name: {file.path for file in store.data_files(name)} for name in TABLES}
    for file in written:
        if file.rows and file.path not in there[file.table]:
            (store.folder / file.table / file.path).unlink()
