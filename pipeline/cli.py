"""The commands and their options. Each imports what it needs only when it runs, so that help is quick."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import maintenance_cli, stream_cli
from pipeline.choices import Breakdown, ExportFormat, QueryFormat
from pipeline.command import Command, RunCommand
from pipeline.lexicon_cli import lexicon_app
from pipeline.options import (
    DedupWindow,
    Dumps,
    FirstDay,
    FlinkMaster,
    Format,
    KeepText,
    LastDay,
    Lexicon,
    Mapping,
    Metrics,
    Runner,
    Source,
    Store,
    Workers,
)

app = typer.Typer(
    name="wiretally",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.add_typer(lexicon_app, name="lexicon", short_help="Check, list, grow or import the lexicon.")


def _tables() -> list[str]:
    """Names for shell completion."""
    from transforms.logic.tables import TABLES

    return list(TABLES)


def _features() -> list[str]:
    """Names for shell completion."""
    from transforms.logic.coding.ablation import Feature

    return [*Feature, "each"]


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"wiretally {version('wiretally')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,
) -> None:
    """From dumps of news articles to per-actor activity counts, each explained down to the sentence."""


@app.command("run", short_help="Read dumps and add their counts to a store.", cls=RunCommand)
def run(
    context: typer.Context,
    dump: Dumps,
    store: Store,
    format_name: Format = None,
    mapping: Mapping = None,
    first_day: FirstDay = None,
    last_day: LastDay = None,
    lexicons: Lexicon = None,
    keep_text: KeepText = False,
    dedup_window: DedupWindow = 60,
    runner: Runner = "direct",
    flink_master: FlinkMaster = None,
    workers: Workers = 1,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Only errors, no progress and no tables.")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Tell the run in lines of JSON on standard error.")
    ] = False,
    metrics: Metrics = None,
) -> int:
    """Read dumps, code and de-duplicate their articles, and add the counts to a store.

    Running the same dump again adds nothing. Options after -- go to Beam.
    """
    from pipeline.config import RunConfig

    config = RunConfig.of(
        inputs=dump,
        store=store,
        format=format_name,
        mapping=mapping,
        lexicons=lexicons or (),
        published_from=first_day,
        published_to=last_day,
        keep_text=keep_text,
        dedup_window=dedup_window,
        runner=runner,
        flink_master=flink_master,
        workers=workers,
        beam_options=context.obj["beam_options"],
    )
    from pipeline.commands.run import run_command

    return run_command(config, quiet, log_json, metrics)


@app.command("inspect", short_help="Say how dumps would be read.", cls=Command)
def inspect(dump: Dumps, format_name: Format = None, mapping: Mapping = None) -> int:
    """Say how dumps would be read: format, fields, sample articles, rejects and dates. Stores nothing."""
    from pipeline.commands.inspect import inspect_command

    return inspect_command(dump, format_name, mapping)


@app.command("code", short_help="Write coded events as JSON lines, without a store.", cls=Command)
def code(
    file: Source,
    format_name: Format = None,
    mapping: Mapping = None,
    lexicons: Lexicon = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the normalised text, which evidence offsets count in.")
    ] = False,
) -> int:
    """Write the coded events of each article as a line of JSON, without a store.

    Rejected records are named on stderr, one a line.
    """
    from pipeline.commands.code import code_command

    return code_command(file, format_name, mapping, lexicons or (), with_text)


@app.command("explain", short_help="Show articles with their events marked, and why.", cls=Command)
def explain(
    file: Source,
    format_name: Format = None,
    mapping: Mapping = None,
    lexicons: Lexicon = None,
    only: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Only the article of this id (its own or ours).")
    ] = None,
) -> int:
    """Show articles with their actors and triggers marked, and for each event why it was coded."""
    from pipeline.commands.explain import explain_command

    return explain_command(file, format_name, mapping, lexicons or (), only)


@app.command("status", short_help="Show a store's runs, tables and rejects.", cls=Command)
def status(store: Store) -> int:
    """Show a store's runs, tables and rejects."""
    from pipeline.commands.status import status_command

    return status_command(store)


