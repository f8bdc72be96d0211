"""Verbs of leaving and of bringing people out."""

from schemas.event import Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.arguments import all_mentions, as_force, behind
from transforms.logic.coding.frames import checks, evacuees, orders
from transforms.logic.coding.frames.proposals import Slot, agents_of, patients_of
from transforms.logic.coding.frames.uses import Slots, Use, without_time
from transforms.logic.coding.mentions import Mention

_ARMED = (RoleClass.FORCE, RoleClass.FIGHTER)
_MOVED = (RoleClass.FORCE, RoleClass.FIGHTER, RoleClass.WEAPON, RoleClass.STAFF)
_FIGHTING = (Side.STATE, Side.ARMED)
_HELP = frozenset(("help", "assistance", "support", "aid", "cooperation"))


def evacuate(use: Use) -> Slots:
    """People brought out; without people as object, people who leave, a place emptied, or forces that go."""
    use = without_time(use)
    order = orders.find_order(use.vocabulary, use.clause, use.at)
    place = evacuees.whence(use.clause, use.at, use.subject if use.passive else None)
    whom = evacuees.evacuees(use.vocabulary, use.clause, use.undergoer(), "", back=use.passive)
    if order is not None and not whom:
        slots = orders.order_slots(use.vocabulary, use.clause, use.at, order)
        if slots is not None:
            return slots
        told = orders.told_people(use.vocabulary, use.clause, use.at, order)
        if told:
            return patients_of(told)
    who = _organisers(use)
    if not whom:
        return _emptied(use, who, place) if use.passive else _left(use, who, place)
    return _brought(whom, who, place)


def _brought(whom: list[Mention], who: list[Mention], place: str) -> list[Slot]:
    """Who is brought out by whom: the organisers' own people, else those of the place."""
    theirs = evacuees.of_organiser(whom, who, citizens=all(map(evacuees.has_citizens, who)))
    return agents_of(who) + patients_of([evacuees.of_place(m, place) for m in theirs])


def _organisers(use: Use) -> list[Mention]:
    """Who evacuates: subject or "by", and "with the help of"; a nameless helicopter is only the means."""
    who = [m for m in use.agents() if not _is_means(use, m)] or _owners_of_vehicles(use)
    for prep, k in behind(use.clause, use.at, frozenset(("with", "of", "from", "by"))):
        if prep == "with" and use.clause.low(k) in _HELP and use.clause.low(k + 1) in ("of", "from", "by"):
            who += [m for m in all_mentions(use.clause, k + 2, back=False) if m not in who]
    return who


def _owners_of_vehicles(use: Use) -> list[Mention]:
    """ "Hezbollah buses evacuated families", "were flown out by Red Cross planes"."""
    found = []
    for k in use.by if use.passive else (use.subject,):
        reading = use.clause.readings[k] if k is not None else None
        if k is None or reading is None or reading.owner is None or reading.trigger is not None:
            continue
        if use.clause.low(k) in use.vocabulary.sets["vehicle"]:
            found.append(as_force(reading.owner))
    return found


def _is_means(use: Use, mention: Mention) -> bool:
    """Whether an actor behind "by" is a bare vehicle: "by helicopter", not "by helicopters of the army"."""
    role = mention.role
    if not use.passive or role is None or role.cls not in (RoleClass.WEAPON, RoleClass.FIRM):
        return False
    bare = {use.clause.chunks[k].i for k in use.by if len(use.clause.group_lows(k)) == 1}
    return mention.token in bare or not mention.who


def _emptied(use: Use, who: list[Mention], place: str) -> Slots:
    """A passive without people as subject: a place, a building, a number or "we"."""
    subject = use.subject
    if subject is None:
        return agents_of(who) if who else None
    low = use.clause.low(subject)
    whom = []
    armed = any(m.role is not None and m.role.cls in _ARMED for m in who)
    if not armed and (low in ("we", "i") or evacuees.is_emptied(use.vocabulary, use.clause, subject)):
        reading = use.clause.readings[subject]
        where = reading.place if reading is not None and reading.place != "XXX" else ""
        whom = [evacuees.people_at(use.vocabulary, use.verb.verb, where or place)]
    return agents_of(who) + patients_of(whom) if who or whom else None


