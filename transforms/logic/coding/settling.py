"""Proposals settled: actors resolved, modality decided, the day bound."""

from collections.abc import Iterator

from schemas.event import EventType, Modality, Role, Side
from schemas.lexicon import UNKNOWN_WHO
from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.analysis import Analysis
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause, attached, object_of
from transforms.logic.coding.days import PAST_AFTER, Time, is_past
from transforms.logic.coding.denials import deniers
from transforms.logic.coding.episodes import Episode, episodes_told, modality_of
from transforms.logic.coding.frames.proposals import Proposal, Slot
from transforms.logic.coding.mentions import Mention, Reading
from transforms.logic.coding.modality import ModalityWalk
from transforms.logic.coding.records import Candidate
from transforms.logic.coding.resolving import resolve
from transforms.logic.coding.scene import Actor, of_country
from transforms.logic.coding.timing import bound_time, event_day, tells_start


def settle(analysis: Analysis) -> list[Candidate]:
    """All candidates of an article, in the order of its text."""
    proposals = [proposal for index in analysis.marked for proposal in analysis.proposals(index)]
    for proposal in proposals:
        _note_target(analysis, proposal)
    candidates: list[Candidate] = []
    for proposal in proposals:
        candidates.extend(_settled(analysis, proposal))
    return candidates


_TARGET = frozenset(("on", "against", "in", "into", "at", "inside", "across", "targeting"))


def _note_target(analysis: Analysis, proposal: Proposal) -> None:
    """Remember where each named attacker attacks: its nameless victims are from there."""
    if proposal.event_type is EventType.EVACUATION:
        return
    clause = proposal.clause
    places = [clause.readings[a.at] for a in attached(clause, proposal.at) if a.prep in _TARGET]
    target = object_of(clause, proposal.at) if proposal.verb else None
    if target is not None:
        places.append(clause.readings[target])
    for slot in proposal.slots:
        if slot.role is Role.AGENT and slot.mention.who:
            for reading in places:
                where = _whereabouts(analysis, reading)
                if where:
                    analysis.scene.note_target(slot.mention.who, where)


def _whereabouts(analysis: Analysis, reading: Reading | None) -> str:
    """The country of a place, or of those who own or are what is attacked: "Israeli towns"."""
    if reading is None:
        return ""
    owner = reading.mention or reading.owner
    home = analysis.scene.home(owner.who) if owner is not None else ""
    return reading.place or (home if len(home) == 3 else "")


def _settled(analysis: Analysis, proposal: Proposal) -> Iterator[Candidate]:
    clause = proposal.clause
    dated = analysis.vocabulary.has(Feature.DATES)
    time = _time(analysis, proposal) if dated else None
    modality = _modality(analysis, proposal, time)
    if modality is None:
        return
    denying = deniers(analysis, clause.index)
    agents: list[Actor] = []
    for mention in proposal.attackers:
        attacker = resolve(analysis, clause, mention, [])
        if attacker is not None:
            agents.append(attacker)
    for slot in sorted(proposal.slots, key=lambda s: s.role is Role.PATIENT):
        people = slot.role is Role.PATIENT and proposal.event_type is EventType.EVACUATION
        people = people and proposal.subtype != "order"
        actor = _own_staff(clause, slot, agents) if people else None
        foes = agents if slot.role is Role.PATIENT else _named_patients(proposal)
        actor = actor or resolve(analysis, clause, slot.mention, foes, people)
        if actor is None or (slot.role is Role.AGENT and actor in foes and not slot.mention.who):
            continue
        if slot.role is Role.AGENT and actor.side is Side.FIRM and actor.who == UNKNOWN_WHO:
            continue
        actor = _fitting(proposal, slot, actor, analysis.scene.place)
        if slot.role is Role.PATIENT and proposal.event_type is not EventType.EVACUATION and actor in agents:
            continue
        if slot.role is Role.AGENT:
            agents.append(actor)
            if proposal.event_type is not EventType.EVACUATION:
                analysis.scene.last_attacker = actor
        denied = modality is Modality.ACTUAL and slot.role is Role.AGENT and actor.who in denying
        told = Modality.DENIED if denied else modality
        yield _candidate(clause, proposal, slot, actor, told, time if analysis.day else None)
    for role, actor in _of_invasion(analysis, proposal):
        named = Slot(role, Mention("episode", actor.who, actor.side, actor.actor_id, proposal.token))
        yield _candidate(clause, proposal, named, actor, modality, time if analysis.day else None)


