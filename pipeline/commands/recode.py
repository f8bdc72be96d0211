"""`wiretally recode`: code the articles of a store again."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipeline.recoding import recode
from pipeline.run import new_run_id
from pipeline.terminal import counted, facts, sheet
from transforms.logic.coding import load_lexicon


def recode_command(uri: str, lexicons: Sequence[Path]) -> int:
    """Code and count all anew, then say what there is now; see `docs/cli.md`."""
    lexicon, run_id = load_lexicon(*lexicons), new_run_id(datetime.now(UTC))
    articles, events = recode(uri, run_id, lexicon)
    rows: list[tuple[str, object]] = [
        ("coded", f"{counted(articles, 'article')} with lexicon {lexicon.version}"),
        ("events", events),
        ("store", f"{uri} (run {run_id})"),
    ]
    sheet().print(facts(rows, indent=0))
    return 0
