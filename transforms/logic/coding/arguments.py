"""From a noun group in a slot of a frame to the actors that fill it."""

from collections.abc import Iterable

from schemas.event import EventType, Side
from schemas.lexicon import Resolves, RoleClass
from transforms.logic.coding.clauses import Clause, attached
from transforms.logic.coding.coordination import coordinated
from transforms.logic.coding.mentions import Mention, Reading, owned_by

_INHABITED = frozenset(
    "area areas neighbourhood neighbourhoods neighborhood neighborhoods district districts town towns "
    "village villages suburb suburbs quarter quarters city cities".split()
)
"""Ground whose holder a strike on it does not hit."""
_SOME = frozenset(("others", "another"))
"""Pronouns that stand for nobody told before."""
_POSTNOMINAL = frozenset("loyal aligned allied linked belonging affiliated faithful".split())
_ATTACH = frozenset("of from in inside at around near for across".split())
_PLACE_PREPOSITIONS = frozenset(
    ("in", "inside", "into", "across", "within", "throughout", "from", "to", "toward", "towards")
)
_USED = frozenset("used held controlled occupied run operated defended manned ruled".split())
_PARTS = frozenset(
    (
        "southern northern eastern western central north south east west northeastern northwestern "
        "southeastern southwestern northeast northwest southeast southwest parts part capital"
    ).split()
)


def mentions_of(clause: Clause, at: int, depth: int = 0) -> list[Mention]:
    """The actors that the noun group at chunk `at` names, counts and properties seen through."""
    reading = clause.readings[at] if 0 <= at < len(clause.chunks) else None
    if reading is None:
        return []
    chunk = clause.chunks[at]
    token = clause.tokens[chunk.i] if chunk.i < len(clause.tokens) else None
    if token is not None and token.cls == "O" and token.low not in _SOME:
        return [Mention("pronoun", "", Side.STATE, "", chunk.i, low=token.low)]
    if token is not None and token.low == "no":
        return []
    follows = clause.kind(at + 1) == "P" and clause.low(at + 1) == "of" and clause.kind(at + 2) == "NP"
    if follows and depth < 2 and reading.is_quantity:
        counted = mentions_of(clause, at + 2, depth + 1)
        if counted:
            return counted
    shared = _sharing(clause, at, reading)
    if shared is not None:
        return [shared]
    if reading.mention is not None:
        mention = reading.mention
        found = _allied(clause, at, mention) or _inheriting(clause, at, mention)
        return [found or _completed(clause, at, mention)]
    ally = chunk.low in ("ally", "allies") and token is not None and token.low in ("its", "their", "his")
    if (reading.is_property or ally) and reading.owner is not None:
        return [as_force(reading.owner)]
    if follows and depth < 2 and (reading.is_quantity or reading.is_property or reading.is_weapon):
        return mentions_of(clause, at + 2, depth + 1)
    return []


def _sharing(clause: Clause, at: int, reading: Reading) -> Mention | None:
    """ "Syrian and Russian forces": the Syrian ones are forces too."""
    named = reading.mention or reading.owner
    other = clause.readings[at + 2] if clause.kind(at + 2) == "NP" else None
    if named is None or named.kind not in ("people", "adjective", "country") or named.role is not None:
        return None
    if other is None or other.mention is None or other.mention.role is None or not other.mention.who:
        return None
    is_adjective = named.token == clause.chunks[at].j - 1 and not clause.tokens[named.token].low.endswith("s")
    is_named = clause.tokens[clause.chunks[at + 2].i].cls == "G"
    if not is_adjective or not is_named or clause.low(at + 1) not in ("and", "or"):
        return None
    role = other.mention.role
    return owned_by(Mention("role", "", role.side, "", named.token, role, low=other.mention.low), named)