def _time(analysis: Analysis, proposal: Proposal) -> Time | None:
    """When an event was; its victims died then, but not those who "have been killed since"."""
    clause, times = proposal.clause, analysis.times(proposal.clause.index)
    time = bound_time(clause, proposal.token, times)
    if time is not None or not proposal.rule.startswith("victims:"):
        return time
    harm = next(c for c in clause.chunks if c.i <= proposal.token < c.j)
    if isinstance(harm, VerbGroup) and harm.perfect:
        return None
    return bound_time(clause, clause.chunks[proposal.at].j - 1, times)


def _named_patients(proposal: Proposal) -> list[Actor]:
    """The armed actors that an attack names as attacked: none of them is the nameless attacker."""
    if proposal.event_type is EventType.EVACUATION:
        return []
    found = [s.mention for s in proposal.slots if s.role is Role.PATIENT and s.mention.who]
    return [Actor(m.actor_id, m.who, m.side) for m in found if m.side in (Side.STATE, Side.ARMED)]


_INVASION = ("noun:invasion", "noun:full-scale invasion", "verb:invade")


def _own_staff(clause: Clause, slot: Slot, agents: list[Actor]) -> Actor | None:
    """Staff and troops of no named country are the organiser's own: "Iran evacuated personnel from Syria"."""
    mention = slot.mention
    if mention.role is None or mention.own or mention.elsewhere or mention.side is not Side.STATE:
        return None
    readings = (r for c, r in zip(clause.chunks, clause.readings, strict=True) if c.i <= mention.token < c.j)
    if any(r is not None and r.mention is not None and r.mention.who for r in readings):
        return None
    return next((agent for agent in agents if agent.side is Side.STATE), None)


def _fitting(proposal: Proposal, slot: Slot, actor: Actor, place: str) -> Actor:
    """A people that attacks or is fought stands for its forces: "they drove out the Ukrainians".

    So do those far from home, as definite as they are: "two of the South Africans were killed by mortar fire"
    in Congo.
    """
    if actor.side is not Side.CIVIL or slot.mention.kind != "people":
        return actor
    event_type = proposal.event_type
    if slot.role is Role.AGENT:
        fights = event_type is not EventType.EVACUATION
    elif event_type is EventType.OFFENSIVE:
        fights = slot.mention.definite
    else:
        fights = event_type is EventType.STRIKE and slot.mention.definite and actor.who != place
    if not fights:
        return actor
    side = Side.ARMED if actor.who == "PSE" else Side.STATE
    return Actor(f"{actor.who}:{side}", actor.who, side)


def _candidate(
    clause: Clause, proposal: Proposal, slot: Slot, actor: Actor, modality: Modality, time: Time | None
) -> Candidate:
    trigger = clause.tokens[proposal.token]
    named = clause.tokens[slot.mention.token]
    return Candidate(
        proposal.event_type,
        proposal.subtype,
        slot.role,
        actor,
        modality,
        (clause.sentence.start, clause.sentence.end),
        (trigger.start, trigger.end),
        (named.start, named.end),
        proposal.rule,
        event_day(time),
    )


def _modality(analysis: Analysis, proposal: Proposal, time: Time | None) -> Modality | None:
    if not analysis.vocabulary.has(Feature.MODALITY):
        return Modality.ACTUAL
    walk = ModalityWalk(analysis.vocabulary, proposal.clause)
    if proposal.verb:
        walk.over_verb(proposal.at)
    else:
        walk.over_noun(proposal.at, proposal.light)
    lows = proposal.clause.lows(0, len(proposal.clause.tokens))
    modality = walk.result(time, analysis.now, lows)
    governing, sets = _lemma_at(proposal, walk.governor), analysis.vocabulary.sets
    if modality is Modality.ACTUAL:
        fetches = proposal.event_type is EventType.EVACUATION and governing in sets["fetching_verb"]
        modality = Modality.PLANNED if walk.purpose and not fetches else proposal.hint or modality
    if modality is Modality.NEGATED and _was_tried(analysis, proposal, walk):
        modality = Modality.ACTUAL
    if modality is Modality.ACTUAL and time is not None and proposal.subtype == "capture":
        modality = Modality.PAST if is_past(time._replace(since=False), analysis.now) else modality
    if modality is Modality.ACTUAL and time is None:
        modality = _of_episode(analysis, proposal) or modality
    given = modality in _ASKED and governing not in sets["force_verb"] and _is_given(proposal, walk.governor)
    return Modality.ACTUAL if given else modality


