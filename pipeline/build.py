"""The whole pipeline in one file: `build`, and the four steps that it is made of."""

from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.counting import Count
from pipeline.plan import Plan
from pipeline.store.history import StoreHistory, held_history
from pipeline.wiring import (
    place_patch,
    placed_names,
    posting_row,
    recount,
    recount_stored,
    revise,
    rows_of_each,
    story_move,
    story_patch,
)
from schemas import PreparedArticle
from schemas.tables import AliasRow, ArticleRow, DyadEventRow, EventRow, RejectRow
from transforms.count import CountActivity, CountDyads
from transforms.deduplicate import DeduplicateArticles
from transforms.files import Place, WrittenFile
from transforms.logic.counting import article_row, dyad_rows, event_rows, story_row
from transforms.logic.tables import TABLES
from transforms.prepare import PrepareArticles
from transforms.read import ReadDump
from transforms.recount import NewRejects
from transforms.revise import DROP, Patch
from transforms.stage import ReadStaged, StageArticles
from transforms.tally import TallyRecords
from transforms.write import WriteManifest, WriteTables


class Ready(NamedTuple):
    """Prepared articles, the rows of what was rejected, and tallies of all records."""

    articles: PCollection[PreparedArticle]
    rejects: PCollection[RejectRow]
    tallies: PCollection[tuple[str, int]]


class Outcome(NamedTuple):
    """The rows of tables by name, files of the store written anew, and tallies of articles and events."""

    tables: dict[str, PCollection[Any]]
    files: tuple[PCollection[WrittenFile], ...]
    tallies: PCollection[tuple[str, int]]


def build(root: beam.Pipeline, plan: Plan) -> PCollection[str]:
    """Dumps in; the tables' new files and the tallies out, named in the manifest whose path this returns."""
    ready = prepare(root, plan)
    outcome = place(plan, ready.articles)
    tallies = (ready.tallies, outcome.tallies) | "Tallies" >> beam.Flatten()
    return write(plan, outcome.tables | {"rejects": ready.rejects}, outcome.files, tallies)


def build_staging(root: beam.Pipeline, plan: Plan, folder: Place) -> PCollection[str]:
    """The first half of `build`: articles are set down in `folder`."""
    ready = prepare(root, plan)
    staged = ready.articles | "StageArticles" >> StageArticles(str(folder))
    return write(plan, {"rejects": ready.rejects}, (staged,), ready.tallies)


def build_part(root: beam.Pipeline, plan: Plan, staged: tuple[str, ...]) -> PCollection[str]:
    """The second half of `build`, for the articles of some of the files that the first set down."""
    outcome = place(plan, root | "TakeUp" >> ReadStaged(staged))
    return write(plan, outcome.tables, outcome.files, outcome.tallies)


def build_count(root: beam.Pipeline, plan: Plan, what: Count) -> PCollection[str]:
    """Counts of some partitions, from the events that the store has."""
    tables = {
        "activity": recount_stored(root, plan, "events", "activity", CountActivity, what),
        "dyads": recount_stored(root, plan, "dyad_events", "dyads", CountDyads, what),
    }
    return write(plan, tables, (), root | "NoTallies" >> beam.Create([]))


def prepare(root: beam.Pipeline, plan: Plan) -> Ready:
    """Read the dumps and prepare every record."""
    config = plan.config
    records = root | "Read" >> ReadDump(config.inputs, config.format, config.mapping)
    prepared = records.articles | "Prepare" >> PrepareArticles(
        plan.lexicon,
        config.keep_text,
        config.published_from,
        config.published_to,
        config.workers,
        held_history(plan.store),
    )
    rejects = (records.rejects, prepared.rejects) | "Rejects" >> beam.Flatten()
    tallies = (
        records.articles | "TallyRead" >> TallyRecords(lambda _: ("read",), len),
        records.rejects | "TallyUnread" >> TallyRecords(lambda _: ("read",)),
        rejects | "TallyRejects" >> TallyRecords(lambda reject: ("rejects", f"reject:{reject.reason.value}")),
        prepared.tallies,
    ) | "RecordTallies" >> beam.Flatten()
    rows = rejects | "NewRejects" >> NewRejects(plan.run_id, plan.store.files("rejects"))
    return Ready(prepared.articles, rows, tallies)


def place(plan: Plan, articles: PCollection[PreparedArticle]) -> Outcome:
    """Find the story of each article, and reckon everything that follows from it."""
    config, lexicon, run_id = plan.config, plan.lexicon, plan.run_id
    deduplicated = articles | "Deduplicate" >> DeduplicateArticles(
        StoreHistory.of(plan.store), config.dedup_window
    )
    placed = deduplicated.placed
    moves = deduplicated.moves | "StoryMoves" >> beam.FlatMap(story_move).with_output_types(tuple[str, str])
    events = placed | "EventRows" >> rows_of_each(EventRow, event_rows, run_id, lexicon.version)
    dyads = placed | "DyadRows" >> rows_of_each(DyadEventRow, dyad_rows, run_id, lexicon.version)

    tables = {
        "articles": placed
        | "ArticleRows"
        >> rows_of_each(ArticleRow, lambda article, place: [article_row(article, place, run_id)]),
        "stories": deduplicated.stories | "StoryRows" >> beam.Map(story_row, run_id),
        "events": events,
        "dyad_events": dyads,
        "postings": deduplicated.blocks | "PostingRows" >> beam.Map(posting_row, run_id),
        "aliases": deduplicated.aliases
        | "AliasRows" >> beam.Map(lambda alias: AliasRow(**dict(alias), run_id=run_id)),
    }
    if plan.counts:
        tables["activity"] = recount(plan, "events", (events, moves), "activity", CountActivity)
        tables["dyads"] = recount(plan, "dyad_events", (dyads, moves), "dyads", CountDyads)

    stories = moves | "StoryPatches" >> beam.MapTuple(story_patch).with_output_types(Patch)
    revised = (
        revise(plan, "articles", deduplicated.moves | "Moves" >> beam.Map(place_patch)),
        revise(plan, "events", stories),
        revise(plan, "dyad_events", stories),
        revise(plan, "stories", deduplicated.retired | "Retire" >> beam.Map(lambda one: (one, DROP))),
    )
    tallies = (
        placed | "TallyPlaced" >> TallyRecords(lambda pair: placed_names(pair[1].relation)),
        deduplicated.replays | "TallyReplays" >> TallyRecords(lambda _: ("replays",)),
        events | "TallyEvents" >> TallyRecords(lambda _: ("events",)),
    ) | "PlaceTallies" >> beam.Flatten()
    return Outcome(tables, revised, tallies)


def write(
    plan: Plan,
    tables: dict[str, PCollection[Any]],
    files: tuple[PCollection[WrittenFile], ...],
    tallies: PCollection[tuple[str, int]],
) -> PCollection[str]:
    """Write the tables' rows, and name all files and tallies in the manifest."""
    written = tables | "Write" >> WriteTables(TABLES, str(plan.store.folder), plan.mark)
    everything = (written, *files) | "Files" >> beam.Flatten()
    manifest: PCollection[str] = (everything, tallies) | "Manifest" >> WriteManifest(str(plan.manifest))
    return manifest
