"""Loading the lexicon: the one that ships, and folders laid over it."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from schemas.lexicon import FILE_KEY, ROW_KEY, Actor, Lexicon
from transforms.logic.coding.lexicon.actors import lineages, read_actors
from transforms.logic.coding.lexicon.layers import SHAPES, LayeredRow, Tables, read_layers
from transforms.logic.coding.lexicon.names import (
    NamedRow,
    actor_names,
    country_names,
    leader_names,
    place_names,
    settle,
)
from transforms.logic.coding.lexicon.roles import read_roles
from transforms.logic.coding.lexicon.tsv import Problems, Row


def packaged() -> Traversable:
    """The folder of the lexicon that ships."""
    return files("seeds") / "lexicon"


def load_lexicon(*folders: Path | None) -> Lexicon:
    """The lexicon that ships, with further folders laid over it in order; None is no folder.

    A folder holds any subset of the tables. Its rows replace rows of the same key and otherwise add, and its
    surfaces take over those of lower layers.

    Raises:
        ConfigError: a folder is not there, or tables are wrong; names every file and line at fault.
    """
    return read_lexicon([packaged(), *(folder for folder in folders if folder is not None)])


def read_lexicon(folders: Sequence[Traversable]) -> Lexicon:
    """The lexicon of these folders alone, later over earlier; see `load_lexicon`."""
    problems = Problems()
    tables, version = read_layers(folders, problems)
    countries = {row.row["code"]: row.row["name"] for row in tables.get("countries", [])}
    rows = tables.get("actors", [])
    actors = read_actors(countries, rows, problems)
    lexicon = Lexicon(
        version=version,
        names=settle(_all_names(tables, countries, actors, problems), problems),
        actors=actors,
        lineage=lineages(actors, rows, problems),
        roles=read_roles(tables.get("roles", []), problems),
        tables={stem: _raw(table) for stem, table in sorted(tables.items()) if stem not in SHAPES},
    )
    problems.check()
    return lexicon


def _all_names(
    tables: Tables, countries: Mapping[str, str], actors: Mapping[str, Actor], problems: Problems
) -> Iterator[NamedRow]:
    yield from country_names(tables.get("countries", []))
    yield from actor_names(tables.get("actors", []), actors, problems)
    yield from leader_names(tables.get("leaders", []), actors, problems)
    yield from place_names(tables.get("places", []), countries, problems)


def _raw(table: list[LayeredRow]) -> tuple[Mapping[str, str], ...]:
    return tuple(_cells(layered.row) for layered in table)


def _cells(row: Row) -> dict[str, str]:
    return {**row.cells, FILE_KEY: row.file, ROW_KEY: str(row.line)}
