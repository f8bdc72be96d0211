"""From the name of a rule to the rows of the lexicon that stand behind it."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

from schemas.lexicon import FILE_KEY, ROW_KEY, Lexicon

_SOURCES = {"verb": ("verbs", "lemmas"), "noun": ("nouns", "phrases")}
"""The table and the column of words for each kind of rule that comes from a table."""


class RuleRow(NamedTuple):
    """Where a row is, as `verbs.tsv:12`, and a sentence that it is meant for."""

    place: str
    example: str


def rule_rows(rule: str, lexicon: Lexicon) -> list[RuleRow]:
    """The rows behind a rule such as `verb:lay+siege to`, `noun:offensive`; none for a rule that is code."""
    kind, _, name = rule.partition(":")
    if kind not in _SOURCES:
        return []
    stem, column = _SOURCES[kind]
    word, _, particle = name.partition("+")
    rows = [row for row in lexicon.tables.get(stem, ()) if word in _items(row, column)]
    if kind == "verb":
        rows = [row for row in rows if particle in (_items(row, "particle") or [""])]
    return [_rule_row(row) for row in rows]


def _items(row: Mapping[str, str], column: str) -> list[str]:
    return [item.strip() for item in row.get(column, "").split(";") if item.strip()]


def _rule_row(row: Mapping[str, str]) -> RuleRow:
    return RuleRow(f"{PurePath(row[FILE_KEY]).name}:{row[ROW_KEY]}", row.get("example", ""))
