"""`wiretally forget`: take articles out of a store."""

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text

from pipeline.engine import import_beam
from pipeline.run import new_run_id
from pipeline.terminal import counted, facts, sheet
from transforms.logic.coding import load_lexicon


def forget_command(
    uri: str, articles: Sequence[str], outlets: Sequence[str], lexicons: Sequence[Path]
) -> int:
    """Remove the articles, then say how many there were; see `docs/cli.md`."""
    import_beam()
    from pipeline.forgetting import Wanted, forget

    run_id = new_run_id(datetime.now(UTC))
    count = forget(uri, run_id, Wanted(tuple(articles), tuple(outlets)), load_lexicon(*lexicons))
    rows: list[tuple[str, object]] = [
        ("forgot", counted(count, "article")),
        ("store", f"{uri} (run {run_id})"),
    ]
    console = sheet()
    console.print(facts(rows, indent=0))
    clearing = Text.assemble(
        ("files   ", "dim"), f"older ones still hold them; to clear those: {_clearing(uri)}"
    )
    console.print(clearing, soft_wrap=True)  # a command that is folded cannot be copied
    return 0


def _clearing(uri: str) -> str:
    return f"wiretally maintain --keep-days 0 --store {shlex.quote(uri)}"
