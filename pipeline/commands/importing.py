"""`wiretally lexicon import`: dictionaries of others as tables of ours."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.choices import ImportFormat
from pipeline.terminal import counted, facts, sheet
from schemas import ConfigError, InputError
from schemas.lexicon import Lexicon
from transforms.logic.coding import load_lexicon
from transforms.logic.coding.lexicon.phoenix import ActorEntry, AgentEntry, Faults, read_actors, read_agents
from transforms.logic.coding.lexicon.phoenix_tables import HEADERS, Imported, Unmapped, to_tables

UNMAPPED = "unmapped.txt"
"""The list, in the folder, of what is in no table."""

_SHOWN = 20
"""Malformed lines that are shown."""


def import_command(source: ImportFormat, files: Sequence[Path], output: Path, skip_malformed: bool) -> int:
    """Write the folder; see `docs/cli.md`.

    Raises:
        InputError: a file cannot be read or, unless skipped, a line of it is malformed.
        ConfigError: the folder is there, or a file is neither .actors nor .agents by its name.
    """
    assert source is ImportFormat.PHOENIX
    if output.exists():
        raise ConfigError(f"{output} is there already; name a new folder")
    actors: list[tuple[str, list[ActorEntry]]] = []
    agents: list[tuple[str, list[AgentEntry]]] = []
    faults: list[str] = []
    for path in files:
        found = Faults(path.name)
        if _kind(path) == ".actors":
            actors.append((path.name, read_actors(_read(path), found)))
        else:
            agents.append((path.name, read_agents(_read(path), found)))
        faults += found
    if faults and not skip_malformed:
        raise InputError(_complaint(faults))
    imported = to_tables(actors, agents, load_lexicon())
    lexicon = write_folder(imported, faults, output)
    _show(imported, faults, output, lexicon)
    return 0


def _kind(path: Path) -> str:
    found = [kind for kind in (".actors", ".agents") if kind in path.name.lower()]
    if len(found) != 1:
        raise ConfigError(f"{path}: the name says neither .actors nor .agents")
    return found[0]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def _complaint(faults: Sequence[str]) -> str:
    more = len(faults) - _SHOWN
    shown = [*faults[:_SHOWN], *([f"and {more} more"] if more > 0 else [])]
    lines = "\n".join(f"  {fault}" for fault in shown)
    return f"{counted(len(faults), 'malformed line')}; --skip-malformed leaves them out:\n{lines}"


def write_folder(imported: Imported, faults: Sequence[str], output: Path) -> Lexicon:
    """Write the tables and the list of the rest as a whole, once they load over ours; that lexicon."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}.", dir=output.parent) as folder:
        draft = Path(folder) / output.name
        draft.mkdir()
        for table, rows in imported.tables.items():
            if rows:
                lines = ["\t".join(cells) for cells in (HEADERS[table], *rows)]
                (draft / f"{table}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        rest = [*faults, *map(_line, imported.unmapped)]
        (draft / UNMAPPED).write_text("".join(f"{line}\n" for line in rest), encoding="utf-8")
        if not any(imported.tables.values()):
            raise InputError(f"nothing in these files has a place in our tables:\n{_few(rest)}")
        lexicon = load_lexicon(draft)
        draft.rename(output)
    return lexicon


def _line(unmapped: Unmapped) -> str:
    return f"{unmapped.file}:{unmapped.line}: {unmapped.what}: {unmapped.why}"


def _few(lines: Sequence[str]) -> str:
    return "\n".join(f"  {line}" for line in lines[:_SHOWN])


def _show(imported: Imported, faults: Sequence[str], output: Path, lexicon: Lexicon) -> None:
    rows: list[tuple[str, object]] = [
        (f"{table}.tsv", counted(len(found), "row")) for table, found in imported.tables.items() if found
    ]
    rest = len(imported.unmapped) + len(faults)
    rows.append((UNMAPPED, f"{counted(rest, 'line')}: what has no place in our tables, and why"))
    console = sheet()
    console.print(f"{output}")
    console.print(facts(rows))
    console.print(f"use it with --lexicon {output}; the version is then {lexicon.version}")