def _left(use: Use, who: list[Mention], place: str) -> Slots:
    """An active without people as object: civilians who get out, or a place emptied by somebody."""
    if use.object is not None and not evacuees.is_emptied(use.vocabulary, use.clause, use.object):
        who = [m for m in who if m.side is not Side.CIVIL]
        return agents_of(who) if who else None
    leavers = [m for m in who if m.side not in _FIGHTING or (m.role and m.role.cls is RoleClass.STAFF)]
    others = [m for m in who if m not in leavers]
    if use.object is not None and others and not leavers and not any(_is_fighting(use, m) for m in others):
        reading = use.clause.readings[use.object]
        where = reading.place if reading is not None and reading.place != "XXX" else ""
        where = where or place or (others[0].who if len(others[0].who) == 3 else "")
        leavers = [evacuees.people_at(use.vocabulary, use.verb.verb, where)]
    if not who and use.subject is not None and checks.counts_people(use.vocabulary, use.clause, use.subject):
        leavers = [evacuees.people_at(use.vocabulary, use.verb.verb, place)]
    return agents_of(others) + patients_of(leavers) if others or leavers else None


def _is_fighting(use: Use, mention: Mention) -> bool:
    """Whether who empties a place is a force that may itself have held it."""
    if mention.side is Side.ARMED or mention.kind == "pronoun":
        return True
    actor = use.vocabulary.lexicon.actors.get(mention.actor_id)
    if mention.role is None:
        return actor is not None and actor.kind in ("force", "branch")
    return mention.role.cls in _ARMED and mention.role.lemma != "police"


def bring(use: Use) -> Slots:
    """People moved out of somewhere by ordinary verbs of motion."""
    use = _as_moved(use)
    place = evacuees.whence(use.clause, use.at)
    whom = [
        m
        for m in evacuees.evacuees(use.vocabulary, use.clause, use.undergoer(), "", back=use.passive)
        if m.side is not Side.FIRM
    ]
    if not whom or (use.verb.lemma == "get" and use.verb.infinitive):
        return None
    who = _organisers(use)
    if use.verb.lemma in ("pull", "move", "shift") and _are_forces(whom):
        return None
    weak = use.verb.lemma in ("get", "take", "lead", "carry", "remove", "lift")
    if weak and not any(m.side is Side.CIVIL or _is_staff(m) for m in whom):
        return None
    if use.verb.lemma == "rescue" and not any(m.role is None or m.role.plural for m in whom):
        return None
    return _brought(whom, who, place)


def _as_moved(use: Use) -> Use:
    """ "Families ferried out of the town": a participle that has no object is one of the passive."""
    bare = use.verb.reduced and not use.passive and use.object is None
    if not bare or use.verb.lemma not in use.vocabulary.sets["convey_verb"]:
        return use
    by = behind(use.clause, use.at, frozenset(("by",)))
    return use._replace(passive=True, by=tuple(k for _, k in by))


def _are_forces(mentions: list[Mention]) -> bool:
    """Whether a force is moved: it withdraws, nobody is brought out."""
    return any(m.side in _FIGHTING and not _is_staff(m) for m in mentions)


def _is_staff(mention: Mention) -> bool:
    return mention.role is not None and mention.role.cls is RoleClass.STAFF


def withdraw(use: Use) -> Slots:
    """A force leaves, or is withdrawn by its state: agent only; diplomats withdrawn are patients."""
    if use.passive and use.verb.lemma == "recall":
        return None
    if use.passive:
        moved = [m for m in use.subject_mentions() if m.low != "it"]
        staff = [m for m in moved if _is_staff(m)]
        who = use.agents() or [m for m in moved if m.side is not Side.CIVIL and m not in staff]
        return agents_of(who) + patients_of(staff) if moved and (who or staff) else None
    if use.object is not None:
        return _withdrawn(use, use.object)
    who = [m for m in map(as_force, use.agents()) if m.side not in (Side.CIVIL, Side.FIRM)]
    return agents_of(who) if who and _moves_forces(use, who) else None


