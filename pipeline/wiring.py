"""Pieces of the graph that it has several times."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.counting import Count
from pipeline.plan import Plan
from schemas.base import Record
from schemas.story import Relation
from schemas.tables import PostingRow
from transforms.files import WrittenFile
from transforms.logic.deduplicating.placing import Move
from transforms.logic.deduplicating.postings import Block
from transforms.logic.recounting import lineage_of, months_to_read
from transforms.logic.tables import TABLES
from transforms.recount import KeepTouched, KnownFile, ReadMonths, RejoinHistory
from transforms.revise import Patch, ReviseTable, patch


def revise(plan: Plan, name: str, patches: PCollection[Patch]) -> PCollection[WrittenFile]:
    """The files of a table that hold rows of patched ids, written anew."""
    stored = [(file.path, file.partition or "") for file in plan.store.data_files(name)]
    column = "story_id" if name == "stories" else "article_id"
    files: PCollection[WrittenFile] = (
        patches
        | f"Patches[{name}]" >> beam.Map(lambda one: one).with_output_types(Patch)
        | f"Revise[{name}]" >> ReviseTable(TABLES[name], column, str(plan.store.folder), plan.mark, stored)
    )
    return files


def recount(plan: Plan, source: str, new: Any, target: str, count: Any) -> PCollection[Any]:
    """The counts of every month that new rows and moves touch, from those and the store's of the same."""
    rejoined = new | f"Rejoin[{source}]" >> RejoinHistory(TABLES[source], _known(plan, source))
    counts = rejoined.rows | f"Count[{target}]" >> count(
        lineage_of(plan.lexicon), plan.run_id, plan.lexicon.version
    )
    touched: PCollection[Any] = counts | f"Touched[{target}]" >> KeepTouched(
        TABLES[target].partition, rejoined.touched
    )
    return touched


def recount_stored(root: beam.Pipeline, plan: Plan, source: str, target: str, count: Any, what: Count) -> Any:
    """A share of the counts of some partitions, from the rows that the store has."""
    lineage, partition = lineage_of(plan.lexicon), TABLES[target].partition
    rows = root | f"ReadMonths[{source}]" >> ReadMonths(
        TABLES[source], _known(plan, source), months_to_read(what.partitions)
    )
    counts = rows | f"Count[{target}]" >> count(
        lineage, plan.run_id, plan.lexicon.version, what.share, what.shares
    )
    return counts | f"Counted[{target}]" >> beam.Filter(lambda row: partition(row) in what.partitions)


def _known(plan: Plan, table: str) -> list[KnownFile]:
    return [
        (str(plan.store.folder / table / file.path), file.partition or "")
        for file in plan.store.data_files(table)
    ]


def rows_of_each(
    row: type[Record], rows: Callable[..., Iterable[Record]], *stamp: str
) -> beam.PTransform[Any, Any]:
    """Placed articles -> the rows of each."""
    each: beam.PTransform[Any, Any] = beam.FlatMap(lambda pair: rows(*pair, *stamp))
    typed: beam.PTransform[Any, Any] = each.with_output_types(row)
    return typed


def story_move(move: Move) -> Iterator[tuple[str, str]]:
    """The article of a move and the story that it goes to, if it goes to another."""
    if move.placement.story_id != move.was:
        yield move.placement.article_id, move.placement.story_id


def story_patch(article_id: str, story_id: str) -> Patch:
    """What the move changes in the rows of events."""
    return patch(article_id, {"story_id": story_id})


def place_patch(move: Move) -> Patch:
    """What the move changes in the row of the article."""
    return patch(move.placement.article_id, move.placement.model_dump(mode="json", exclude={"article_id"}))


def posting_row(indexed: tuple[str, Block], run_id: str) -> PostingRow:
    """A block of the index as a row."""
    kind, (prefix, block) = indexed
    return PostingRow(prefix=prefix, kind=kind, block=block, run_id=run_id)


def placed_names(relation: Relation) -> tuple[str, ...]:
    """What a placed article counts as in the reckoning."""
    return ("kept",) if relation is Relation.LEAD else ("duplicates",)
