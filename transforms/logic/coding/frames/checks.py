"""Conditions that frames share: weapons, ground, forces."""

from collections.abc import Sequence
from itertools import pairwise

from schemas.event import EventType, Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.vocabulary import NounFrame, VerbFrame, Vocabulary

_POLICE = frozenset(("fbi",))
"""Whose raids are those of police."""

_EVERYBODY = frozenset(("everyone", "everybody", "others", "someone"))
_CARRIED = frozenset(("suicide", "roadside", "ied", "ieds", "explosives", "landmine", "grenade", "hijackers"))
_VEHICLES = frozenset(
    ("car", "truck", "bus", "lorry", "van", "motorcycle", "nail", "pipe", "petrol", "parcel", "letter")
)
_BOMBED = frozenset(("attack", "attacks", "blast", "blasts", "explosion", "explosions"))
_BOMBS = frozenset(("bomb", "bombs"))
_GOING_OFF = frozenset(
    "exploded exploding explodes explode detonated detonating detonate blast blasts off".split()
)
_SPOKEN = frozenset("twitter tweet tweets tweeted verbally rhetorically verbal".split())
_VERBAL = frozenset(["verbally", "rhetorically", "critics", "critic", "critics'", "opponents"])


def is_force(mention: Mention) -> bool:
    """Whether a mention is of people under arms, or of a state or group that has them."""
    if mention.kind == "pronoun":
        return True
    if mention.side not in (Side.STATE, Side.ARMED, Side.IGO) and mention.kind != "people":
        return False
    if mention.actor_id in _POLICE:
        return False
    role = mention.role
    return (
        role is None
        or role.cls in (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON)
        or role.lemma in ("government", "regime")
    )


def is_spoken(who: Sequence[Mention], whom: Sequence[Mention], clause: Clause) -> bool:
    """Whether an attack is one of words: by or on one office holder, or told with words of speech."""
    if not _SPOKEN.isdisjoint(clause.words):
        return True
    fought = any(m.side in (Side.STATE, Side.ARMED) and not _is_person(m) for m in whom)
    by_gunmen = any(m.side is Side.ARMED for m in who)
    person = bool(whom) and all(m.kind == "leader" or (_is_person(m) and not by_gunmen) for m in whom)
    return person or (bool(who) and all(map(_is_person, who)) and not fought)


def _is_person(mention: Mention) -> bool:
    """Whether one office holder is meant, by name or by office."""
    return mention.kind == "leader" or (mention.role is not None and mention.role.cls is RoleClass.LEADER)


def armed_subject(clause: Clause, subject: int | None, who: list[Mention]) -> bool:
    """Whether the doer of a violent verb can have done it with arms; nobody is fine."""
    if not who:
        return subject is None or clause.readings[subject] is None or _silent(clause, subject)
    if all(m.actor_id in _POLICE for m in who):
        return False
    roles = [m.role for m in who]
    return any(
        r is None
        or r.cls in (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON)
        or r.lemma in ("government", "regime")
        for r in roles
    ) and _VERBAL.isdisjoint(clause.lows(0, 40))


def _silent(clause: Clause, subject: int) -> bool:
    reading = clause.readings[subject]
    return reading is not None and (reading.is_weapon or reading.trigger is not None)


def is_weapon(vocabulary: Vocabulary, clause: Clause, at: int | None) -> bool:
    """Whether the group at `at` is weapons or a strike, perhaps counted: "dozens of rockets"."""
    if at is None or clause.readings[at] is None:
        return False
    reading = clause.readings[at]
    assert reading is not None
    if (
        reading.is_weapon
        or is_ordnance(vocabulary, clause, at)
        or (reading.trigger is not None and reading.trigger.event_type is EventType.STRIKE)
    ):
        return True
    return (
        reading.is_quantity
        and clause.low(at + 1) == "of"
        and clause.kind(at + 2) == "NP"
        and is_weapon(vocabulary, clause, at + 2)
    )


def is_ordnance(vocabulary: Vocabulary, clause: Clause, at: int) -> bool:
    """Whether the group at `at` is a nation's or group's weapons: "Serb guns", "Argentine Mirages"."""
    reading = clause.readings[at]
    return reading is not None and reading.owner is not None and clause.low(at) in vocabulary.sets["ordnance"]


def weapon_near(vocabulary: Vocabulary, clause: Clause) -> bool:
    """Whether the sentence names a weapon used from a distance."""
    words = vocabulary.sets["weaponish"]
    return not words.isdisjoint(clause.words)


