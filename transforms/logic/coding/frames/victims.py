"""People killed or hurt in a strike or an attack: patients of it."""

from collections.abc import Sequence

from schemas.event import EventType, Role, Side
from transforms.logic.coding.arguments import all_mentions, behind
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause, object_of
from transforms.logic.coding.frames import checks, evacuees
from transforms.logic.coding.frames.proposals import Proposal, patients_of
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.subjects import subject_of
from transforms.logic.coding.vocabulary import Vocabulary

_HARM = frozenset(
    ("kill", "wound", "injure", "die", "maim", "hurt", "slaughter", "massacre", "martyr", "leave")
)
_CAUSE = frozenset(("in", "by", "during", "from", "after", "when", "with", "as"))
_OPENING = 5
"""How many chunks a sentence may take to come to its count of casualties."""

_WARS = frozenset("war conflict uprising revolution insurgency crisis fighting violence unrest".split())
_SPANS = frozenset("since began started erupted outbreak start beginning".split())
_LEADING = frozenset(("lead", "cause", "result", "bring"))
"""Verbs whose subject is what people die of."""
_NOBODY = frozenset(("no", "none", "nobody", "no-one"))
_COUNTED = frozenset(("them", "those", "us", "others", "another"))
"""Pronouns of victims that only say how many there are."""
_ACTING = frozenset(("actor", "member", "role", "country"))
_HARMED = frozenset(("dead", "killed", "wounded", "injured"))


def propose_victims(vocabulary: Vocabulary, clause: Clause, events: Sequence[Proposal]) -> list[Proposal]:
    """The victims that a sentence names, of the strike or attack that it reports (`events`)."""
    violent = [e for e in events if e.event_type is not EventType.EVACUATION]
    found = []
    for k, chunk in enumerate(clause.chunks):
        if violent and clause.kind(k) == "NP" and clause.low(k) in vocabulary.sets["death_noun"]:
            found += _lost(vocabulary, clause, k, violent)
        if isinstance(chunk, VerbGroup) and violent:
            whom = _suffering(vocabulary, clause, k, chunk)
            cause = _cause(vocabulary, clause, k, violent) if whom else None
            if cause is not None and not (_only_counted(whom) and _fighters_before(found, cause)):
                doers = tuple(s.mention for s in cause.slots if s.role is Role.AGENT)
                found.append(_victims(cause, clause, chunk.lemma, cause.at, whom, doers, chunk.verb))
    return found


def _only_counted(whom: list[Mention]) -> bool:
    """Whether victims are counted without a word of who they are: "and many more were wounded"."""
    return all(m.low == "residents" and not m.who for m in whom)


def _fighters_before(found: list[Proposal], cause: Proposal) -> bool:
    """Whether the sentence has fighters as victims of this event: those counted after are fighters too."""
    return any(
        slot.mention.side is not Side.CIVIL
        for proposal in found
        if proposal.event_type is cause.event_type
        for slot in proposal.slots
    )


def _lost(vocabulary: Vocabulary, clause: Clause, at: int, violent: Sequence[Proposal]) -> list[Proposal]:
    """ "The deaths of 735 civilians in its strikes": the dead of an event that stands behind."""
    counted = clause.low(at + 1) == "of" and clause.kind(at + 2) == "NP"
    if not counted and not clause.low(at).endswith("toll"):
        return []
    group = clause.chunks[at]
    whom = (
        _people(vocabulary, clause, at + 2, back=False)
        if counted
        else [evacuees.people_at(vocabulary, group.i)]
    )
    near = {k for _, k in behind(clause, at, _CAUSE)}
    verb = clause.chunks[at - 2] if at > 1 and clause.kind(at - 1) == "P" else clause.chunks[at - 1]
    if isinstance(verb, VerbGroup) and verb.lemma in _LEADING:
        near.add(subject_of(vocabulary, clause, at - 2 if clause.kind(at - 1) == "P" else at - 1) or -1)
    cause = next((e for e in violent if e.at in near), None)
    if not whom or cause is None:
        return []
    doers = tuple(s.mention for s in cause.slots if s.role is Role.AGENT)
    found = cause._replace(
        rule="victims:death", slots=tuple(patients_of(whom)), attackers=doers, light=cause.light
    )
    return [found]


