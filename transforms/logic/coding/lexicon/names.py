"""Names: every surface form of every country, actor, leader and place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from schemas.event import Side
from schemas.lexicon import UNKNOWN_WHO, Actor, Name, NameKind
from transforms.logic.coding.lexicon.fields import (
    ALWAYS,
    Term,
    is_case_sensitive,
    member_of,
    overlap,
    plain,
    term_of,
)
from transforms.logic.coding.lexicon.layers import LayeredRow
from transforms.logic.coding.lexicon.tsv import Problems, Row

EXACT_MARK = "="
"""Before a surface: matches only as written (`=CARE`)."""

PLACE_KINDS = ("city", "region", "province", "camp", "base", "site", "sea", "border", "name")
_OF_COUNTRY = {NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.CAPITAL, NameKind.PLACE}


class Owner(NamedTuple):
    """Whom the surfaces of one cell name."""

    kind: NameKind
    target: str
    who: str
    side: Side | None
    label: str
    detail: str
    term: Term = ALWAYS

    def name(self, surface: str) -> Name:
        """The name that a surface, perhaps marked as exact, makes."""
        exact = surface.startswith(EXACT_MARK)
        surface = surface.removeprefix(EXACT_MARK)
        return Name(
            surface,
            self.kind,
            self.target,
            self.who,
            self.side,
            exact or is_case_sensitive(surface),
            self.term.start,
            self.term.end,
            self.label,
            self.detail,
        )


class NamedRow(NamedTuple):
    """A name with the row that it came from."""

    name: Name
    row: Row
    layer: int


def country_names(rows: Iterable[LayeredRow]) -> Iterator[NamedRow]:
    """Names of countries, their adjectives, people, capitals and governments."""
    for layered in rows:
        row = layered.row
        code, label = row["code"], row["name"]
        state = Owner(NameKind.COUNTRY, code, code, Side.STATE, label, "")
        yield from _named(layered, state, [label, *row.items_of("aliases")])
        adjective = Owner(NameKind.ADJECTIVE, code, code, None, label, "")
        yield from _named(layered, adjective, row.items_of("adjectives"))
        people = Owner(NameKind.PEOPLE, code, code, Side.CIVIL, label, "")
        yield from _named(layered, people, row.items_of("people"))
        capital = Owner(NameKind.CAPITAL, code, code, Side.STATE, label, "")
        yield from _named(layered, capital, row.items_of("capital"))
        metonym = Owner(NameKind.METONYM, f"{code}:state", code, Side.STATE, label, "")
        yield from _named(layered, metonym, row.items_of("metonyms"))


def actor_names(
    rows: Iterable[LayeredRow], actors: Mapping[str, Actor], problems: Problems
) -> Iterator[NamedRow]:
    """Names of actors and of their members."""
    for layered in rows:
        row = layered.row
        actor = actors.get(row["actor_id"])
        if actor is None:
            continue
        term = term_of(row, problems)
        about = (actor.actor_id, actor.who, actor.side, actor.name, actor.kind, term)
        yield from _named(layered, Owner(NameKind.ACTOR, *about), [actor.name, *row.items_of("aliases")])
        yield from _named(layered, Owner(NameKind.MEMBER, *about), row.items_of("people"))


def leader_names(
    rows: Iterable[LayeredRow], actors: Mapping[str, Actor], problems: Problems
) -> Iterator[NamedRow]:
    """Names of leaders. They stand for `WHO:side`, or for an actor when `who` is an actor's id."""
    for layered in rows:
        row = layered.row
        side = member_of(row, "side", Side, problems)
        actor = actors.get(row["who"]) or actors.get(f"{row['who']}:{side}")
        if actor is None or actor.side != side:
            problems.add(row, f"{row['who']}:{row['side']} is not an actor")
            continue
        about = (actor.actor_id, actor.who, side, row["name"], row["office"], term_of(row, problems))
        yield from _named(layered, Owner(NameKind.LEADER, *about), [row["name"], *row.items_of("aliases")])


def place_names(
    rows: Iterable[LayeredRow], countries: Mapping[str, str], problems: Problems
) -> Iterator[NamedRow]:
    """Names of places. They are nobody, but tell the country."""
    for layered in rows:
        row = layered.row
        code = row["country"] or UNKNOWN_WHO
        if code not in countries and code != UNKNOWN_WHO:
            problems.add(row, f"country is {code!r}, which countries.tsv does not have")
        if row["kind"] not in PLACE_KINDS:
            problems.add(row, f"kind is {row['kind']!r}, not one of {', '.join(PLACE_KINDS)}")
        owner = Owner(NameKind.PLACE, code, code, None, row["name"], row["kind"])
        yield from _named(layered, owner, [row["name"], *row.items_of("aliases")])


def _named(layered: LayeredRow, owner: Owner, surfaces: list[str]) -> Iterator[NamedRow]:
    """One name for each surface and, where it has accents, one for its plain form."""
    for surface in surfaces:
        yield NamedRow(owner.name(surface), layered.row, layered.layer)
        if not surface.isascii():
            yield NamedRow(owner.name(plain(surface)), layered.row, layered.layer)


def settle(named: Iterable[NamedRow], problems: Problems) -> tuple[Name, ...]:
    """The names in force: a later layer takes a surface over; within a layer one surface means one thing.

    Two rows may share a surface if they name the same actor or country, if their dates are apart, or if both
    match only as written and differ in case.
    """
    groups: dict[str, list[NamedRow]] = defaultdict(list)
    for item in named:
        groups[item.name.surface.casefold()].append(item)
    names: list[Name] = []
    for group in groups.values():
        if len(group) > 1:
            top = max(item.layer for item in group)
            group = _taken_over(group, top)
            _check_conflicts(group, problems)
            names.extend(dict.fromkeys(item.name for item in group))
        else:
            names.append(group[0].name)
    return tuple(names)


def _taken_over(group: list[NamedRow], top: int) -> list[NamedRow]:
    newest = [item for item in group if item.layer == top]
    return newest + [
        item for item in group if item.layer < top and not any(_conflict(item.name, n.name) for n in newest)
    ]


def _check_conflicts(group: list[NamedRow], problems: Problems) -> None:
    for one, two in combinations(group, 2):
        if _conflict(one.name, two.name):
            problems.add(
                two.row,
                f"{two.name.surface!r} names {two.name.label} here and {one.name.label} in "
                f"{one.row.file}:{one.row.line}",
            )


def _conflict(one: Name, two: Name) -> bool:
    if one.case_sensitive and two.case_sensitive and one.surface != two.surface:
        return False
    return not _same_target(one, two) and overlap(one, two)


def _same_target(one: Name, two: Name) -> bool:
    if one.kind in _OF_COUNTRY and two.kind in _OF_COUNTRY:
        return one.target == two.target
    return one.target == two.target and _OF_COUNTRY.isdisjoint((one.kind, two.kind))
