"""Whom a noun that names nobody stands for in its article: "the rebels", "residents", "government troops"."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.event import Side
from schemas.lexicon import UNKNOWN_WHO, Resolves, RoleClass, RoleNoun
from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.scene import Actor, Scene, of_country

_NEAR = 500
"""Characters before "the rebels" in which the group that they are is named."""


class Spot(NamedTuple):
    """Where a mention stands: its offset, and its sentence `[start, end)`."""

    start: int
    end: int
    at: int


def stands_for(
    scene: Scene,
    mention: Mention,
    spot: Spot,
    attacker: str = "",
    foes: Sequence[Actor] = (),
    source: str = "",
) -> Actor | None:
    """The actor of a mention; None when it is none, as for "the group" where no group is named.

    `attacker` is the WHO of whoever attacked the people mentioned: his victims are rarely his own. `foes` are
    those who attack a force: it is another. `source` is the country whose authorities count the victims.
    """
    if mention.kind == "context":
        return _stateless(scene, mention, spot)
    if mention.who:
        return Actor(mention.actor_id, mention.who, mention.side)
    if mention.role is None:
        return None
    if mention.elsewhere and mention.role.lemma in scene.vocabulary.sets["alliance"]:
        allied = _known(scene, mention.role, spot)
        if allied is not None:
            return allied
    nowhere = mention.role.resolves in (Resolves.OWN, Resolves.FOREIGN) or mention.elsewhere
    if nowhere or not scene.vocabulary.has(Feature.CONTEXT):
        return of_country(UNKNOWN_WHO, mention.side)
    role = mention.by or mention.role
    known = _known(scene, role, spot)
    if known is not None:
        return known
    if mention.side is Side.ARMED:
        return _armed(scene, role, mention.definite, spot, foes)
    if mention.side is Side.STATE:
        return _state(scene, role, mention.definite, spot, foes)
    return of_country(_where_attacked(scene, spot, attacker, source), mention.side)


def _where(scene: Scene, spot: Spot) -> str:
    return scene.place_in(*spot) or scene.place or scene.country or UNKNOWN_WHO


def _where_attacked(scene: Scene, spot: Spot, attacker: str, source: str) -> str:
    """The country of people: of the sentence, of who counts them, where they are attacked, of the story."""
    home = scene.home(attacker)
    here = scene.place_in(*spot, home)
    if here and here != home:
        return here
    if source and source != home:
        return source
    if attacker and here == home:
        here = scene.place
    return scene.target(attacker) or here or scene.place or scene.country or UNKNOWN_WHO


def _in_context(scene: Scene, word: str, spot: Spot) -> tuple[str, Actor] | None:
    """The country, and the actor in it, that a word of `contexts.tsv` means here."""
    by_country = scene.vocabulary.contexts.get(word)
    if by_country is None:
        return None
    for code in (scene.place_in(*spot), scene.place, scene.country):
        actor = scene.vocabulary.lexicon.actors.get(by_country.get(code, ""))
        if actor is not None:
            return code, Actor(actor.actor_id, actor.who, actor.side)
    return None


def _stateless(scene: Scene, mention: Mention, spot: Spot) -> Actor:
    """ "Kurdish fighters": another group in each country."""
    found = _in_context(scene, mention.low, spot)
    if found is None:
        return of_country(UNKNOWN_WHO, Side.CIVIL if mention.side is Side.CIVIL else Side.ARMED)
    return of_country(found[0], Side.CIVIL) if mention.side is Side.CIVIL else found[1]


def _known(scene: Scene, role: RoleNoun, spot: Spot) -> Actor | None:
    """ "The coalition": the one that the article names, else the one at war in its country."""
    if role.lemma in scene.vocabulary.sets["alliance"]:
        named = scene.alliance(spot.at)
        if named is not None:
            return named
    found = _in_context(scene, role.lemma, spot)
    return found[1] if found else None


def _armed(scene: Scene, role: RoleNoun, definite: bool, spot: Spot, foes: Sequence[Actor]) -> Actor | None:
    """The group that the article ties the noun to, or is about; else the armed of the place."""
    linked = scene.linked(role.lemma, spot.at)
    if linked is not None and linked not in foes:
        return linked
    if role.lemma in scene.vocabulary.sets["group_noun"]:
        group = scene.only_group()
        if group is not None and group not in foes:
            return group
    last = scene.last_attacker
    if role.lemma == "attacker" and last is not None and last.side is Side.ARMED and last not in foes:
        return last
    before = scene.group_before(spot.at, _NEAR) if definite and role.cls is RoleClass.FIGHTER else None
    if before is not None and before not in foes and scene.home(before.who) == _where(scene, spot):
        return before
    if role.lemma == "group":
        return None
    return of_country(_where(scene, spot), Side.ARMED)


def _state(scene: Scene, role: RoleNoun, definite: bool, spot: Spot, foes: Sequence[Actor]) -> Actor | None:
    """Weapons are their user's, "troops" the state's named just before; a government is the place's own."""
    sets = scene.vocabulary.sets
    before = spot.at - spot.start
    if role.lemma in sets["domestic"]:
        return of_country(_where(scene, spot), Side.STATE)
    if role.cls is RoleClass.WEAPON or role.resolves is Resolves.OWNER:
        owner = scene.state_before(spot.at, before) or scene.last_attacker
        if owner is not None and (owner.side is not Side.ARMED or role.lemma not in sets["state_weapon"]):
            return owner
        if role.cls is RoleClass.WEAPON and role.lemma not in sets["state_weapon"]:
            return None
    elif role.cls is RoleClass.FORCE:
        near = None if definite else scene.state_before(spot.at, before)
        if near is not None and near not in foes:
            return near
        last = scene.last_attacker
        if last is not None and last.side is Side.STATE and last not in foes:
            return last
    return of_country(_where(scene, spot), Side.STATE)
