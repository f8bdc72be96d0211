"""Folders of tables laid over one another."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import groupby
from typing import NamedTuple

from schemas.reject import ConfigError
from transforms.logic.coding.lexicon.tsv import Problems, Row, read_rows


@dataclass(frozen=True)
class Shape:
    """The columns of a known table: those it must have, those it may have, and those that identify a row."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    key: tuple[str, ...]


SHAPES: Mapping[str, Shape] = {
    "countries": Shape(
        ("code", "name"),
        ("aliases", "adjectives", "people", "capital", "metonyms", "example", "counter"),
        ("code",),
    ),
    "actors": Shape(
        ("actor_id", "who", "side", "kind", "name"),
        ("aliases", "people", "from", "to", "parents", "source", "example", "counter"),
        ("actor_id",),
    ),
    "leaders": Shape(
        ("name", "who", "side"),
        ("aliases", "office", "from", "to", "example", "counter"),
        ("name", "office", "from"),
    ),
    "places": Shape(("name", "country", "kind"), ("aliases",), ("name", "country")),
    "roles": Shape(("lemma", "forms", "side", "class", "resolves"), ("example", "counter"), ("lemma",)),
}

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "contexts": ("word", "country", "actor_id"),
    "episodes": ("episode", "agents", "country", "type", "words", "from", "to"),
    "govern": ("modality", "verbs", "nouns", "adjectives"),
    "homes": ("who", "country"),
    "light": ("subject", "verbs"),
    "nouns": ("phrases", "type", "subtype", "frame", "needs", "block"),
    "verb_forms": ("form", "lemma", "tags", "also"),
    "verbs": ("lemmas", "particle", "type", "subtype", "frame", "object", "block"),
    "words": ("class", "words"),
}
"""The columns that each table of words must have; it may have others."""

NAME = "name"
"""The column of names, which may not be blank."""


class LayeredRow(NamedTuple):
    """A row that is in force, and how high its layer lies."""

    row: Row
    layer: int


Tables = dict[str, list[LayeredRow]]


def read_layers(folders: Sequence[Traversable], problems: Problems) -> tuple[Tables, str]:
    """The rows in force of all tables by stem, and the version: a hash over every file read.

    Any subset of the tables may be in a folder. Rows of a later folder replace earlier rows of the same key
    (for tables not in `SHAPES`: all earlier rows with the same first cell) and otherwise add.
    """
    tables: Tables = {}
    digest = hashlib.blake2b(digest_size=6)
    for layer, folder in enumerate(folders):
        for file in _table_files(folder):
            data = file.read_bytes()
            digest.update(f"{file.name}\0{len(data)}\0".encode() + data)
            _add_table(tables, layer, str(file), file.name.removesuffix(".tsv"), data, problems)
    return tables, digest.hexdigest()


def _table_files(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        raise ConfigError(f"the lexicon folder {folder} is not there")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)
    if not files:
        raise ConfigError(f"the lexicon folder {folder} has no .tsv file")
    return files


def _add_table(tables: Tables, layer: int, file: str, stem: str, data: bytes, problems: Problems) -> None:
    header, rows = read_rows(file, data, problems)
    shape = SHAPES.get(stem)
    if shape:
        if not _has_shape(file, header, shape, problems):
            return
        blanks = dict.fromkeys(shape.optional, "")
        rows = [Row(row.file, row.line, {**blanks, **row.cells}) for row in rows]
        _check_unique(rows, shape, problems)
        _check_named(rows, problems)
    elif missing := [column for column in COLUMNS.get(stem, ()) if column not in header]:
        problems.add_file(file, f"lacks the {_columns(missing)}")
        return
    key = shape.key if shape else tuple(header[:1])
    replaced = {_key(row, key) for row in rows}
    kept = [r for r in tables.get(stem, []) if _key(r.row, key) not in replaced]
    tables[stem] = kept + [LayeredRow(row, layer) for row in rows]


def _has_shape(file: str, header: list[str], shape: Shape, problems: Problems) -> bool:
    missing = [column for column in shape.required if column not in header]
    unknown = [column for column in header if column not in (*shape.required, *shape.optional)]
    if missing:
        problems.add_file(file, f"lacks the {_columns(missing)}")
    if unknown:
        problems.add_file(file, f"has the unknown {_columns(unknown)}")
    return not missing and not unknown


def _columns(names: list[str]) -> str:
    return f"{'column' if len(names) == 1 else 'columns'} {', '.join(names)}"


def _check_unique(rows: list[Row], shape: Shape, problems: Problems) -> None:
    ordered = sorted(rows, key=lambda row: (_key(row, shape.key), row.line))
    for key, group in groupby(ordered, key=lambda row: _key(row, shape.key)):
        first, *others = group
        for row in others:
            problems.add(row, f"{' / '.join(k for k in key if k)!r} is already in line {first.line}")


def _check_named(rows: list[Row], problems: Problems) -> None:
    for row in rows:
        if not row.cells.get(NAME, NAME):
            problems.add(row, "the name is blank")


def _key(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.cells.get(column, "") for column in columns)