def _inheriting(clause: Clause, at: int, mention: Mention) -> Mention | None:
    """ "Iranian commanders, diplomats and families": a bare noun of a list shares the country before it."""
    bare = not (mention.who or mention.own or mention.definite or mention.elsewhere)
    if not bare or mention.role is None or mention.role.resolves is Resolves.OWN:
        return None
    if (
        at < 2
        or clause.tokens[clause.chunks[at].i].cls in "D#"
        or clause.low(at - 1) not in ("and", ",", "or")
    ):
        return None
    k = at - 3 if clause.kind(at - 2) == "," else at - 2
    before = clause.readings[k] if clause.kind(k) == "NP" else None
    head = before.mention if before is not None else None
    if head is not None and not head.who:
        head = _inheriting(clause, k, head)
    if head is None or head.role is None or head.side is Side.ARMED:
        return None
    if head.role.cls is RoleClass.PEOPLE and mention.role.cls is not RoleClass.PEOPLE:
        return None
    if head.side in (Side.IGO, Side.NGO):
        return mention._replace(who=head.who, side=head.side, actor_id=head.actor_id)
    return owned_by(mention, Mention("country", head.who, Side.STATE, f"{head.who}:state", head.token))


def _allied(clause: Clause, at: int, mention: Mention) -> Mention | None:
    """ "Government troops and allied militias": nameless allies are on the side of those before them."""
    if mention.who or clause.tokens[clause.chunks[at].i].low != "allied" or clause.low(at - 1) != "and":
        return None
    before = clause.readings[at - 2] if clause.kind(at - 2) == "NP" else None
    if before is None or before.mention is None or before.mention.side not in (Side.STATE, Side.ARMED):
        return None
    return before.mention._replace(token=mention.token)


def as_force(mention: Mention) -> Mention:
    """A people or a country whose positions are attacked stands for its forces."""
    if mention.kind in ("people", "adjective") and mention.side is Side.CIVIL:
        return mention._replace(side=Side.STATE, actor_id=f"{mention.who}:{Side.STATE}")
    return mention


def nations_before(clause: Clause, at: int, start: int) -> list[Mention]:
    """The nations listed before the own of the group at `at`, whose first token is `start`.

    "American, British and French air strikes" are of all three.
    """
    found: list[Mention] = []
    k = at - 2
    if clause.low(k + 1) != "and" or clause.tokens[start].cls != "G":
        return []
    while clause.kind(k) == "NP" and clause.low(k + 1) in ("and", ","):
        chunk, nation = clause.chunks[k], _named(clause.readings[k])
        alone = chunk.j == chunk.i + 1 and not chunk.low.endswith("s")
        if nation is None or nation.kind not in ("adjective", "people") or not alone:
            break
        found.append(as_force(nation))
        k -= 2
    return found


def _completed(clause: Clause, at: int, mention: Mention) -> Mention:
    """A role noun with the actor that a group behind it gives: "rebels of X", "forces loyal to X"."""
    if mention.who or mention.own or mention.elsewhere or mention.role is None:
        return mention
    k = at + 1
    if clause.low(k) in _POSTNOMINAL and clause.kind(k + 1) == "P":
        k += 1
        named = _named(clause.readings[k + 1]) if clause.kind(k + 1) == "NP" else None
        if named is not None and mention.side is Side.ARMED and named.side is Side.STATE:
            return mention
        return owned_by(mention, named)
    if clause.kind(k) != "P" or clause.low(k) not in _ATTACH or clause.kind(k + 1) != "NP":
        return mention
    reading = clause.readings[k + 1]
    assert reading is not None
    named = _named(reading)
    if clause.low(k) == "from" and named is not None and named.side is Side.ARMED is not mention.side:
        return mention
    if (
        named is not None
        and named.who
        and (named.kind not in ("role", "pronoun") or _kin(clause, k, mention, named))
        and (clause.low(k) in ("of", "from", "for") or _is_inside(clause.low(k), named))
    ):
        return owned_by(mention, named)
    if reading.place and reading.place != "XXX" and mention.role.cls is not RoleClass.LEADER:
        return mention._replace(who=reading.place, actor_id=f"{reading.place}:{mention.side}")
    return mention


def _kin(clause: Clause, k: int, mention: Mention, named: Mention) -> bool:
    """ "Families of British diplomats": the families are British too."""
    people = mention.role is not None and mention.role.cls is RoleClass.PEOPLE
    return people and named.kind == "role" and clause.low(k) == "of" and len(named.who) == 3


def _is_inside(prep: str, named: Mention) -> bool:
    return prep in ("in", "inside") and named.kind in ("country", "capital")


def _named(reading: Reading | None) -> Mention | None:
    return None if reading is None else reading.mention or reading.owner


