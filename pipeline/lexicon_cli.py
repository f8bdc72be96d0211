"""The commands under `lexicon`."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.choices import ImportFormat
from pipeline.command import Command
from pipeline.options import Dumps, Format, Lexicon, Mapping

lexicon_app = typer.Typer(rich_markup_mode=None, help="Check, list, grow or import the lexicon.")


@lexicon_app.command("check", short_help="Run every row's example and counter-example.", cls=Command)
def check(lexicons: Lexicon = None) -> int:
    """Load the lexicon and run every example and counter-example of its tables through the coder.

    What is wrong is named by file and row, and the exit code is then 2.
    """
    from pipeline.commands.lexicon import check_command

    return check_command(lexicons or ())


@lexicon_app.command("stats", short_help="Count the lexicon's rows and names.", cls=Command)
def stats(lexicons: Lexicon = None) -> int:
    """Show the rows and names of each table, and the version that counts are stamped with."""
    from pipeline.commands.lexicon import stats_command

    return stats_command(lexicons or ())


@lexicon_app.command("unknown", short_help="Rank the names that the lexicon does not have.", cls=Command)
def unknown(
    dump: Dumps,
    format_name: Format = None,
    mapping: Mapping = None,
    lexicons: Lexicon = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="How many to show.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Write them as JSON lines.")] = False,
) -> int:
    """Rank the capitalised names that do something in an event and that no actor of the lexicon matches."""
    from pipeline.commands.unknown import unknown_command

    return unknown_command(dump, format_name, mapping, lexicons or (), top, as_json)


@lexicon_app.command("import", short_help="Make lexicon tables of other dictionaries.", cls=Command)
def import_(
    source: Annotated[ImportFormat, typer.Argument(metavar="FORMAT", help="phoenix", show_default=False)],
    file: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Dictionaries: .actors and .agents.", show_default=False),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write.", show_default=False)
    ],
    skip_malformed: Annotated[
        bool, typer.Option("--skip-malformed", help="List malformed lines too instead of refusing the file.")
    ] = False,
) -> int:
    """Make a folder of lexicon tables of the dictionaries of Phoenix, TABARI and PETRARCH, for --lexicon.

    What has no place in our tables is listed in a file beside them.
    """
    from pipeline.commands.importing import import_command

    return import_command(source, file, output, skip_malformed)
