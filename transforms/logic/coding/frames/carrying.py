"""What carries an event noun, and what kind of event it then is."""

from schemas.event import EventType
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.frames import checks
from transforms.logic.coding.frames.nouns import Noun
from transforms.logic.coding.subjects import subject_of
from transforms.logic.coding.vocabulary import Vocabulary

_SERIES = frozenset(
    ("campaign", "round", "rounds", "spate", "barrage", "succession", "flurry", "volley", "salvo")
)
_PARTICLES = frozenset(("up", "off", "out", "over", "under", "with", "to", "in", "into", "on", "by", "of"))


def carrier_of(vocabulary: Vocabulary, clause: Clause, at: int) -> tuple[int | None, bool]:
    """The verb that carries the noun: one that has it as object, else one that has it as subject."""
    k = at - 1
    while clause.kind(k) in ("B", "L", '"'):
        k -= 1
    counted = clause.readings[k - 1] if clause.low(k) == "of" and clause.kind(k - 1) == "NP" else None
    if counted is not None and (counted.is_quantity or clause.low(k - 1) in _SERIES):
        return carrier_of(vocabulary, clause, k - 1)
    if clause.kind(k) == "P" and clause.low(k) in _PARTICLES and clause.kind(k - 1) in ("VG", "B"):
        k -= 1
        while clause.kind(k) == "B":
            k -= 1
    if clause.low(k) == "in" and clause.low(k - 1) == "part" and clause.kind(k - 2) == "VG":
        return k - 2, False
    if clause.kind(k) == "VG":
        return k, False
    for k in range(at + 1, min(at + 9, len(clause.chunks))):
        chunk = clause.chunks[k]
        if isinstance(chunk, VerbGroup) and not chunk.infinitive:
            if chunk.lemma == "take" and clause.low(k + 1) == "into":
                return None, False
            if subject_of(vocabulary, clause, k) == at or k == at + 1:
                return k, True
            return None, False
        if clause.kind(k) in (";", "S"):
            break
    return None, False


def refined_noun(noun: Noun) -> tuple[EventType, str]:
    """The type and subtype of an event noun: an attack that bombs is a strike."""
    subject = None
    verb = noun.carried_by()
    if verb is not None and noun.carrier is not None and not noun.is_subject and not verb.passive:
        subject = subject_of(noun.vocabulary, noun.clause, noun.carrier)
    event_type, subtype = checks.refined(
        noun.vocabulary,
        noun.clause,
        noun.frame,
        subject,
        noun.clause.lows(noun.reading.trigger_at + 1, noun.reading.trigger_at + 8),
        noun.clause.lows(noun.group.i, noun.reading.trigger_at),
    )
    if event_type is EventType.OFFENSIVE and noun.is_subject and verb is not None and not verb.passive:
        frames = noun.vocabulary.verb_frames.get(verb.lemma, ())
        if any(f.event_type is EventType.STRIKE and f.frame == "attack" for f in frames):
            return EventType.STRIKE, "air"
    return event_type, subtype
