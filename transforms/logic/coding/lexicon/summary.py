"""How much a lexicon holds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import NamedTuple

from schemas.lexicon import Lexicon, NameKind
from transforms.logic.coding.lexicon.layers import read_layers
from transforms.logic.coding.lexicon.tsv import Problems, Row

_TABLE_OF: Mapping[NameKind, str] = {
    NameKind.COUNTRY: "countries",
    NameKind.ADJECTIVE: "countries",
    NameKind.PEOPLE: "countries",
    NameKind.CAPITAL: "countries",
    NameKind.METONYM: "countries",
    NameKind.ACTOR: "actors",
    NameKind.MEMBER: "actors",
    NameKind.LEADER: "leaders",
    NameKind.PLACE: "places",
}
_WORD_COLUMNS = ("lemmas", "phrases", "words", "verbs", "nouns", "adjectives", "form", "word")
"""The columns of tables without names whose items are words of the language."""


class TableSummary(NamedTuple):
    """A table: its rows in force, the surfaces that they make, and their examples and counter-examples."""

    table: str
    rows: int
    surfaces: int
    examples: int
    counters: int


def summarise(folders: Sequence[Traversable], lexicon: Lexicon) -> list[TableSummary]:
    """The tables of a lexicon, which was read from these folders, sorted by name.

    Surfaces are the distinct names that a table makes, the forms of its role nouns, or its words.
    """
    tables, _ = read_layers(folders, Problems())
    names = Counter(table for table, _ in {(_TABLE_OF[n.kind], n.surface) for n in lexicon.names})
    names["roles"] = len(lexicon.roles)
    return [
        TableSummary(
            table,
            len(rows),
            names[table] or len({word for r in rows for word in _words(r.row)}),
            sum(bool(r.row.cells.get("example")) for r in rows),
            sum(bool(r.row.cells.get("counter")) for r in rows),
        )
        for table, rows in sorted(tables.items())
    ]


def _words(row: Row) -> set[str]:
    return {word for column in _WORD_COLUMNS if column in row.cells for word in row.items_of(column)}