def _withdrawn(use: Use, target: int) -> Slots:
    """ "withdrew its troops": agent only, as for one ambassador; "withdrew its diplomats": both."""
    owner = use.clause.readings[target]
    if owner is not None and owner.whole_country:
        return None
    if use.vocabulary.sets["force_object"].isdisjoint(_counted_words(use, target)) and not (
        owner and owner.mention and owner.mention.side in _FIGHTING
    ):
        return None
    who = use.agents() or ([owner.owner] if owner and owner.owner else [])
    if not who:
        return None
    moved = evacuees.evacuees(use.vocabulary, use.clause, target, "", back=False)
    staff = [m for m in moved if m.role and m.role.plural and (_is_staff(m) or m.side is Side.CIVIL)]
    if use.verb.lemma == "recall":
        staff = []
    return agents_of(who) + patients_of(evacuees.of_organiser(staff, who))


def _counted_words(use: Use, target: int) -> list[str]:
    """The words of what is withdrawn, and those that it counts: "a number of planes"."""
    words = use.target_words()
    reading = use.clause.readings[target]
    counted = reading is not None and reading.is_quantity and use.clause.low(target + 1) == "of"
    behind_of = use.clause.group_lows(target + 2) if counted else []
    return words + [word for low in behind_of for word in low.split()]


def _moves_forces(use: Use, who: list[Mention]) -> bool:
    """Whether an intransitive "withdraw" is of forces from a place, not of a party from talks."""
    if set(use.after(7)) & use.vocabulary.sets["legal_politics"]:
        return False
    if any(m.role is not None and m.role.cls in _MOVED for m in who):
        return True
    if any(m.side is Side.ARMED or m.kind in ("pronoun", "actor", "member", "people") for m in who):
        return True
    places = [k for _, k in behind(use.clause, use.at, frozenset(("from",)))]
    return any(
        evacuees.names_place(use.clause, k) or checks.is_territory(use.vocabulary, use.clause, k, strict=True)
        for k in places
    )


def mission(use: Use) -> Slots:
    """ "moved its embassy from the capital": the state leaves."""
    if use.vocabulary.sets["mission_word"].isdisjoint(use.target_words()):
        return None
    who = [m for m in use.agents() if m.side is Side.STATE]
    return agents_of(who) if who else None


def vacate(use: Use) -> Slots:
    """Forces give up positions; civilians ordered to give up theirs are no force."""
    order = orders.find_order(use.vocabulary, use.clause, use.at)
    if order is not None and orders.order_slots(use.vocabulary, use.clause, use.at, order) is not None:
        return None
    who = [m for m in use.agents() if checks.is_force(m)]
    if use.passive or not who or not checks.is_territory(use.vocabulary, use.clause, use.object, strict=True):
        return None
    return agents_of(who)


def leave(use: Use) -> Slots:
    """Fighters leave a place: those let out under a deal are brought out, with whoever goes along."""
    who = [m for m in use.subject_mentions() if m.role is not None and m.role.plural]
    fighters = [m for m in who if m.role is not None and m.role.cls in _ARMED]
    if not fighters or use.passive or use.verb.gerund:
        return None
    order = orders.find_order(use.vocabulary, use.clause, use.at)
    words = use.clause.lows(0, len(use.clause.tokens))
    deal = order is None and not use.vocabulary.sets["deal_word"].isdisjoint(words)
    if deal or (order is not None and order.forced):
        return patients_of(who)
    ground = use.object is not None and checks.is_territory(
        use.vocabulary, use.clause, use.object, strict=True
    )
    return agents_of(fighters) if ground else None


def ordered(use: Use) -> Slots:
    """ "ordered residents to leave": an order to leave; who gives it is the subject of the governing verb."""
    order = orders.find_order(use.vocabulary, use.clause, use.at)
    if order is None or not orders.leads_away(use.vocabulary, use.clause, use.at):
        return None
    return orders.order_slots(use.vocabulary, use.clause, use.at, order)


def clearout(use: Use) -> Slots:
    """ "cleared the village of its residents"."""
    who = use.agents()
    whom = [
        m
        for _, k in behind(use.clause, use.at, frozenset(("of",)))
        for m in all_mentions(use.clause, k, back=False)
    ]
    return agents_of(who) + patients_of(whom) if who and whom else None
