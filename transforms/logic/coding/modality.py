"""How an event is reported: the strongest value on the way up from its word to the main verb."""

from datetime import date

from schemas.event import Modality
from transforms.logic.coding.chunks import Chunk, VerbGroup
from transforms.logic.coding.days import Time, is_background, is_past
from transforms.logic.coding.governing import OF, VerbWalk

STRENGTH = (
    Modality.DENIED,
    Modality.NEGATED,
    Modality.HYPOTHETICAL,
    Modality.DEMANDED,
    Modality.PLANNED,
    Modality.PAST,
)
"""The stronger value first: it wins when several stand over one event."""
_HAPPENED = frozenset("after since following during before despite amid with until in from by".split())


_DEGREES = frozenset(("long", "very", "highly", "badly", "desperately", "most"))
_LINKING = frozenset(("of", "on", "against", "in", "into", "by", "from"))
"""Prepositions between an event noun and its predicate."""


class ModalityWalk(VerbWalk):
    """Collects the values over one event, a verb or a noun. One use per event."""

    def over_noun(self, at: int, light: int | None) -> None:
        """Walk up from the event noun in chunk `at`; `light` is the verb beside it, if any."""
        lows = self._clause.group_lows(at)
        for low in lows:
            self._add(self._vocabulary.govern_adjectives.get(low))
            if low in ("no", "neither"):
                self.values.add(Modality.NEGATED)
            elif low == "any":
                self.values.add(Modality.HYPOTHETICAL)
        self._over_predicate(at)
        q = self._left(at)
        if self._clause.kind(q) == "P":
            if self._clause.low(q) == "without":
                self.values.add(Modality.NEGATED)
            if self._clause.low(q) in OF:
                self._over_preposition(q)
        carrier = light if light is not None else q
        verb = self._clause.chunks[carrier] if carrier >= 0 else None
        if isinstance(verb, VerbGroup):
            self._over_carrier(at, carrier, verb)
        if light is None or light > at:
            self._over_clause(at)
        if (
            not self._vocabulary.sets["talked_of"].isdisjoint(lows)
            and not self.values
            and not self._took_place(at, q, verb)
        ):
            self.values.add(Modality.PLANNED)

    def _over_predicate(self, at: int) -> None:
        """ "The invasion of X is imminent", "describes an attack as likely"."""
        k = at + 1
        while (
            self._clause.kind(k) == "P"
            and self._clause.kind(k + 1) == "NP"
            and self._clause.low(k) in _LINKING
        ):
            k += 2
        verb = self._clause.chunks[k] if self._clause.kind(k) == "VG" else None
        copula = isinstance(verb, VerbGroup) and verb.lemma in (
            "be",
            "seem",
            "appear",
            "look",
            "become",
            "remain",
        )
        if copula or self._clause.low(k) == "as" or self._clause.kind(k) in ("!", '"'):
            k += 1
        while self._clause.kind(k) in ("B", '"', "!"):
            k += 1
        value = self._vocabulary.govern_adjectives.get(self._clause.low(k)) if k > at + 1 else None
        group = self._clause.group_lows(k) if value is not None else []
        if len(group) == 1 or (len(group) == 2 and group[0] in _DEGREES):
            self._add(value)

    def _took_place(self, at: int, q: int, verb: Chunk | None) -> bool:
        """Whether a noun that mostly names what is talked of has happened: "after the withdrawal"."""
        if self.goes_on or (self._clause.kind(q) == "P" and self._clause.low(q) in _HAPPENED):
            return True
        if not isinstance(verb, VerbGroup) or verb.lemma == "announce":
            return False
        words = self._vocabulary
        return (
            verb.lemma in words.light
            or verb.lemma in words.sets["occur_verb"]
            or verb.lemma in words.sets["witness_verb"]
        )

    def _over_carrier(self, at: int, carrier: int, verb: VerbGroup) -> None:
        """The verb beside the noun speaks for the event if it carries it, or if the event is new."""
        words = self._vocabulary
        definite = self._is_definite(at)
        if verb.lemma in words.sets["aspect_verb"]:
            self.goes_on |= definite or verb.negated
        value = words.govern_verbs.get(verb.lemma)
        if value == Modality.DEMANDED and verb.lemma in words.light:
            value = Modality.ACTUAL
        if value is not None and not self.goes_on:
            self._add(value)
        occurs = (
            value is not None
            or verb.lemma in words.light
            or verb.lemma in words.sets["occur_verb"]
            or verb.lemma in words.sets["enabling_verb"]
        )
        if occurs or not definite:
            self.over_verb(carrier)
        if not occurs:
            self.purpose = False

    def _is_definite(self, at: int) -> bool:
        """Whether the noun speaks of a known event: "the attack", "Israel's attack"."""
        group = self._clause.chunks[at]
        return bool(getattr(group, "possessor", None)) or not self._vocabulary.sets["definite"].isdisjoint(
            self._clause.group_lows(at)
        )

    def result(self, time: Time | None, day: date | None, lows: list[str]) -> Modality:
        """The modality, given the time that the event is bound to."""
        values = set(self.values)
        if self.goes_on:
            values -= {Modality.NEGATED, Modality.HYPOTHETICAL, Modality.DEMANDED}
        if is_background(lows) if time is None else day is not None and is_past(time, day):
            values.add(Modality.PAST)
        for value in STRENGTH:
            if value in values:
                return value
        return Modality.ACTUAL
