"""What the parts of a run leave together, where that is not the sum of what each leaves."""

from collections.abc import Collection, Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store import Store
from schemas.story import Relation
from schemas.tables import AliasRow
from transforms.files import WrittenFile, parquet_file, write_parquet
from transforms.logic.recounting import touched_months
from transforms.logic.tables import TABLES

COUNTED = ("events", "dyad_events")
"""The tables that counts are reckoned from."""


def touched_by(seen: Store, store: Store) -> frozenset[str]:
    """The partitions whose counts change by what the parts so far wrote of events."""
    days = {
        day
        for table in COUNTED
        for path in _new(seen, store, table)
        for day in pc.unique(_read(path, "day")["day"]).to_pylist()
    }
    return frozenset(month for day in days for month in touched_months(day))


def leads_of(seen: Store, store: Store, run_id: str) -> int:
    """How many articles of a run lead a story, now that all parts are placed."""
    leads = 0
    for path in _new(seen, store, "articles"):
        rows = _read(path, "relation", "run_id").to_pylist()
        leads += sum(row["relation"] == Relation.LEAD and row["run_id"] == run_id for row in rows)
    return leads


def final_aliases(seen: Store, store: Store, run_id: str) -> Iterator[WrittenFile]:
    """The file of a run's aliases, if any: of stories that readers have seen, to where they are now.

    It takes the place of those of the parts, which also tell of stories that came and went between two parts.
    """
    parts = _new(seen, store, "aliases")
    old = {str(one) for path in parts for one in _read(path, "old_story_id")["old_story_id"].to_pylist()}
    stories = _values_of(seen.files("stories"), "story_id", "story_id", old)
    now = _values_of(store.files("articles"), "article_id", "story_id", stories)
    rows = [
        AliasRow(old_story_id=one, story_id=story, run_id=run_id)
        for one, story in sorted(now.items())
        if one != story
    ]
    if rows:
        name = f"{run_id}.parquet"
        size = write_parquet(store.folder / "aliases" / name, TABLES["aliases"].to_arrow(rows))
        yield WrittenFile("aliases", name, None, len(rows), size)


def _values_of(paths: Iterable[str], key: str, value: str, wanted: Collection[str]) -> dict[str, str]:
    """A column's values by key, for the wanted keys."""
    keys = pa.array(sorted(wanted), pa.string())
    found: dict[str, str] = {}
    for path in paths if wanted else ():
        rows = _read(path, *dict.fromkeys((key, value)))
        rows = rows.filter(pc.is_in(rows[key], keys))
        found.update((str(row[key]), str(row[value])) for row in rows.to_pylist())
    return found


def _new(seen: Store, store: Store, table: str) -> list[str]:
    return sorted(set(store.files(table)) - set(seen.files(table)))


def _read(path: str, *columns: str) -> pa.Table:
    with parquet_file(path) as file:
        return file.read(list(columns))
