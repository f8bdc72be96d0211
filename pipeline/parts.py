"""A large dump placed part by part, so that memory holds one part and never the whole.

All records are read, prepared and set down in the run's working folder in one go, which holds no more than a
batch of them. The articles are then placed in parts of bounded size, each against the store and the parts
before it, which by the law of history leaves what one go would. When all are placed, counts are
reckoned, some months at a time. The run commits once, as any other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.config import RunConfig
from pipeline.counting import ROWS_AT_ONCE, counts_of
from pipeline.engine import without_noise
from pipeline.joining import COUNTED, final_aliases, leads_of, touched_by
from pipeline.merging import merged
from pipeline.runners import job_failures_named
from pipeline.store.ahead import StoreAhead, drop_superseded

if TYPE_CHECKING:
    from apache_beam.options.pipeline_options import PipelineOptions

    from pipeline.plan import Plan
    from transforms.files import Place, WrittenFile
    from transforms.stage import Staged

PART_ARTICLES = 20_000
"""Articles placed at once: some 12 KB of memory each."""

ONE_GO_BYTES = 24_000_000
"""Dumps up to this size are worked in one go: compressed, they hold some 20,000 articles of 3 KB."""


Work = tuple[list["WrittenFile"], dict[str, int]]
"""The files written, and how many records went where."""


def run_plan(plan: "Plan", options: "PipelineOptions", staging: "Place") -> Work:
    """Run the graph of a plan in one go, or where its dumps are large in parts, with files in `staging`.

    Raises:
        Exception: whatever a graph raises.
    """
    from pipeline.build import build

    return _in_parts(plan, options, staging) if _is_large(plan.config) else _run(plan, options, build)


def _is_large(config: RunConfig) -> bool:
    """Whether memory asks for parts; Flink keeps what it shuffles on disk."""
    from transforms.read import expand_inputs

    total = sum(size for _, size in expand_inputs(config.inputs))
    return config.flink_master is None and total > ONE_GO_BYTES


def _run(plan: "Plan", options: "PipelineOptions", build: Callable[..., Any]) -> Work:
    import apache_beam as beam

    from transforms.logic.workers import stop_workers
    from transforms.write import read_manifest

    root = beam.Pipeline(options=options)
    with without_noise(), job_failures_named(plan.config.flink_master):
        build(root, plan)
        try:
            _run_to_its_end(root)
        except RuntimeError as error:
            if isinstance(error.__context__, KeyboardInterrupt):  # of which Beam makes an error of its own
                raise KeyboardInterrupt from error
            raise
        finally:
            stop_workers()
    return read_manifest(plan.manifest)


def _run_to_its_end(root: Any) -> None:
    """Run a pipeline; when a person stops this process, so is the job, lest a cluster write for nobody."""
    job = root.run()
    try:
        job.wait_until_finish()
    except KeyboardInterrupt:
        job.cancel()
        raise


def _in_parts(plan: "Plan", options: "PipelineOptions", staging: "Place") -> Work:
    from pipeline.build import build_part, build_staging
    from transforms.metrics import LIVE, Tally
    from transforms.stage import STAGED, Staged

    read, counts = _run(replace(plan, part="-read"), options, partial(build_staging, folder=staging))
    staged = [Staged.at(staging / file.path) for file in read if file.table == STAGED]
    files, tallies = [file for file in read if file.table != STAGED], Counter(counts)
    for number, part in enumerate(cut(staged, PART_ARTICLES), 1):
        mine = replace(plan, store=StoreAhead.of(plan.store, files), part=f"-{number:04}", counts=False)
        written, counts = _run(mine, options, partial(build_part, staged=part))
        LIVE.add(Tally(placed=counts.get("kept", 0) + counts.get("duplicates", 0) + counts.get("replays", 0)))
        files = merged(plan.store, files + written, f"{mine.mark}-merged")
        tallies.update(counts)
    return _joined(plan, files + _counted(plan, options, files), tallies)


def _counted(plan: "Plan", options: "PipelineOptions", files: list["WrittenFile"]) -> list["WrittenFile"]:
    """The counts that change by what the parts wrote, some partitions at a time."""
    from pipeline.build import build_count

    store, written, rows = StoreAhead.of(plan.store, files), list["WrittenFile"](), Counter[str]()
    for file in [file for table in COUNTED for file in store.data_files(table)]:
        rows[file.partition or ""] += file.rows
    for number, what in enumerate(counts_of(touched_by(plan.store, store), rows, ROWS_AT_ONCE), 1):
        mine = replace(plan, store=store, part=f"-count-{number:04}")
        written += _run(mine, options, partial(build_count, what=what))[0]
    return written


def cut(staged: Iterable["Staged"], articles: int) -> Iterator[tuple[str, ...]]:
    """The paths of staged files in parts of about so many articles, in the order of their records.

    Files that overlap are in one part, since of the records of one article the first in that order stands.
    """
    part: list[str] = []
    held, reached = 0, ("", 0)
    for file in sorted(staged, key=lambda file: (file.first, file.last, file.path)):
        if part and held + file.articles > articles and file.first > reached:
            yield tuple(part)
            part, held = [], 0
        part.append(file.path)
        held += file.articles
        reached = max(reached, file.last)
    if part:
        yield tuple(part)


def _joined(plan: "Plan", files: list["WrittenFile"], tallies: Counter[str]) -> Work:
    """What the parts wrote, as one go would have written it."""
    store = StoreAhead.of(plan.store, files)
    placed = tallies["kept"] + tallies["duplicates"]
    tallies["kept"] = leads_of(plan.store, store, plan.run_id)
    tallies["duplicates"] = placed - tallies["kept"]
    others = [file for file in files if file.table != "aliases"]
    joined = [*others, *final_aliases(plan.store, store, plan.run_id)]
    drop_superseded(StoreAhead.of(plan.store, joined), files)
    return joined, dict(tallies)