@app.command("sql", short_help="Ask a store's tables in SQL.", cls=Command)
def sql(
    query: Annotated[
        str,
        typer.Argument(metavar="QUERY", help="A query in DuckDB's SQL, or - to read it from standard input."),
    ],
    store: Store,
    output: Annotated[
        QueryFormat, typer.Option("--format", help="How to show the rows.")
    ] = QueryFormat.TABLE,
) -> int:
    """Ask a store's tables in SQL. Every table is a view of the last committed run."""
    from pipeline.commands.sql import sql_command

    return sql_command(query, store, output)


@app.command("export", short_help="Write a table as CSV, Parquet or JSON lines.", cls=Command)
def export(
    table: Annotated[
        str, typer.Argument(metavar="TABLE", help="activity, dyads, events, ...", autocompletion=_tables)
    ],
    store: Store,
    output: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="What to write.  [default: by the file's name, else csv]"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; else standard output.")
    ] = None,
) -> int:
    """Write a table of a store as CSV, Parquet or JSON lines, in an order that never changes."""
    from pipeline.commands.export import export_command

    return export_command(table, store, output, file)


@app.command("evaluate", short_help="Score the coder against labelled texts.", cls=Command)
def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD", help="Files of labelled texts, JSON lines.", show_default=False),
    ],
    by: Annotated[
        list[Breakdown] | None,
        typer.Option(
            "--by",
            metavar="PART",
            help="Scores by type, role, side, modality, rule or cause, too; repeatable.",
        ),
    ] = None,
    errors: Annotated[
        int,
        typer.Option("--errors", metavar="N", min=0, help="Show so many misses and so many false alarms."),
    ] = 0,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="FEATURE",
            help="Leave a feature of the coder out; repeatable; each leaves out one after the other.",
            autocompletion=_features,
        ),
    ] = None,
    lexicons: Lexicon = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as one object of JSON.")] = False,
) -> int:
    """Score the coder against labelled texts: precision, recall and F1 of who did what.

    Errors of a file whose name says blind are not shown.
    """
    from pipeline.commands.evaluate import EvaluateOptions, evaluate_command

    options = EvaluateOptions(gold, tuple(by or ()), errors, tuple(without or ()), tuple(lexicons or ()))
    return evaluate_command(options, as_json)


stream_cli.add_to(app)
maintenance_cli.add_to(app)

sync = typer.Typer(help="Keep a database equal to a store.", no_args_is_help=True)
app.add_typer(sync, name="sync", short_help="Keep a database equal to a store.")


@sync.command("postgres", short_help="Send what changed to PostgreSQL.", cls=Command)
def sync_postgres(
    dsn: Annotated[
        str,
        typer.Argument(
            metavar="DSN",
            envvar="WIRETALLY_DSN",
            help="Where PostgreSQL is: postgresql://user@host/database.",
            show_default=False,
        ),
    ],
    store: Store,
    schema: Annotated[
        str, typer.Option("--schema", metavar="NAME", help="The schema that holds the tables.")
    ] = "wiretally",
) -> int:
    """Make a PostgreSQL schema hold what the store holds, in one transaction; sends only what changed."""
    from pipeline.commands.sync import sync_postgres_command

    return sync_postgres_command(dsn, store, schema)


@app.command("report", short_help="Write what a store says as one HTML file.", cls=Command)
def report(
    store: Store,
    file: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write the page.", show_default=False),
    ],
    first_day: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="First day of the period, YYYY-MM-DD.")
    ] = None,
    last_day: Annotated[
        str | None,
        typer.Option("--to", metavar="DAY", help="Last day of the period.  [default: the newest article's]"),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", metavar="N", help="Length of the period where --from is not given.")
    ] = 90,
    lexicons: Lexicon = None,
) -> int:
    """Write what a store says of a period as one HTML file, which needs no network and no server."""
    from pipeline.commands.report import report_command

    return report_command(store, file, first_day, last_day, days, lexicons or [])
