"""The whole pipeline on one screen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.config import RunConfig
from pipeline.store.history import StoreHistory
from pipeline.store.store import Store
from schemas.base import Record
from schemas.lexicon import Lexicon
from schemas.story import Relation
from schemas.tables import AliasRow, ArticleRow, DyadEventRow, EventRow, PostingRow
from transforms.count import CountActivity, CountDyads
from transforms.deduplicate import DeduplicateArticles
from transforms.files import WrittenFile
from transforms.logic.counting import article_row, dyad_rows, event_rows, story_row
from transforms.logic.deduplicating.placing import Move
from transforms.logic.deduplicating.postings import Block
from transforms.logic.recounting import lineage_of
from transforms.logic.tables import TABLES
from transforms.prepare import PrepareArticles
from transforms.read import ReadDump
from transforms.recount import KeepTouched, NewRejects, RejoinHistory
from transforms.revise import DROP, Patch, ReviseTable, patch
from transforms.tally import TallyRecords
from transforms.write import WriteManifest, WriteTables


@dataclass(frozen=True)
class Plan:
    """What a graph is built from: options, lexicon, the store as it is, and where the manifest goes."""

    config: RunConfig
    lexicon: Lexicon
    store: Store
    run_id: str
    manifest: Path


def build(root: beam.Pipeline, plan: Plan) -> PCollection[str]:
    """Dumps in; the tables' new files and the tallies out, named in the manifest whose path this returns."""
    config, lexicon, run_id = plan.config, plan.lexicon, plan.run_id

    records = root | "Read" >> ReadDump(config.inputs, config.format, config.mapping)
    prepared = records.articles | "Prepare" >> PrepareArticles(
        lexicon, config.keep_text, config.published_from, config.published_to
    )
    deduplicated = prepared.articles | "Deduplicate" >> DeduplicateArticles(
        StoreHistory.of(plan.store), config.dedup_window
    )
    placed = deduplicated.placed
    moves = deduplicated.moves | "StoryMoves" >> beam.FlatMap(_story_move).with_output_types(tuple[str, str])
    events = placed | "EventRows" >> rows_of_each(EventRow, event_rows, run_id, lexicon.version)
    dyads = placed | "DyadRows" >> rows_of_each(DyadEventRow, dyad_rows, run_id, lexicon.version)
    rejects = (records.rejects, prepared.rejects) | "Rejects" >> beam.Flatten()

    written = {
        "articles": placed
        | "ArticleRows"
        >> rows_of_each(ArticleRow, lambda article, place: [article_row(article, place, run_id)]),
        "stories": deduplicated.stories | "StoryRows" >> beam.Map(story_row, run_id),
        "events": events,
        "dyad_events": dyads,
        "activity": recount(plan, "events", (events, moves), "activity", CountActivity),
        "dyads": recount(plan, "dyad_events", (dyads, moves), "dyads", CountDyads),
        "rejects": rejects | "NewRejects" >> NewRejects(run_id, plan.store.files("rejects")),
        "postings": deduplicated.blocks | "PostingRows" >> beam.Map(_posting_row, run_id),
        "aliases": deduplicated.aliases
        | "AliasRows" >> beam.Map(lambda alias: AliasRow(**dict(alias), run_id=run_id)),
    } | "Write" >> WriteTables(TABLES, str(plan.store.folder), run_id)

    stories = moves | "StoryPatches" >> beam.MapTuple(_story_patch).with_output_types(Patch)
    revised = [
        revise(plan, "articles", deduplicated.moves | "Moves" >> beam.Map(_place_patch)),
        revise(plan, "events", stories),
        revise(plan, "dyad_events", stories),
        revise(plan, "stories", deduplicated.retired | "Retire" >> beam.Map(lambda one: (one, DROP))),
    ]
    files = (written, *revised) | "Files" >> beam.Flatten()

    tallies = (
        records.articles | "TallyRead" >> TallyRecords(lambda _: ("read",), len),
        records.rejects | "TallyUnread" >> TallyRecords(lambda _: ("read",)),
        placed | "TallyPlaced" >> TallyRecords(lambda pair: _placed_names(pair[1].relation)),
        deduplicated.replays | "TallyReplays" >> TallyRecords(lambda _: ("replays",)),
        rejects | "TallyRejects" >> TallyRecords(lambda reject: ("rejects", f"reject:{reject.reason.value}")),
        events | "TallyEvents" >> TallyRecords(lambda _: ("events",)),
        prepared.tallies,
    ) | "Tallies" >> beam.Flatten()
    manifest: PCollection[str] = (files, tallies) | "Manifest" >> WriteManifest(str(plan.manifest))
    return manifest


def revise(plan: Plan, name: str, patches: PCollection[Patch]) -> PCollection[WrittenFile]:
    """The files of a table that hold rows of patched ids, written anew."""
    stored = [(file.path, file.partition or "") for file in plan.store.data_files(name)]
    column = "story_id" if name == "stories" else "article_id"
    files: PCollection[WrittenFile] = (
        patches
        | f"Patches[{name}]" >> beam.Map(lambda one: one).with_output_types(Patch)
        | f"Revise[{name}]" >> ReviseTable(TABLES[name], column, str(plan.store.folder), plan.run_id, stored)
    )
    return files


def recount(plan: Plan, source: str, new: Any, target: str, count: Any) -> PCollection[Any]:
    """The counts of every month that new rows and moves touch, from those and the store's of the same."""
    known = [
        (str(plan.store.folder / source / file.path), file.partition or "")
        for file in plan.store.data_files(source)
    ]
    rejoined = new | f"Rejoin[{source}]" >> RejoinHistory(TABLES[source], known)
    counts = rejoined.rows | f"Count[{target}]" >> count(
        lineage_of(plan.lexicon), plan.run_id, plan.lexicon.version
    )
    touched: PCollection[Any] = counts | f"Touched[{target}]" >> KeepTouched(
        TABLES[target].partition, rejoined.touched
    )
    return touched


def rows_of_each(
    row: type[Record], rows: Callable[..., Iterable[Record]], *stamp: str
) -> beam.PTransform[Any, Any]:
    """Placed articles -> the rows of each."""
    each: beam.PTransform[Any, Any] = beam.FlatMap(lambda pair: rows(*pair, *stamp))
    typed: beam.PTransform[Any, Any] = each.with_output_types(row)
    return typed


def _story_move(move: Move) -> Iterator[tuple[str, str]]:
    if move.placement.story_id != move.was:
        yield move.placement.article_id, move.placement.story_id


def _story_patch(article_id: str, story_id: str) -> Patch:
    return patch(article_id, {"story_id": story_id})


def _place_patch(move: Move) -> Patch:
    return patch(move.placement.article_id, move.placement.model_dump(mode="json", exclude={"article_id"}))


def _posting_row(indexed: tuple[str, Block], run_id: str) -> PostingRow:
    kind, (prefix, block) = indexed
    return PostingRow(prefix=prefix, kind=kind, block=block, run_id=run_id)


def _placed_names(relation: Relation) -> tuple[str, ...]:
    return ("kept",) if relation is Relation.LEAD else ("duplicates",)
