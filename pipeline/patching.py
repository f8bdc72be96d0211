"""Rows of a store changed by id, and the months counted again whose events that changes or adds to."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store.rewriting import Rewrite
from schemas.lexicon import Lexicon
from transforms.files import parquet_file
from transforms.logic.recounting import lineage_of, months_to_read, touched_months
from transforms.logic.tables import TABLES
from transforms.revise import Patch, patched


def patch_rows(rewrite: Rewrite, name: str, column: str, patches: Collection[Patch]) -> None:
    """Take patches into a table; of files without patched rows one column is read."""
    if not patches:
        return
    changes = dict(patches)
    ids = pa.array(sorted(changes), pa.string())
    for file in rewrite.run.seen.data_files(name):
        with parquet_file(rewrite.run.folder / name / file.path) as content:
            hit = pc.any(pc.is_in(content.read([column])[column], ids)).as_py()
        if hit:
            rewrite.change_file(name, file, lambda rows: patched(rows, column, ids, changes))


def recount(
    rewrite: Rewrite,
    source: str,
    target: str,
    count: Any,
    lexicon: Lexicon,
    patches: Sequence[Patch],
    new: Sequence[Any] = (),
) -> None:
    """Take patches of articles and new rows into a table of events, and count every month they touch anew."""
    run, spec, changes = rewrite.run, TABLES[target], dict(patches)
    days = {row.day for row in new} | _patched_days(rewrite, source, changes)
    touched = {month for day in days for month in touched_months(day)}
    ids = pa.array(sorted(changes), pa.string())
    rows = list(new)
    for file in run.seen.data_files(source):
        if file.partition in months_to_read(touched):
            with parquet_file(run.folder / source / file.path) as content:
                known = content.read()
            rows += TABLES[source].from_arrow(patched(known, "article_id", ids, changes), file.partition)
    patch_rows(rewrite, source, "article_id", patches)
    rewrite.add(source, new)
    counted = count(rows, lineage_of(lexicon), run.run_id, lexicon.version)
    rewrite.drop(target, touched)
    rewrite.add(target, [row for row in counted if spec.partition(row) in touched])


def _patched_days(rewrite: Rewrite, source: str, changes: dict[str, bytes]) -> set[date | None]:
    """The days of the stored rows that patches change."""
    days: set[date | None] = set()
    ids = pa.array(sorted(changes), pa.string())
    for file in rewrite.run.seen.data_files(source) if changes else ():
        with parquet_file(rewrite.run.folder / source / file.path) as content:
            rows = content.read(["article_id", "day"])
        days.update(rows.filter(pc.is_in(rows["article_id"], ids))["day"].to_pylist())
    return days