def only_bombs_near(vocabulary: Vocabulary, clause: Clause) -> bool:
    """Whether bombs are the only weapons of the sentence: an armed group lays them."""
    found = vocabulary.sets["weaponish"].intersection(clause.words)
    return bool(found) and found <= _BOMBS


def has_bomber(vocabulary: Vocabulary, clause: Clause) -> bool:
    """Whether bombs are laid or carried here, not dropped or fired."""
    words = [word for t in clause.tokens for word in t.low.replace("-", " ").split()]
    if not _CARRIED.isdisjoint(words):
        return True
    if "bomber" in words and vocabulary.sets["air_weapon"].isdisjoint(set(words) - {"bomber", "bombers"}):
        return True
    if not _GOING_OFF.isdisjoint(words) and not _BOMBS.isdisjoint(words):
        dropped = _weapon_subtype(vocabulary, set(words) - _BOMBS, "") or "dropped" in words
        if not dropped:
            return True
    if any(one in _VEHICLES and two.startswith("bomb") for one, two in pairwise(words)):
        return True
    flown = not vocabulary.sets["air_weapon"].isdisjoint(words)
    return not flown and any(one == "bomb" and two in _BOMBED for one, two in pairwise(words))


def is_territory(vocabulary: Vocabulary, clause: Clause, at: int | None, *, strict: bool) -> bool:
    """Whether the group at `at` is ground: a place, an area noun, or "rebel-held".

    Not strict: an unknown capitalised name is taken for a place too.
    """
    if at is None or clause.readings[at] is None:
        return False
    reading = clause.readings[at]
    assert reading is not None
    lows = clause.group_lows(at)
    head = clause.low(at)
    if head in vocabulary.sets["not_territory"]:
        return False
    if reading.place or reading.held:
        return True
    area = vocabulary.sets["area"]
    if reading.mention is not None and reading.mention.kind not in ("country", "capital"):
        return reading.mention.kind == "role" and head.split()[-1] in area
    if head in area or not area.isdisjoint(lows[-3:]):
        return True
    if reading.is_quantity and clause.low(at + 1) == "of":
        return is_territory(vocabulary, clause, at + 2, strict=strict)
    if reading.is_quantity and clause.low(at + 1) == "per" and clause.low(at + 3) == "of":
        return is_territory(vocabulary, clause, at + 4, strict=strict)
    chunk = clause.chunks[at]
    unknown = [t for t in clause.tokens[chunk.i : chunk.j] if t.upper and t.cls == "N"]
    return not strict and len(unknown) == 1


def counts_people(vocabulary: Vocabulary, clause: Clause, at: int | None) -> bool:
    """Whether the group at `at` counts people without saying who: "300,000", "dozens"."""
    if at is None or clause.readings[at] is None:
        return False
    reading = clause.readings[at]
    if reading is not None and (reading.is_quantity or clause.low(at) in _EVERYBODY):
        return True
    lows = clause.group_lows(at)
    sets = vocabulary.sets
    return len(lows) == 2 and lows[1] in sets["casualty"] and lows[0] in sets["quantity"]


def refined(
    vocabulary: Vocabulary,
    clause: Clause,
    frame: VerbFrame | NounFrame,
    subject: int | None,
    after: list[str],
    before: Sequence[str] = (),
) -> tuple[EventType, str]:
    """Type and subtype once the weapon is known: an attack by warplanes or with rockets is a strike."""
    event_type, subtype = frame.event_type, frame.subtype
    if event_type is EventType.EVACUATION or subtype in ("siege", "capture", "advance"):
        return event_type, subtype
    words = set(after[:6]) if "with" in after[:5] else set()
    if not words.isdisjoint(vocabulary.sets["ground_arm"]):
        words = set()
    words |= _parts(before)
    if subject is not None and clause.readings[subject] is not None:
        words |= _parts(clause.group_lows(subject))
    if event_type is EventType.OFFENSIVE and not _weapon_subtype(vocabulary, words, ""):
        return event_type, subtype
    return EventType.STRIKE, _weapon_subtype(
        vocabulary, words, subtype if event_type is EventType.STRIKE else "air"
    )


def _parts(lows: Sequence[str]) -> set[str]:
    """These tokens and the words in them; of a name such as "Iraqi air force", the "air force" too."""
    words = {word for low in lows for word in (low, *low.split())}
    return words | {"air force"} if any("air force" in low for low in lows) else words


def _weapon_subtype(vocabulary: Vocabulary, words: set[str], default: str) -> str:
    for subtype in ("drone", "missile", "artillery", "air"):
        if words & vocabulary.sets[f"{subtype}_weapon"]:
            return subtype
    return default
