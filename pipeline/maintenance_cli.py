"""The commands that keep a store in order."""

from typing import Annotated

import typer

from pipeline.command import Command
from pipeline.options import Lexicon, Store


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("forget", short_help="Remove articles and all that came of them.", cls=Command)(forget)
    app.command("recode", short_help="Code a store's articles again.", cls=Command)(recode)
    app.command("verify", short_help="Check every law on a store.", cls=Command)(verify)
    app.command("maintain", short_help="Compact a store and remove old files.", cls=Command)(maintain)


def maintain(
    store: Store,
    keep_days: Annotated[
        int,
        typer.Option("--keep-days", metavar="DAYS", min=0, help="Keep files of older versions so long."),
    ] = 7,
) -> int:
    """Put many small files of a store together, and remove those that no recent version needs.

    No row changes; readers go on. Run it weekly, or after many runs.
    """
    from pipeline.commands.maintain import maintain_command

    return maintain_command(store, keep_days)


def verify(store: Store, lexicons: Lexicon = None) -> int:
    """Check every law on a store and name each breach: its table, its row and what is wrong.

    Changes nothing. The exit code is 1 if there is any.
    """
    from pipeline.commands.verify import verify_command

    return verify_command(store, lexicons or [])


def forget(
    store: Store,
    articles: Annotated[
        list[str] | None,
        typer.Option("--article", metavar="ID", help="An article by its article_id; repeatable."),
    ] = None,
    outlets: Annotated[
        list[str] | None,
        typer.Option("--outlet", metavar="NAME", help="All articles of an outlet; repeatable."),
    ] = None,
    lexicons: Lexicon = None,
) -> int:
    """Remove articles, their events and what they add to the counts, in one commit.

    Older versions keep them until `maintain` has removed those.
    """
    from pipeline.commands.forget import forget_command

    return forget_command(store, articles or [], outlets or [], lexicons or [])


def recode(store: Store, lexicons: Lexicon = None) -> int:
    """Code every article of a store again, with the lexicon as it is now, and count all anew.

    Only for stores that were made with --keep-text. Older versions keep the older events.
    """
    from pipeline.commands.recode import recode_command

    return recode_command(store, lexicons or [])