def propose_later_victims(
    vocabulary: Vocabulary, clause: Clause, events: Sequence[Proposal]
) -> list[Proposal]:
    """The victims that a sentence counts at its start, of the strike that the sentence before it reports.

    "Saudi jets bombed a market in Saada. Nineteen people were killed": the people are struck.
    """
    cause = next((e for e in reversed(events) if e.event_type is EventType.STRIKE), None)
    if cause is None or _tells_another(vocabulary, clause):
        return []
    known = clause.readings[0] if clause.chunks else None
    told = known is not None and known.trigger is not None
    for k, chunk in enumerate(clause.chunks[: 2 * _OPENING if told else _OPENING]):
        if clause.kind(k) == "NP" and clause.low(k).endswith("toll"):
            people = [evacuees.people_at(vocabulary, chunk.i)]
            return [_victims(cause, clause, "toll", k, people, _named_doers(cause, chunk.i))]
        if isinstance(chunk, VerbGroup) and not chunk.modal and not chunk.negated:
            harms = chunk.lemma in _HARM
            if harms and _killed_by_other(clause, k, subject_of(vocabulary, clause, k), cause):
                continue
            whom = _suffering(vocabulary, clause, k, chunk)
            doers = _named_doers(cause, chunk.verb)
            return [_victims(cause, clause, chunk.lemma, k, whom, doers)] if whom else []
    return []


def _tells_another(vocabulary: Vocabulary, clause: Clause) -> bool:
    """Whether a sentence speaks of another attack than "the attack" told before, or of a whole war."""
    words = clause.words
    if not _WARS.isdisjoint(words) and not _SPANS.isdisjoint(words):
        return True
    return any(
        reading is not None
        and reading.trigger is not None
        and vocabulary.sets["definite"].isdisjoint(clause.group_lows(k)[:1])
        for k, reading in enumerate(clause.readings)
    )


def _named_doers(cause: Proposal, token: int) -> tuple[Mention, ...]:
    """The named agents of an event as if they stood at `token` of the next sentence."""
    doers = (s.mention for s in cause.slots if s.role is Role.AGENT and s.mention.who)
    return tuple(m._replace(token=token) for m in doers)


def _victims(
    cause: Proposal,
    clause: Clause,
    word: str,
    at: int,
    whom: list[Mention],
    doers: tuple[Mention, ...],
    token: int | None = None,
) -> Proposal:
    told = clause.chunks[at]
    verb, light = isinstance(told, VerbGroup), None
    if token is None:
        token = told.verb if isinstance(told, VerbGroup) else told.j - 1
    else:
        verb, light = cause.verb, cause.light
    return Proposal(
        clause,
        cause.event_type,
        cause.subtype,
        f"victims:{word}",
        at,
        token,
        verb,
        light,
        tuple(patients_of(whom)),
        doers,
    )


def _suffering(vocabulary: Vocabulary, clause: Clause, at: int, verb: VerbGroup) -> list[Mention]:
    """Who is hurt by what the verb at `at` says."""
    if verb.lemma in _HARM:
        return _harmed(vocabulary, clause, at, verb)
    casualty = vocabulary.sets["casualty"]
    if verb.lemma == "be" and clause.low(at + 1) in ("among", "amongst") and clause.low(at + 2) in casualty:
        return _people(vocabulary, clause, subject_of(vocabulary, clause, at), back=True)
    if verb.lemma == "include" and clause.low(at - 1) in casualty:
        return _people(vocabulary, clause, object_of(clause, at), back=False)
    if verb.lemma in vocabulary.sets["body_verb"]:
        target = subject_of(vocabulary, clause, at) if verb.passive else object_of(clause, at)
        return _bodies(vocabulary, clause, target)
    return []


def _bodies(vocabulary: Vocabulary, clause: Clause, target: int | None) -> list[Mention]:
    """ "pulled eleven bodies from the rubble": people of the place."""
    if target is None or clause.low(target) not in vocabulary.sets["body_word"]:
        return []
    group = clause.chunks[target]
    counted = any(t.cls == "#" for t in clause.tokens[group.i : group.j])
    return [evacuees.people_at(vocabulary, group.i)] if counted else []


def _people(vocabulary: Vocabulary, clause: Clause, target: int | None, back: bool) -> list[Mention]:
    """Those of a group who can be hurt; those only counted are people of the place."""
    if target is None:
        return []
    found = [m for m in all_mentions(clause, target, back) if m.kind not in ("country", "capital", "leader")]
    if not found and checks.counts_people(vocabulary, clause, target):
        return [evacuees.people_at(vocabulary, clause.chunks[target].i)]
    return found


