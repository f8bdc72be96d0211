"""Checking rows against their own examples and counter-examples."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from schemas.lexicon import Name, RoleNoun
from transforms.logic.coding.lexicon.layers import read_layers
from transforms.logic.coding.lexicon.load import read_lexicon
from transforms.logic.coding.lexicon.names import EXACT_MARK
from transforms.logic.coding.lexicon.tsv import Problems, Row

_WORDS = re.compile(r"\w+")
_LONGEST = 9
"""No surface has more words than this."""

_SURFACE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "countries": ("name", "aliases", "adjectives", "people", "capital", "metonyms"),
    "actors": ("name", "aliases", "people"),
    "leaders": ("name", "aliases"),
}
"""The columns whose items are surfaces, for each table whose rows carry examples."""


@dataclass(frozen=True)
class Finder:
    """A plain search for names: leftmost, longest, on word boundaries. For checks; the coder has its own."""

    names: Mapping[str, Sequence[Name]]
    roles: Mapping[str, RoleNoun]

    def targets(self, text: str) -> set[str]:
        """The labels of the names and the lemmas of the role nouns that a text shows."""
        return {name.label for _, names in self._hits(text) for name in names} | {
            self.roles[hit].lemma for hit, _ in self._hits(text) if hit in self.roles
        }

    def _hits(self, text: str) -> Iterator[tuple[str, list[Name]]]:
        spans = [match.span() for match in _WORDS.finditer(text)]
        at = 0
        while at < len(spans):
            for words in range(min(_LONGEST, len(spans) - at), 0, -1):
                surface = text[spans[at][0] : spans[at + words - 1][1]]
                names = [n for n in self.names.get(surface.casefold(), ()) if shows(surface, n)]
                if names or surface.lower() in self.roles:
                    yield surface.lower(), names
                    break
            at += words


def shows(surface: str, name: Name) -> bool:
    """Whether a surface found in a text, equal but for case, is that name."""
    if name.case_sensitive:
        return surface == name.surface
    return surface[:1].isupper() or not name.surface[:1].isupper()


def check_examples(folders: Sequence[Traversable]) -> list[str]:
    """What is wrong with the examples of these folders' rows, one line each; empty when all is well.

    An example must hold a surface of its row between word boundaries; a counter-example must not show it.
    """
    problems = Problems()
    tables, _ = read_layers(folders, problems)
    lexicon = read_lexicon(folders)
    names: dict[str, list[Name]] = defaultdict(list)
    for name in lexicon.names:
        names[name.surface.casefold()].append(name)
    finder = Finder(names, lexicon.roles)
    return [
        f"{layered.row.file}:{layered.row.line}: {fault}"
        for stem in (*_SURFACE_COLUMNS, "roles")
        for layered in tables.get(stem, [])
        for fault in _faults(stem, layered.row, finder)
    ]


def _faults(stem: str, row: Row, finder: Finder) -> Iterator[str]:
    example, counter = row["example"], row["counter"]
    if example and not any(_holds(example, s, stem) for s in _surfaces(stem, row)):
        yield f"the example {example!r} has no surface of the row"
    label = row["lemma" if stem == "roles" else "name"]
    if counter and label in finder.targets(counter):
        yield f"the counter-example {counter!r} shows {label!r}"


def _surfaces(stem: str, row: Row) -> Iterable[str]:
    if stem == "roles":
        return [form.strip() for form in re.split("[;/]", row["forms"]) if form.strip()]
    return [s.removeprefix(EXACT_MARK) for column in _SURFACE_COLUMNS[stem] for s in row.items_of(column)]


def _holds(text: str, surface: str, stem: str) -> bool:
    flags = re.IGNORECASE if stem == "roles" else 0
    return re.search(rf"(?<!\w){re.escape(surface)}(?!\w)", text, flags) is not None
