"""Events that verbs report."""

from collections.abc import Callable, Mapping

from schemas.event import EventType
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.frames import attacks, checks, clashes, ground, leaving, orders, pending
from transforms.logic.coding.frames.proposals import Proposal
from transforms.logic.coding.frames.uses import Slots, Use, find_use
from transforms.logic.coding.vocabulary import Particle, VerbFrame, Vocabulary

_REACH = 12
"""Words behind a verb in which a particle, of up to four words, may stand."""

_UNARMED = frozenset(("sexually", "verbally"))
"""How people are assaulted or attacked who are in no war."""


def propose_verb(vocabulary: Vocabulary, clause: Clause, at: int) -> Proposal | None:
    """What the verb group at chunk `at` reports, by the first frame of its verb that fits."""
    verb = clause.chunks[at]
    assert isinstance(verb, VerbGroup)
    unarmed = verb.verb > 0 and clause.tokens[verb.verb - 1].low in _UNARMED
    frames = () if unarmed else vocabulary.verb_frames.get(verb.lemma, ())
    lows = clause.lows(verb.j, verb.j + _REACH) if frames else []
    found: Use | None = None
    for frame in frames:
        if not _particle_fits(clause, verb.j, lows, frame):
            continue
        found = found or find_use(vocabulary, clause, at, verb, frame)
        use = found if found.frame is frame else found._replace(frame=frame)
        if not frame.block.isdisjoint(use.after(8) + use.target_words()):
            continue
        slots = FRAMES[frame.frame](use)
        if slots is not None:
            ordered = frame.event_type is EventType.EVACUATION and orders.is_ordered(
                vocabulary, clause, at, slots
            )
            event_type, subtype = checks.refined(
                vocabulary, use.clause, frame, use.subject if not use.passive else None, use.after(8)
            )
            subtype = "order" if ordered else subtype
            return Proposal(
                clause,
                event_type,
                subtype,
                frame.rule,
                at,
                verb.verb,
                True,
                None,
                tuple(slots),
                hint=pending.hint(use),
            )
    return None


def _particle_fits(clause: Clause, at: int, lows: list[str], frame: VerbFrame) -> bool:
    """Whether one of the particles stands in `lows`, the words from token `at` behind the verb."""
    if not frame.particles:
        return True
    return any(
        particle.words[0] in lows and _follows(clause, at, lows, particle) for particle in frame.particles
    )


def _follows(clause: Clause, at: int, lows: list[str], particle: Particle) -> bool:
    words = list(particle.words)
    n = len(words)
    reach = 8 if particle.gap else 3
    for k in range(min(reach, len(lows) - n + 1)):
        if lows[k : k + n] == words:
            return (
                particle.gap
                or k == 0
                or (all(clause.tokens[at + i].cls in "DBN" for i in range(k)) and n > 1 and k <= 2)
            )
    return False


FRAMES: Mapping[str, Callable[[Use], Slots]] = {
    "attack": attacks.attack,
    "pound": attacks.pound,
    "fire": attacks.fire,
    "land": attacks.land,
    "kill": attacks.kill,
    "expel": clashes.expel,
    "repel": clashes.repel,
    "openfire": clashes.openfire,
    "cross": ground.cross,
    "ring": ground.ring,
    "flag": ground.flag,
    "exchange": clashes.exchange,
    "capture": ground.capture,
    "clear": ground.clear,
    "lose": ground.lose,
    "fall": ground.fall,
    "advance": ground.advance,
    "enter": ground.enter,
    "send": ground.send,
    "evacuate": leaving.evacuate,
    "bring": leaving.bring,
    "withdraw": leaving.withdraw,
    "mission": leaving.mission,
    "vacate": leaving.vacate,
    "leave": leaving.leave,
    "ordered": leaving.ordered,
    "clearout": leaving.clearout,
}
"""What each `frame` of `verbs.tsv` does: slots of a use, or None when it is not that event."""
