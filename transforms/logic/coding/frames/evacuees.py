"""Who leaves: people named, counted, or only meant by the place that is emptied."""

from schemas.event import Side
from schemas.lexicon import Resolves, RoleClass
from transforms.logic.coding.arguments import all_mentions
from transforms.logic.coding.clauses import Clause, attached
from transforms.logic.coding.coordination import coordinated
from transforms.logic.coding.frames import checks
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.vocabulary import Vocabulary

_HERE = ("in", "at", "near", "of", "across", "around", "inside", "throughout", "within")
_INCLUDING = frozenset(("including", "among"))
_ORGANISATIONS = (Side.IGO, Side.NGO, Side.FIRM)
_STAFF = frozenset(("staff", "worker", "aid worker", "engineer", "crew"))
"""Role nouns that stand for the organisation that evacuates them, when nothing else says whose they are."""


def people_at(vocabulary: Vocabulary, token: int, who: str = "") -> Mention:
    """The people of a country, or of wherever the sentence is set."""
    actor_id = f"{who}:{Side.CIVIL}" if who else ""
    return Mention(
        "role", who, Side.CIVIL, actor_id, token, vocabulary.lexicon.roles["residents"], low="residents"
    )


def whence(clause: Clause, at: int, people: int | None = None) -> str:
    """The country of the place that a verb or noun at chunk `at` says people leave; "" if it names none.

    "evacuated to Malta from Libya" is Libya; "Austria, where 1,000 were evacuated" Austria.
    """
    found = attached(clause, at)
    for wanted in (("from",), _HERE):
        for prep, k in found:
            reading = clause.readings[k]
            if (
                prep in wanted
                and reading is not None
                and len(reading.place) == 3
                and reading.place != "XXX"
                and not _is_beyond(clause, k)
            ):
                return reading.place
    return _where(clause, people if people is not None else at)


def _is_beyond(clause: Clause, k: int) -> bool:
    """Whether the place at `k` is only bordered on: "villages near the border with Lebanon"."""
    if clause.low(k) in _BORDERS:
        return clause.chunks[k].j - clause.chunks[k].i > 1 or clause.low(k + 1) == "with"
    return clause.low(k - 1) == "with" and clause.low(k - 2) in _BORDERS


_BORDERS = frozenset(("border", "borders", "frontier"))


def _where(clause: Clause, at: int) -> str:
    """The place that "where" in front of chunk `at` stands for."""
    for k in range(at - 1, max(at - 4, 0), -1):
        if clause.kind(k) == "W":
            before = k - 2 if clause.kind(k - 1) == "," else k - 1
            reading = clause.readings[before] if clause.kind(before) == "NP" else None
            return reading.place if clause.low(k) == "where" and reading is not None else ""
    return ""


def is_emptied(vocabulary: Vocabulary, clause: Clause, at: int | None) -> bool:
    """Whether the group at `at` is a place, a building or an uncounted number: its people are meant."""
    if at is None or clause.readings[at] is None:
        return False
    return (
        checks.counts_people(vocabulary, clause, at)
        or not vocabulary.sets["evacuated_place"].isdisjoint(clause.group_lows(at))
        or is_place(vocabulary, clause, at)
    )


def is_inhabited(vocabulary: Vocabulary, clause: Clause, at: int) -> bool:
    """Whether the group at `at` is a known place, a building, or a number that counts people."""
    reading = clause.readings[at]
    return reading is not None and (
        bool(reading.place)
        or reading.is_quantity
        or not vocabulary.sets["evacuated_place"].isdisjoint(clause.group_lows(at))
    )


def is_place(vocabulary: Vocabulary, clause: Clause, at: int) -> bool:
    """Whether the group at `at` is a place or an area, an unknown name included."""
    reading = clause.readings[at]
    return reading is not None and (
        bool(reading.place) or checks.is_territory(vocabulary, clause, at, strict=False)
    )


def names_place(clause: Clause, at: int) -> bool:
    """Whether the group at `at` names a place."""
    reading = clause.readings[at]
    return reading is not None and bool(reading.place)


def evacuees(vocabulary: Vocabulary, clause: Clause, at: int | None, place: str, back: bool) -> list[Mention]:
    """The people of the slot at chunk `at`, with those listed or included; nameless ones are of `place`.

    "300 Polish and Hungarian nationals" are both; "2,000 people including rebels" too.
    """
    if at is None:
        return []
    at = _counted_before(clause, at)
    chunks = coordinated(clause, at, back)
    found = [m for m in all_mentions(clause, at, back) if m.kind not in ("country", "capital", "leader")]
    found += [m for k in chunks for m in _modified_alike(clause, k, found)]
    found += _included(clause, at)
    return [of_place(_uncompleted(clause, m), place) for m in found]