def _was_tried(analysis: Analysis, proposal: Proposal, walk: ModalityWalk) -> bool:
    """Whether an attack is negated only as failed: "failed to dislodge the rebels" took place."""
    form = proposal.clause.tokens[walk.governor].form
    verb = proposal.clause.chunks[proposal.at]
    if (
        form is None
        or proposal.event_type is not EventType.OFFENSIVE
        or proposal.subtype != "operation"
        or walk.values != {Modality.NEGATED}
    ):
        return False
    infinitive = isinstance(verb, VerbGroup) and verb.infinitive and not verb.negated
    return infinitive and form.lemma in analysis.vocabulary.sets["stall_verb"]


def _lemma_at(proposal: Proposal, token: int) -> str:
    groups = (c for c in proposal.clause.chunks if isinstance(c, VerbGroup) and token and c.i == token)
    return next((group.lemma for group in groups), "")


def _of_episode(analysis: Analysis, proposal: Proposal) -> Modality | None:
    """What an undated event is that is an episode of another time: "the Iraqi invasion of Kuwait"."""
    told = _episodes(analysis, proposal)
    if not told:
        return None
    starting = tells_start(proposal.clause, proposal.at, proposal.light)
    return modality_of(told, analysis.now, analysis.now - PAST_AFTER, starting)


def _episodes(analysis: Analysis, proposal: Proposal) -> list[Episode]:
    """The known invasions and campaigns that an event may be, by its word, its agents and its place."""
    clause = proposal.clause
    places = [clause.readings[a.at] for a in attached(clause, proposal.at) if a.prep in _TARGET | {"of"}]
    target = object_of(clause, proposal.at) if proposal.verb else None
    places += [clause.readings[target]] if target is not None else []
    reading = clause.readings[proposal.at]
    rule = reading.trigger.rule if reading is not None and reading.trigger is not None else proposal.rule
    agents = [s.mention for s in proposal.slots if s.role is Role.AGENT] + list(proposal.attackers)
    patients = [s.mention.who for s in proposal.slots if s.role is Role.PATIENT]
    countries = frozenset([r.place for r in places if r and r.place] + [who for who in patients if who])
    if not countries:
        countries = analysis.scene.countries if agents or proposal.rule.startswith(_INVASION) else countries
    return episodes_told(
        analysis.vocabulary.episodes,
        proposal.event_type,
        rule,
        frozenset(m.who or "?" for m in agents),
        countries,
    )


def _of_invasion(analysis: Analysis, proposal: Proposal) -> Iterator[tuple[Role, Actor]]:
    """Who invades whom where an invasion under way is named without it: "the invasion"."""
    if not proposal.rule.startswith(_INVASION):
        return
    under_way = [e for e in _episodes(analysis, proposal) if e.last is None and e.first <= analysis.now]
    told = {slot.role for slot in proposal.slots}
    if len(under_way) != 1 or under_way[0].country not in analysis.scene.countries:
        return
    invaders = under_way[0].agents & analysis.scene.countries
    if Role.AGENT not in told and len(invaders) == 1:
        yield Role.AGENT, of_country(next(iter(invaders)), Side.STATE)
    if Role.PATIENT not in told:
        yield Role.PATIENT, of_country(under_way[0].country, Side.STATE)


def _is_given(proposal: Proposal, governor: int) -> bool:
    """Whether an order to leave was given: it names who must leave, or before `governor` who gave it."""
    return proposal.subtype == "order" and any(
        slot.role is Role.PATIENT or not governor or slot.mention.token < governor for slot in proposal.slots
    )


_ASKED = (Modality.DEMANDED, Modality.PLANNED, Modality.HYPOTHETICAL)
"""What an order to leave asks for; the order itself is given."""
