"""What the lexicon's triggers ask of a sentence before it is worth reading, and the words that answer."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schemas.event import EventType, Side
from schemas.lexicon import Name, NameKind, RoleClass, RoleNoun
from transforms.logic.coding.vocabulary import NounFrame, VerbFrame, Vocabulary

_SPACES = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))
_WAR, _PEOPLE, _WEAPON, _ORDER = 1, 2, 4, 8
"""Kinds of cues: of forces, fighters and danger, of people, of weapons, of orders."""
_ARMED_FRAMES = frozenset(("fire", "land", "kill", "exchange"))
"""Frames that fit nothing without a weapon in the sentence."""


class Demand(NamedTuple):
    """What a trigger asks of its sentence: a cue of one of these kinds (0 for none) and words around it.

    One of the word groups `behind` must follow, at once if `close`; `before` must stand a few words before.
    """

    cues: int = 0
    behind: tuple[str, ...] = ()
    close: bool = False
    before: str = ""


def spaced_words(words: str) -> str:
    """Words with a blank for all that is no ASCII letter or digit, and one around them."""
    return f" {words.encode('ascii', 'replace').translate(_SPACES).decode('ascii')} "


_ALONE = Demand()


def demands_of_triggers(vocabulary: Vocabulary) -> dict[str, tuple[Demand, ...]]:
    """The demands of each padded surface: forms of verbs that have frames, and nouns that are events."""
    found: dict[str, tuple[Demand, ...]] = {}
    by_lemma = {
        lemma: _demands(vocabulary, lemma, frames) for lemma, frames in vocabulary.verb_frames.items()
    }
    for form, verb in vocabulary.verbs.items():
        if verb.lemma in by_lemma:
            found[spaced_words(form)] = by_lemma[verb.lemma]
    for phrases in vocabulary.phrases.values():
        for phrase in phrases:
            if phrase.frame is not None:
                surface = spaced_words(" ".join(phrase.words))
                found[surface] = _merged((*found.get(surface, ()), *_of_noun(phrase.frame)))
    return found


def _demands(vocabulary: Vocabulary, lemma: str, frames: Iterable[VerbFrame]) -> tuple[Demand, ...]:
    """What the frames of a verb ask for; a single demand for nothing if one of them asks for nothing."""
    weak = lemma in vocabulary.sets["weak_trigger"]
    return _merged(demand for frame in frames for demand in _of_frame(frame, weak))


def _merged(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    found = dict.fromkeys(demands)
    return (_ALONE,) if _ALONE in found else tuple(found)


def _of_noun(frame: NounFrame) -> tuple[Demand, ...]:
    """What an event noun asks for: what is captured, and a force or a foe where it is a campaign."""
    if frame.frame == "capture":
        return (Demand(behind=(" of ",)),)
    return (Demand(_WAR), Demand(behind=(" against ", " on "))) if frame.frame == "campaign" else (_ALONE,)


def _of_frame(frame: VerbFrame, weak: bool) -> Iterator[Demand]:
    """The demands of a frame: a cue and its particles; those of several words spare a weak verb the cue."""
    firm, usual = _kinds(frame)
    cues = usual if weak else firm
    before = " to " if frame.frame == "ordered" else ""
    if not frame.particles:
        yield Demand(cues, before=before)
    if frame.frame == "ordered":
        yield from (Demand(cues | _PEOPLE, before=before) for before in (" must ", " should "))
    loose = tuple(spaced_words(" ".join(p.words)) for p in frame.particles if p.gap)
    close = tuple(spaced_words(p.words[0]) for p in frame.particles if not p.gap and len(p.words) == 1)
    several = tuple(
        spaced_words(" ".join(p.words)) for p in frame.particles if not p.gap and len(p.words) > 1
    )
    if loose:
        yield Demand(cues, loose, before=before)
    if close:
        yield Demand(cues, close, close=True, before=before)
    if several:
        yield Demand(firm, several, before=before)


def _kinds(frame: VerbFrame) -> tuple[int, int]:
    """The kinds of cues without which a frame fits nothing, and those that a weak verb needs under it."""
    if frame.frame in _ARMED_FRAMES:
        return _WEAPON, _WEAPON
    if frame.frame == "ordered":
        return _ORDER, _ORDER
    people = frame.event_type is EventType.EVACUATION and frame.frame != "leave"
    return 0, _WAR | _PEOPLE if people else _WAR


def kinds_of_cues(vocabulary: Vocabulary) -> dict[str, int]:
    """Words that make a trigger worth a look, by what they speak of."""
    sets = vocabulary.sets
    found: dict[str, int] = {}
    for kind, words in (
        (_WAR, vocabulary.cues),
        (_WEAPON, sets["projectile"] | sets["ordnance"] | sets["weaponish"] | {"fire", "blows"}),
        (_ORDER, sets["order_noun"] | _ordering(vocabulary)),
        (_WAR | _PEOPLE, vocabulary.contexts),
        *((_of_role(role), (surface,)) for surface, role in vocabulary.lexicon.roles.items()),
        *((_of_name(vocabulary, name), (name.surface,)) for name in vocabulary.lexicon.names),
        *((_WEAPON, (surface,)) for surface in _strikes(vocabulary)),
    ):
        for word in (spaced_words(word.lower()) for word in words):
            found[word] = found.get(word, 0) | kind
    return {word: kind for word, kind in found.items() if kind}


def _of_role(role: RoleNoun) -> int:
    kind = _PEOPLE if role.cls in (RoleClass.PEOPLE, RoleClass.STAFF) else 0
    if role.side is Side.IGO:
        kind = _WAR | _PEOPLE
    return kind | (_WEAPON if role.cls is RoleClass.WEAPON else 0)


def _of_name(vocabulary: Vocabulary, name: Name) -> int:
    low = name.surface.lower()
    people = name.kind is NameKind.PEOPLE and low.endswith("s")
    armed = name.side is Side.ARMED and not (name.case_sensitive and low in vocabulary.classes)
    return _WAR | _PEOPLE if people or armed else 0


def _ordering(vocabulary: Vocabulary) -> set[str]:
    """The forms of verbs that order, force or let people go."""
    sets = vocabulary.sets
    lemmas = sets["order_verb"] | sets["force_verb"] | {"give"}
    return {form for form, verb in vocabulary.verbs.items() if verb.lemma in lemmas} | lemmas


def _strikes(vocabulary: Vocabulary) -> Iterator[str]:
    for phrases in vocabulary.phrases.values():
        for phrase in phrases:
            if phrase.frame is not None and phrase.frame.event_type is EventType.STRIKE:
                yield " ".join(phrase.words)
