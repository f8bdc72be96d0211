"""`wiretally run`: from dumps to a store, and what a person sees of it."""

import shlex
import shutil
import sys
from pathlib import Path
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from pipeline.config import RunConfig
from pipeline.errors import exit_code, remark
from pipeline.progress import live_progress
from pipeline.prometheus import write_failure, write_success
from pipeline.reckoning import Reckoning, RunReport
from pipeline.run import run_dump
from pipeline.runlog import RunLog
from pipeline.store import Store
from pipeline.summary import TopRow, top_actors
from pipeline.terminal import counted, day, facts, sheet, table
from schemas import ConfigError
from transforms.logic.coding import load_lexicon

_OTHER_COLUMNS = 66
"""Columns of a terminal that the table needs beside the actor."""

_TOO_FEW = 1_000
"""Records below which a run is mostly starting and committing, and its speed says nothing."""

_HEADINGS = ("actor", "event", "role", "stories", "articles", "outlets", "first seen", "last seen")


def run_command(config: RunConfig, quiet: bool, log_json: bool = False, metrics: Path | None = None) -> int:
    """Run, then show the counts and the reckoning; see `docs/cli.md`.

    With `log_json`, stderr is lines of JSON and stdout stays empty.

    Raises:
        ConfigError: the folder of the metrics file is not there.
    """
    if metrics is not None and not metrics.absolute().parent.is_dir():
        raise ConfigError(f"there is no folder {metrics.absolute().parent} to write {metrics.name} in")
    try:
        report = _logged_run(config) if log_json else _watched_run(config, quiet)
    except Exception as error:
        if metrics is not None:
            write_failure(metrics, exit_code(error, _unsaid))
        if not log_json:
            raise
        return exit_code(error, RunLog().failed)
    if metrics is not None:
        write_success(metrics, report)
    return 0


def _unsaid(message: str) -> None:
    """The message is told elsewhere."""


def _logged_run(config: RunConfig) -> RunReport:
    log = RunLog()
    log.started(config.inputs, config.store)
    report = run_dump(config, log)
    log.finished(report)
    return report


def _watched_run(config: RunConfig, quiet: bool) -> RunReport:
    with live_progress(quiet) as progress:
        report = run_dump(config, progress)
    for warning in report.warnings:
        remark(f"warning: {warning}")
    if not quiet:
        _show(sheet(), config, report)
    return report


def _show(page: Console, config: RunConfig, report: RunReport) -> None:
    store = Store.open(config.store)
    with store.connect() as connection:
        rows = top_actors(connection, load_lexicon(*config.lexicons))
    if rows:
        page.print("Reported as having happened, over everything in the store, most stories first\n")
        page.print(
            table(
                _HEADINGS,
                [_top_row(row, page.width) for row in rows],
                ("stories", "articles", "outlets"),
                ("actor",),
            )
        )
    else:
        page.print("The store holds no event that is reported as having happened.")
    page.print()
    page.print(
        facts([*reckoning_facts(report.reckoning), *run_facts(report), *_next_steps(config.store)], indent=0)
    )


def _top_row(row: TopRow, width: int) -> tuple[object, ...]:
    actor = folded(row.actor_id, width - _OTHER_COLUMNS)
    counts = row.stories, row.articles, row.outlets
    return actor, row.event_type, row.role, *counts, day(row.first_seen), day(row.last_seen)


def folded(name: str, width: int) -> Text:
    """An actor's id; over several lines, broken at colons and hyphens, when its column is too narrow."""
    parts = name.replace(":", ":\n").split("\n") if len(name) > width else [name]
    return Text("\n".join(line for part in parts for line in wrap(part, max(width, 10))))


def reckoning_facts(sums: Reckoning) -> list[tuple[str, object]]:
    """The sum that accounts for every record, and the rejects by reason, most frequent first."""
    parts = [f"{sums.kept:,} kept", counted(sums.duplicates, "duplicate"), counted(sums.replays, "replay")]
    parts.append(counted(sums.rejects, "reject"))
    if sums.outside:
        parts.append(f"{sums.outside:,} outside the chosen days")
    rows: list[tuple[str, object]] = [("read", f"{sums.read:,} = {' + '.join(parts)}")]
    reasons = sorted(sums.rejects_by_reason.items(), key=lambda item: (-item[1], item[0]))
    if reasons:
        rows.append(("rejects", ", ".join(f"{count:,} {reason}" for reason, count in reasons)))
    return rows


def run_facts(report: RunReport) -> list[tuple[str, object]]:
    """What a run made, how long it took, and where it is."""
    seconds = (report.finished - report.started).total_seconds()
    took = [f"{seconds:,.1f} s"]
    if report.reckoning.read >= _TOO_FEW:
        took.append(f"{report.articles_per_second:,.0f} articles/s")
    took.append(f"{report.peak_memory_mb:,.0f} MB at most")
    return [
        ("events", report.events),
        ("took", ", ".join(took)),
        ("store", f"{report.store} (run {report.run_id})"),
    ]


def _next_steps(store: str) -> list[tuple[str, object]]:
    name, wiretally = shlex.quote(store), program()
    return [
        ("next", f"{wiretally} status --store {name}"),
        ("", f"{wiretally} export activity --store {name} -o activity.csv"),
        ("", f'{wiretally} sql "from events limit 5" --store {name}'),
    ]


def program() -> str:
    """How a person calls this program: by its name where the shell finds that, else as it was called."""
    called = Path(sys.argv[0])
    if shutil.which("wiretally"):
        return "wiretally"
    return shlex.quote(str(called)) if called.name == "wiretally" else "python -m pipeline"
