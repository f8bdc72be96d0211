"""The command that never ends by itself."""

from typing import Annotated

import typer

from pipeline.command import RunCommand
from pipeline.options import FlinkMaster, Format, Lexicon, Mapping, Store


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("stream", short_help="Read dumps as they arrive in a folder or a topic.", cls=RunCommand)(
        stream
    )


def stream(
    context: typer.Context,
    folder: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="The folder in which dump files arrive, or kafka://HOST:PORT/TOPIC.",
            show_default=False,
        ),
    ],
    store: Store,
    expansion_service: Annotated[
        str | None,
        typer.Option(
            "--expansion-service", metavar="HOST:PORT", help="Beam's in Java, which a topic is read by."
        ),
    ] = None,
    format_name: Format = None,
    mapping: Mapping = None,
    lexicons: Lexicon = None,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Keep the articles' texts in the store.")
    ] = False,
    dedup_window: Annotated[
        int,
        typer.Option("--dedup-window", metavar="DAYS", min=0, help="As in run."),
    ] = 60,
    every: Annotated[
        int, typer.Option("--every", metavar="SECONDS", min=1, help="Commit what has come at least so often.")
    ] = 30,
    at_once: Annotated[
        int,
        typer.Option("--at-once", metavar="N", min=1, help="Commit when so many articles of a day wait."),
    ] = 2000,
    settle: Annotated[
        float,
        typer.Option("--settle", metavar="SECONDS", min=0, help="A file unchanged for so long is whole."),
    ] = 5.0,
    delay: Annotated[
        float,
        typer.Option("--delay", metavar="DAYS", min=0, help="Articles usually arrive within so many days."),
    ] = 2.0,
    lateness: Annotated[
        int,
        typer.Option("--lateness", metavar="DAYS", min=0, help="Later than that, articles are rejected."),
    ] = 60,
    until_idle: Annotated[
        float | None,
        typer.Option(
            "--until-idle",
            metavar="SECONDS",
            min=0,
            help="End when all is done and nothing came for so long.",
        ),
    ] = None,
    runner: Annotated[
        str,
        typer.Option("--runner", metavar="NAME", help="prism (here), flink, or Beam's name of one."),
    ] = "prism",
    flink_master: FlinkMaster = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
) -> int:
    """Read what arrives in a folder or a topic and keep a store up to date, until it is interrupted.

    Started again, it goes on where the store is. Options after -- go to Beam.
    """
    from pipeline.streaming.config import StreamConfig

    config = StreamConfig.of(
        folder=folder,
        store=store,
        expansion_service=expansion_service,
        format=format_name,
        mapping=mapping,
        lexicons=lexicons or (),
        keep_text=keep_text,
        dedup_window=dedup_window,
        every=every,
        at_once=at_once,
        settle=settle,
        delay=delay,
        lateness=lateness,
        until_idle=until_idle,
        runner=runner,
        flink_master=flink_master,
        beam_options=context.obj["beam_options"],
    )
    from pipeline.commands.stream import stream_command

    return stream_command(config, quiet)
