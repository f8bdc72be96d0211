"""Role nouns by their forms."""

from collections.abc import Iterable, Iterator

from schemas.event import Side
from schemas.lexicon import Resolves, RoleClass, RoleNoun
from transforms.logic.coding.lexicon.fields import member_of
from transforms.logic.coding.lexicon.layers import LayeredRow
from transforms.logic.coding.lexicon.tsv import Problems, Row


def read_roles(rows: Iterable[LayeredRow], problems: Problems) -> dict[str, RoleNoun]:
    """Role nouns by lower-case form, sorted. The cell `forms` is `singular;singular/plural;plural`."""
    found: dict[str, tuple[RoleNoun, LayeredRow]] = {}
    for layered in rows:
        for form, noun in _forms(layered.row, problems):
            other = found.get(form)
            if other and other[1].layer == layered.layer:
                problems.add(layered.row, f"{form!r} is already in {other[1].row.file}:{other[1].row.line}")
            if not other or other[1].layer <= layered.layer:
                found[form] = noun, layered
    return {form: found[form][0] for form in sorted(found)}


def _forms(row: Row, problems: Problems) -> Iterator[tuple[str, RoleNoun]]:
    side = member_of(row, "side", Side, problems)
    cls = member_of(row, "class", RoleClass, problems)
    resolves = member_of(row, "resolves", Resolves, problems)
    parts = row["forms"].split("/")
    if len(parts) != 2 or not row["forms"].strip(" /;"):
        problems.add(
            row, "forms must be singulars, a slash and plurals (soldier/soldiers; /troops; army/armies)"
        )
        return
    if side and cls and resolves:
        for part, plural in zip(parts, (False, True), strict=True):
            for form in part.split(";"):
                if form.strip():
                    yield form.strip().lower(), RoleNoun(row["lemma"], side, cls, plural, resolves)