def _counted_before(clause: Clause, at: int) -> int:
    """From "rebels" in "2,000 people including rebels" to "people"."""
    if clause.low(at - 1) in _INCLUDING:
        k = at - 2 if clause.kind(at - 2) == "NP" else at - 3
        if clause.kind(k) == "NP":
            return k
    return at


def _modified_alike(clause: Clause, k: int, found: list[Mention]) -> list[Mention]:
    """A country's adjective coordinated with a role noun stands for that role too."""
    reading = clause.readings[k]
    if reading is None or reading.mention is not None or reading.owner is None or not found:
        return []
    owner = reading.owner
    alike = next((m for m in found if m.role is not None), None)
    if owner.kind != "adjective" or alike is None or clause.chunks[k].j - 1 != owner.token:
        return []
    return [alike._replace(who=owner.who, actor_id=f"{owner.who}:{alike.side}", token=owner.token)]


def _included(clause: Clause, at: int) -> list[Mention]:
    k = at + 2 if clause.kind(at + 1) == "," else at + 1
    if clause.low(k) in _INCLUDING and clause.kind(k + 1) == "NP":
        return [m for m in all_mentions(clause, k + 1, back=False) if m.kind not in ("country", "capital")]
    return []


def _uncompleted(clause: Clause, mention: Mention) -> Mention:
    """Foreigners without the place that they leave: "tourists from Kathmandu" are not from there."""
    role = mention.role
    if role is None or not mention.who or not (role.resolves is Resolves.FOREIGN or role.lemma in _STAFF):
        return mention
    for k, chunk in enumerate(clause.chunks):
        reading = clause.readings[k]
        if chunk.i <= mention.token < chunk.j and reading is not None and reading.mention is not None:
            return reading.mention
    return mention


def of_place(mention: Mention, place: str) -> Mention:
    """A mention of nameless civilians as those of a country."""
    role = mention.role
    if (
        not place
        or mention.who
        or mention.own
        or mention.elsewhere
        or mention.side is not Side.CIVIL
        or role is None
    ):
        return mention
    if role.resolves is not Resolves.CONTEXT:
        return mention
    return mention._replace(who=place, actor_id=f"{place}:{Side.CIVIL}")


def of_organiser(whom: list[Mention], who: list[Mention], *, citizens: bool = False) -> list[Mention]:
    """Evacuees that belong to who evacuates them: "Iran evacuated its staff", "Sweden evacuated nationals".

    Not those of somebody listed before them: "evacuated the rescuers and their families". `citizens` are the
    organiser's too where asked: "Britain told citizens to leave".
    """
    owners = [m for m in who if m.who or m.elsewhere]
    found: list[Mention] = []
    for mention in whom:
        if not owners or mention.who or (mention.own and any(not m.own for m in found)):
            found.append(mention)
            continue
        bound = [_belonging(mention, owner, citizens, alone=len(whom) == 1) for owner in owners]
        found += [m._replace(own=mention.own) for m in dict.fromkeys(bound) if m.who] or [bound[0]]
    return [m._replace(own=False) if m.who else m for m in found]


def _belonging(mention: Mention, owner: Mention, citizens: bool, alone: bool) -> Mention:
    lemma = mention.role.lemma if mention.role is not None else ""
    staff = mention.own or (alone and lemma in _STAFF)
    fighting = mention.own and mention.side in (Side.STATE, Side.ARMED)
    if (staff and owner.side in _ORGANISATIONS) or (fighting and owner.side in (Side.STATE, Side.ARMED)):
        return mention._replace(who=owner.who, side=owner.side, actor_id=owner.actor_id)
    theirs = mention.own or lemma == "national" or (citizens and lemma == "citizen")
    if theirs and not owner.who:
        return mention._replace(own=False, elsewhere=True)
    if len(owner.who) == 3 and theirs:
        return mention._replace(who=owner.who, actor_id=f"{owner.who}:{mention.side}")
    return mention


def has_citizens(mention: Mention) -> bool:
    """Whether "citizens" told to leave are the orderer's own: a government's, not an army's."""
    return mention.kind not in ("actor", "member", "pronoun") and not (
        mention.role is not None and mention.role.cls is RoleClass.FORCE
    )