def _cause(vocabulary: Vocabulary, clause: Clause, at: int, events: Sequence[Proposal]) -> Proposal | None:
    """The event that did the harm: behind "in" or "by", or the subject, else a strike, else an attack."""
    subject = subject_of(vocabulary, clause, at)
    near = {k for _, k in behind(clause, at, _CAUSE)} | {subject}
    for event in events:
        if event.at in near:
            return event
    events = [e for e in events if not _killed_by_other(clause, at, subject, e)]
    verb = clause.chunks[at]
    hangs = isinstance(verb, VerbGroup) and verb.gerund and clause.kind(at - 1) in (",", "C")
    if hangs or (clause.kind(at - 1) == "W" and clause.low(at - 1) in ("which", "that")):
        before = [e for e in events if e.at < at]
        if before:
            return max(before, key=lambda e: e.at)
    for event in events:
        if event.event_type is EventType.STRIKE:
            return event
    for event in events:
        if event.subtype == "operation" and any(s.role is Role.AGENT for s in event.slots):
            return event
    return None


def _killed_by_other(clause: Clause, at: int, subject: int | None, event: Proposal) -> bool:
    """Whether somebody else than the agents of an event is said to kill: no victims of it."""
    verb = clause.chunks[at]
    assert isinstance(verb, VerbGroup)
    suffered = verb.passive or (verb.reduced and object_of(clause, at) is None)
    if subject is None or suffered or verb.gerund or verb.lemma in ("die", "leave", "be"):
        return False
    killers = [m for m in all_mentions(clause, subject, back=True) if m.kind in _ACTING and m.who]
    doers = {(s.mention.who, s.mention.side) for s in event.slots if s.role is Role.AGENT and s.mention.who}
    return bool(killers) and doers.isdisjoint((m.who, m.side) for m in killers)


def _harmed(vocabulary: Vocabulary, clause: Clause, at: int, verb: VerbGroup) -> list[Mention]:
    if verb.lemma == "leave" and _HARMED.isdisjoint(clause.lows(verb.j, verb.j + 8)):
        return []
    if (
        verb.passive
        or verb.lemma == "die"
        or (verb.reduced and _next_word(clause, at) in ("in", "by", "when", "during"))
    ):
        target = subject_of(vocabulary, clause, at)
        if verb.reduced and not verb.passive and verb.lemma != "die":
            target = at - 1 if clause.kind(at - 1) == "NP" else target
        back = True
    else:
        target = object_of(clause, at)
        if target is None and clause.low(at + 1) in ("and", "or") and clause.kind(at + 2) == "NP":
            target = at + 2 if " ".join(clause.group_lows(at + 2)).split(" ")[0] in _HARMED else None
        back = False
    if target is None:
        return []
    included = _included(clause, target)
    found = [m for m in all_mentions(clause, target, back) if m.kind not in ("country", "capital", "leader")]
    if included and any(m.side is not Side.CIVIL for m in included):
        return included
    if not _NOBODY.isdisjoint(clause.group_lows(target)[:1]):
        return []
    found = [m for m in found if not (m.kind == "pronoun" and m.low in _COUNTED)]
    if not found and (
        checks.counts_people(vocabulary, clause, target) or _is_person(vocabulary, clause, target)
    ):
        return [evacuees.people_at(vocabulary, clause.chunks[target].i)]
    return found


def _is_person(vocabulary: Vocabulary, clause: Clause, at: int) -> bool:
    """Whether the group at `at` is a name that nobody knows, or somebody's kin."""
    reading, group = clause.readings[at], clause.chunks[at]
    if reading is None or reading.mention is not None or reading.place or reading.trigger is not None:
        return False
    tokens = clause.tokens[group.i : group.j]
    if not tokens:
        return False
    return tokens[-1].low in vocabulary.sets["kin"] or all(t.upper and t.cls == "N" for t in tokens)


def _next_word(clause: Clause, at: int) -> str:
    """The word behind a verb, times passed over: "killed on Thursday in the raid"."""
    k = at + 1
    while clause.kind(k) in ("L", "B") or (clause.kind(k) == "P" and clause.kind(k + 1) == "L"):
        k += 1
    return clause.low(k)


def _included(clause: Clause, at: int) -> list[Mention]:
    """ "14 people, including Iranian fighters": those are the victims that count."""
    for k in range(at + 1, min(at + 7, len(clause.chunks))):
        if clause.low(k) in ("including", "among") and clause.kind(k + 1) == "NP":
            return [
                m for m in all_mentions(clause, k + 1, back=False) if m.kind not in ("country", "capital")
            ]
    return []
