"""What the lexicon holds: names, actors and role nouns, as the coder sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from schemas.event import Side

FILE_KEY = "_file"
"""The cell of a row in `Lexicon.tables` that names the file it came from."""

ROW_KEY = "_row"
"""The cell of a row in `Lexicon.tables` that holds its line in that file, from 1."""

UNKNOWN_WHO = "XXX"
"""The WHO of an actor that the text does not let a careful reader tell."""


class NameKind(StrEnum):
    """How a name stands for its target."""

    COUNTRY = "country"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    METONYM = "metonym"
    ACTOR = "actor"
    MEMBER = "member"
    LEADER = "leader"
    PLACE = "place"


class RoleClass(StrEnum):
    """What a role noun stands for."""

    FORCE = "force"
    FIGHTER = "fighter"
    WEAPON = "weapon"
    OFFICE = "office"
    STAFF = "staff"
    PEOPLE = "people"
    LEADER = "leader"
    FIRM = "firm"


class Resolves(StrEnum):
    """Where a role noun may take its country from.

    `own`: its own modifiers only. `context`: the sentence or the story too. `foreign`: unknown unless
    modified (tourists). `owner`: whoever is named nearby as owning it.
    """

    OWN = "own"
    CONTEXT = "context"
    FOREIGN = "foreign"
    OWNER = "owner"


class Name(NamedTuple):
    """One surface form of one target, with one interval of validity (both ends included, None is open).

    `target` is a country code for the kinds country, adjective, people, capital and place (`XXX` for a sea),
    and an actor id for metonym, actor, member and leader. `who` is the WHO of the target. `side` is None for
    adjectives and places: alone they are nobody. `label` is the row's own name ("Bashar al-Assad" for
    "Assad") and `detail` its office or kind ("president", "city", "militia").

    Surfaces are NFC with ASCII apostrophes and hyphens; compare text folded the same way. A `case_sensitive`
    surface matches exactly as written. Any other matches whatever its case, but where the surface begins
    with a capital the text must too ("Turkey", "TURKEY", not "turkey").
    """

    surface: str
    kind: NameKind
    target: str
    who: str
    side: Side | None
    case_sensitive: bool
    valid_from: date | None
    valid_to: date | None
    label: str
    detail: str


class Actor(NamedTuple):
    """An actor. `parents` are actor ids; the canonical `WHO:side` actors are their own tops and have none."""

    actor_id: str
    who: str
    side: Side
    kind: str
    name: str
    parents: tuple[str, ...]


class Ancestor(NamedTuple):
    """One step of a lineage."""

    actor_id: str
    who: str
    side: Side


class RoleNoun(NamedTuple):
    """What one form of a role noun says. `plural` is about the form."""

    lemma: str
    side: Side
    cls: RoleClass
    plural: bool
    resolves: Resolves


@dataclass(frozen=True)
class Lexicon:
    """Everything the coder knows of the world, immutable and picklable.

    `version` hashes every file it was read from. `lineage` gives each actor (itself first, then its
    ancestors, breadth first, each once). `roles` is keyed by the lower-case surface, which may be of several
    words. `tables` holds the rows of every other file by its stem, cells by column, with `FILE_KEY` and
    `ROW_KEY`.
    """

    version: str
    names: tuple[Name, ...]
    actors: Mapping[str, Actor]
    lineage: Mapping[str, tuple[Ancestor, ...]]
    roles: Mapping[str, RoleNoun]
    tables: Mapping[str, tuple[Mapping[str, str], ...]]
