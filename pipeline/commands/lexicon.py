"""`wiretally lexicon check` and `lexicon stats`."""

from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.commands.coder import load_coder
from pipeline.terminal import counted, facts, page, sheet, table
from schemas import ConfigError
from schemas.lexicon import Lexicon
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.coding.lexicon import check_examples
from transforms.logic.coding.lexicon.load import packaged
from transforms.logic.coding.lexicon.summary import TableSummary, summarise
from transforms.logic.evaluating.examples import EXAMPLE, check_triggers

_COLUMNS = ("table", "rows", "surfaces", "examples", "counter-examples")


def check_command(lexicons: Sequence[Path]) -> int:
    """Check the lexicon with its layers; see `docs/cli.md`.

    Raises:
        ConfigError: a table cannot be read, or an example or counter-example does not do what it should.
    """
    coder, lexicon = load_coder(lexicons)
    folders = _folders(lexicons)
    faults = [*check_examples(folders), *_trigger_faults(lexicon, coder)]
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults)
        raise ConfigError(f"the lexicon has {counted(len(faults), 'wrong example')}:\n{shown}")
    tables = summarise(folders, lexicon)
    examples = counted(sum(t.examples for t in tables), "example")
    counters = counted(sum(t.counters for t in tables), "counter-example")
    page().print(f"{counted(len(tables), 'table')}, {examples} and {counters}: all is well")
    return 0


def stats_command(lexicons: Sequence[Path]) -> int:
    """Count the lexicon; see `docs/cli.md`."""
    lexicon = load_lexicon(*lexicons)
    tables = summarise(_folders(lexicons), lexicon)
    console = sheet()
    console.print(facts([("version", lexicon.version), ("actors", len(lexicon.actors))], indent=0))
    console.print()
    console.print(table(_COLUMNS, [*tables, _total(tables)], _COLUMNS[1:]))
    return 0


def _folders(lexicons: Sequence[Path]) -> list[Traversable]:
    return [packaged(), *lexicons]


def _trigger_faults(lexicon: Lexicon, coder: Coder) -> Iterator[str]:
    for check in check_triggers(lexicon, coder):
        if check.fault:
            kind = "example" if check.column == EXAMPLE else "counter-example"
            yield f"{check.place}: the {kind} {check.sentence!r} {check.fault}"


def _total(tables: Sequence[TableSummary]) -> tuple[object, ...]:
    return ("all", *(sum(column) for column in list(zip(*tables, strict=True))[1:]))