def all_mentions(clause: Clause, at: int | None, back: bool) -> list[Mention]:
    """The actors of a slot with those coordinated with it: for subjects (`back`) to its left, else right."""
    if at is None:
        return []
    return [m for k in coordinated(clause, at, back) for m in mentions_of(clause, k)]


def agents(mentions: Iterable[Mention], event_type: EventType) -> list[Mention]:
    """Those that can do this kind of event: armed actors, states and NATO for violence; anybody evacuates."""
    return [m for m in mentions if can_act(m, event_type)]


def can_act(mention: Mention, event_type: EventType) -> bool:
    """Whether an actor can be the agent of this kind of event."""
    if mention.kind == "pronoun" or event_type is EventType.EVACUATION:
        return True
    if mention.kind == "people":
        return True
    return mention.side in (Side.STATE, Side.ARMED) or (
        mention.side is Side.IGO and mention.who in ("NATO", "UN", "XXX")
    )


def patients(clause: Clause, at: int | None, prep: str, event_type: EventType) -> list[Mention]:
    """The actors that an attack on the group at `at` is on; a country only if nothing is located in it."""
    if at is None:
        return []
    found: list[Mention] = []
    for k in coordinated(clause, at, back=False):
        reading = clause.readings[k]
        if reading is None:
            continue
        if event_type is EventType.STRIKE and clause.low(k) in _INHABITED and reading.mention is None:
            continue
        named = mentions_of(clause, k) or owners_of(clause, k)
        for mention in named:
            if mention.kind == "capital" or (mention.role is not None and mention.role.lemma == "state"):
                continue
            if mention.kind == "country" and not _is_target(clause, k, reading, mention, prep):
                continue
            if k != at and mention.kind == "country" and _places_with(clause, k):
                continue
            found.append(mention)
        if event_type is EventType.OFFENSIVE:
            found.extend(reading.held)
    if event_type is not EventType.STRIKE or clause.low(at) not in _INHABITED:
        found.extend(_users(clause, at))
    return found


def _places_with(clause: Clause, k: int) -> bool:
    """Whether the country at `k` is listed with a place before it: "bases in Syria and Iraq"."""
    q = k - 2
    before = clause.readings[q] if clause.low(k - 1) in ("and", "or") and clause.kind(q) == "NP" else None
    return before is not None and bool(before.place) and clause.low(q - 1) in _PLACE_PREPOSITIONS


def owners_of(clause: Clause, at: int) -> list[Mention]:
    """The armed group that owns what was hit: "a Tamil Tiger jetty"."""
    reading = clause.readings[at]
    if reading is None or reading.owner is None or reading.trigger is not None:
        return []
    return [reading.owner] if reading.owner.side is Side.ARMED else []


def _is_target(clause: Clause, at: int, reading: Reading, mention: Mention, prep: str) -> bool:
    """Whether a country's name is the attacked state itself, not where it happened."""
    if reading.is_property and reading.mention is None:
        return True
    return prep not in _PLACE_PREPOSITIONS and _PARTS.isdisjoint(clause.group_lows(at))


def _users(clause: Clause, at: int) -> list[Mention]:
    """ "bases used by X", "a town held by X"."""
    if clause.kind(at + 1) == "P" and clause.low(at + 3) == "belonging" and clause.kind(at + 5) == "NP":
        return all_mentions(clause, at + 5, back=False)
    if clause.low(at + 1) == "belonging" and clause.kind(at + 3) == "NP":
        return all_mentions(clause, at + 3, back=False)
    if clause.kind(at + 1) != "VG" or clause.low(at + 2) != "by" or clause.kind(at + 3) != "NP":
        return []
    return all_mentions(clause, at + 3, back=False) if clause.low(at + 1) in _USED else []


def behind(clause: Clause, at: int, preps: frozenset[str]) -> list[tuple[str, int]]:
    """Groups behind one of these prepositions to the right of chunk `at` in its clause."""
    return [(a.prep, a.at) for a in attached(clause, at) if a.prep in preps]


def pick_side(mentions: Iterable[Mention], *sides: Side) -> list[Mention]:
    """The mentions of these sides."""
    return [m for m in mentions if m.side in sides]
