"""Actors and their lineages."""

import re
from collections.abc import Iterable, Mapping

from schemas.event import Side
from schemas.lexicon import UNKNOWN_WHO, Actor, Ancestor
from transforms.logic.coding.lexicon.fields import member_of
from transforms.logic.coding.lexicon.layers import LayeredRow
from transforms.logic.coding.lexicon.tsv import Problems, Row

KINDS = ("group", "force", "branch", "organisation", "coalition", "firm", "militia")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TOP = re.compile(r"([A-Z0-9]+):([a-z]+)")
_SIDE_NAMES = {
    Side.STATE: "state",
    Side.ARMED: "armed groups",
    Side.CIVIL: "civilians",
    Side.IGO: "intergovernmental bodies",
    Side.NGO: "aid groups",
    Side.FIRM: "firms",
}


def read_actors(
    countries: Mapping[str, str], rows: Iterable[LayeredRow], problems: Problems
) -> dict[str, Actor]:
    """All actors by id: every country (and `XXX`) on every side, then the rows, sorted by id."""
    tops = _country_tops(countries)
    named = [actor for row in rows if (actor := _actor(row.row, problems))]
    slugs = {actor.who for actor in named if actor.actor_id == f"{actor.who}:{actor.side}"}
    actors = tops | {actor.actor_id: actor for actor in named}
    for row in rows:
        _check_known(row.row, {*countries, UNKNOWN_WHO, *slugs}, actors, problems)
    return dict(sorted(actors.items()))


def _country_tops(countries: Mapping[str, str]) -> dict[str, Actor]:
    return {
        f"{code}:{side}": Actor(f"{code}:{side}", code, side, "country", f"{name}: {_SIDE_NAMES[side]}", ())
        for code, name in {**countries, UNKNOWN_WHO: "Unknown"}.items()
        for side in Side
    }


def _actor(row: Row, problems: Problems) -> Actor | None:
    side = member_of(row, "side", Side, problems)
    if row["kind"] not in KINDS:
        problems.add(row, f"kind is {row['kind']!r}, not one of {', '.join(KINDS)}")
    if side is None:
        return None
    top = f"{row['who']}:{side}"
    actor_id = row["actor_id"]
    if actor_id != top and not _SLUG.fullmatch(actor_id):
        problems.add(row, f"actor_id is {actor_id!r}, neither a slug (quds-force) nor the row's own {top}")
    parents = tuple(row.items_of("parents"))
    if actor_id != top and not parents:
        parents = (top,)
    return Actor(actor_id, row["who"], side, row["kind"], row["name"], parents)


def _check_known(row: Row, whos: set[str], actors: Mapping[str, Actor], problems: Problems) -> None:
    if row["who"] not in whos:
        problems.add(
            row, f"who is {row['who']!r}, neither a country nor a group with a row {row['who']}:{row['side']}"
        )
    for parent in row.items_of("parents"):
        if parent not in actors:
            problems.add(row, f"the parent {parent!r} is not an actor")


def lineages(
    actors: Mapping[str, Actor], rows: Iterable[LayeredRow], problems: Problems
) -> dict[str, tuple[Ancestor, ...]]:
    """Each actor, then its ancestors breadth first, each once; every one ends at the canonical `WHO:side`."""
    found = {actor_id: _lineage(actor, actors) for actor_id, actor in actors.items()}
    for row in rows:
        actor = actors.get(row.row["actor_id"])
        if actor is None:
            continue
        ids = [step.actor_id for step in found[actor.actor_id]]
        if any(actor.actor_id in actors[i].parents for i in ids):
            problems.add(row.row, f"{actor.actor_id!r} is its own ancestor ({' > '.join(ids)})")
        elif f"{actor.who}:{actor.side}" not in ids:
            problems.add(row.row, f"no parent of {actor.actor_id!r} leads to {actor.who}:{actor.side}")
    return found


def _lineage(actor: Actor, actors: Mapping[str, Actor]) -> tuple[Ancestor, ...]:
    steps: dict[str, Actor] = {}
    level = [actor]
    while level:
        steps |= {step.actor_id: step for step in level if step.actor_id not in steps}
        parents = [actors[p] for step in level for p in step.parents if p in actors]
        level = [parent for parent in parents if parent.actor_id not in steps]
    return tuple(Ancestor(step.actor_id, step.who, step.side) for step in steps.values())
