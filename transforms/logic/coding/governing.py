"""What stands over a verb: modals, negation, and the verbs, nouns and conjunctions that govern it."""

from itertools import pairwise

from schemas.event import Modality
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause, over_seen, verb_of_means
from transforms.logic.coding.vocabulary import Vocabulary

_MODALS = {
    "will": Modality.PLANNED,
    "'ll": Modality.PLANNED,
    "shall": Modality.PLANNED,
    "won't": Modality.PLANNED,
    "wont": Modality.PLANNED,
    "should": Modality.DEMANDED,
    "must": Modality.DEMANDED,
    "ought": Modality.DEMANDED,
}
_IF = frozenset(("if", "unless", "whether"))
_HAVE_TO = frozenset(("have", "be", "get"))
_NOT = frozenset(("not", "n't"))
_ONLY = frozenset(("only", "just", "merely", "simply"))
_YET = frozenset(("when", "until", "till", "once", "unless"))
_TOLD = frozenset(("was", "were", "is", "are", "been", "has", "have"))
_INSTEAD = frozenset(("without", "instead of", "rather than", "short of", "far from"))
OF = frozenset(("of", "for", "to", "on", "against", "about", "at", "over", "in"))
_NEAR_ADJECTIVES = frozenset(("of", "for"))


class VerbWalk:
    """Collects the values over one verb, on the way up to the main verb. One use per event.

    `values` are those found; `purpose` tells an infinitive that only says what for, `goes_on` an event that
    is taken for granted, `governor` the token of the verb over an infinitive.
    """

    def __init__(self, vocabulary: Vocabulary, clause: Clause) -> None:
        self._vocabulary = vocabulary
        self._clause = clause
        self.values: set[Modality] = set()
        self.governor = 0
        self.purpose = False
        self.goes_on = False

    def over_verb(self, at: int) -> None:
        """Walk up from the verb group at chunk `at`."""
        k: int | None = at
        hops = 0
        self._over_subject(at)
        while k is not None and hops < 5:
            k = self._step(k)
            hops += 1
        self._over_clause(at)

    def _over_subject(self, at: int) -> None:
        """ "Neither the army nor the rebels withdrew", "no troops have left"."""
        q = self._left(at)
        near = q
        while self._clause.kind(q) in ("NP", "P", "C"):
            first = "".join(self._clause.group_lows(q)[:1])
            if first in ("neither", "none") or (first == "no" and q == near):
                self.values.add(Modality.NEGATED)
            q = self._left(q)

    def _add(self, value: str | None) -> None:
        if value and value != Modality.ACTUAL:
            self.values.add(Modality(value))

    def _step(self, at: int) -> int | None:
        verb = self._clause.chunks[at]
        if not isinstance(verb, VerbGroup):
            return None
        if verb.lemma in self._vocabulary.sets["aspect_verb"]:
            self.goes_on = True
        if verb.negated and not self._is_not_only(verb):
            self.values.add(Modality.NEGATED)
        if verb.modal:
            self._add(self._modal(verb, at))
        over = over_seen(self._clause, at)
        if over is not None:
            return over
        if verb.infinitive:
            return self._over_infinitive(at)
        if verb.gerund:
            return self._over_gerund(at)
        joined = self._joined(at, verb)
        if joined is None:
            return self._over_complement(at)
        first = self._clause.chunks[joined]
        if isinstance(first, VerbGroup) and first.modal:
            self._add(self._modal(first, joined))
            return None
        return self._over_infinitive(joined)

    def _joined(self, at: int, verb: VerbGroup) -> int | None:
        """The verb whose modal or "to" a bare verb listed behind it shares: "must stop and withdraw"."""
        if not self._is_bare(verb) or self._clause.kind(self._left(at)) not in ("C", ","):
            return None
        for k in range(at - 1, -1, -1):
            if self._clause.kind(k) in (";", "S", "W"):
                return None
            before = self._clause.chunks[k]
            if isinstance(before, VerbGroup) and not self._is_bare(before):
                return k if before.modal or before.infinitive else None
        return None

    def _is_bare(self, verb: VerbGroup) -> bool:
        """Whether a verb stands in its base form with nothing but adverbs before it."""
        form = self._clause.tokens[verb.verb].form
        bare = form is not None and "b" in form.tags and not (verb.modal or verb.past or verb.reduced)
        return bare and all(t.cls in "BV" for t in self._clause.tokens[verb.i : verb.j])

    def _is_not_only(self, verb: VerbGroup) -> bool:
        """ "not only attacked ... but": no negation."""
        lows = self._clause.lows(verb.i, verb.j + 1)
        return any(low in _NOT and after in _ONLY for low, after in pairwise(lows))

    def _modal(self, verb: VerbGroup, at: int) -> Modality:
        if verb.modal == "would" and not verb.perfect and self._is_reported(at):
            return Modality.PLANNED
        return _MODALS.get(verb.modal, Modality.HYPOTHETICAL)

    def _is_reported(self, at: int) -> bool:
        for q in range(at - 1, -1, -1):
            chunk = self._clause.chunks[q]
            if isinstance(chunk, VerbGroup):
                return chunk.lemma in self._vocabulary.sets["report_verb"]
        return False

    def _left(self, at: int) -> int:
        q = at - 1
        while q >= 0 and self._clause.kind(q) in ("B", "L", '"'):
            q -= 1
        return q

    def _over_infinitive(self, at: int) -> int | None:
        q = self._left(at)
        if self._clause.kind(q) == "P" and self._clause.kind(q + 1) == "L":
            q = self._left(q)
        kind = self._clause.kind(q)
        if kind == "VG":
            return self._govern(q, at)
        if kind == "NP":
            return self._over_group(q, at)
        if q < 0 or kind == ",":
            self.purpose = True
        return None

    def _govern(self, q: int, at: int) -> int:
        governor = self._clause.chunks[q]
        assert isinstance(governor, VerbGroup)
        lemma = governor.lemma
        self.governor = self.governor or governor.i
        if lemma == "be":
            self.values.add(Modality.PLANNED)
        elif lemma in self._vocabulary.govern_verbs:
            self._add(self._vocabulary.govern_verbs[lemma])
        elif lemma not in _HAVE_TO and lemma not in self._vocabulary.sets["control_verb"]:
            self.purpose = True
        return q

    def _over_group(self, q: int, at: int) -> int | None:
        """An infinitive behind a noun group: "plan to", "ready to", "ordered troops to", or a headline."""
        low = self._clause.low(q)
        words = self._vocabulary
        value = words.govern_adjectives.get(low) or words.govern_nouns.get(low)
        p = self._left(q)
        if value is not None:
            if "no" in self._clause.group_lows(q):
                self.values.add(Modality.NEGATED)
            if not (low == "able" and self._is_done(p)):
                self._add(value)
        while (
            self._clause.kind(p) == "P"
            and (value is None or self._clause.low(p) in ("on", "for", "of"))
            and self._clause.kind(p - 1) in ("VG", "NP")
        ):
            p -= 1
            if self._clause.kind(p) == "NP" and self._clause.kind(p - 1) in ("P", "VG"):
                value = value or words.govern_nouns.get(self._clause.low(p))
                self._add(words.govern_nouns.get(self._clause.low(p)))
                p -= 1
        if self._clause.kind(p) == "VG":
            if value is not None and self._is_be(p):
                return p
            purpose = self.purpose
            k = self._govern(p, at)
            self.purpose = purpose if value is not None else self.purpose
            return k
        if self._clause.kind(p) == "NP":
            self._add(words.govern_nouns.get(self._clause.low(p)))
        if value is None and p < 0:
            self.values.add(Modality.PLANNED)
        elif value is None and self._clause.kind(p) == "P":
            self.purpose = True
        return None

    def _is_done(self, q: int) -> bool:
        """ "were able to": they did."""
        chunk = self._clause.chunks[q] if q >= 0 else None
        return isinstance(chunk, VerbGroup) and chunk.low in ("was", "were", "been") and not chunk.modal

    def _is_be(self, q: int) -> bool:
        chunk = self._clause.chunks[q]
        return isinstance(chunk, VerbGroup) and chunk.lemma in ("be", "become", "seem", "remain", "appear")

    def _over_gerund(self, at: int) -> int | None:
        q = self._left(at)
        kind = self._clause.kind(q)
        if kind == "P":
            if not _INSTEAD.isdisjoint(
                (self._clause.low(q), f"{self._clause.low(q - 1)} {self._clause.low(q)}")
            ):
                self.values.add(Modality.NEGATED)
            means = verb_of_means(self._clause, q) if self._clause.low(q) == "by" else None
            return means if means is not None else self._over_preposition(q)
        if kind == "VG":
            governor = self._clause.chunks[q]
            assert isinstance(governor, VerbGroup)
            self._add(self._vocabulary.govern_verbs.get(governor.lemma))
            return q
        return None

    def _over_preposition(self, q: int) -> int | None:
        """Behind "of", "from": "the threat of attacks", "capable of striking", "kept them from leaving"."""
        p = q - 1
        low, prep = self._clause.low(p), self._clause.low(q)
        if self._clause.kind(p) == "NP" and prep in OF:
            self._add(self._vocabulary.govern_nouns.get(low))
            if prep in _NEAR_ADJECTIVES:
                self._add(self._vocabulary.govern_adjectives.get(low))
            if "no" in self._clause.group_lows(p):
                self.values.add(Modality.NEGATED)
            if self._clause.kind(p - 1) == "P":
                return self._over_preposition(p - 1)
        elif self._clause.kind(p) == "NP" and prep == "from":
            while self._clause.kind(p - 1) == "C" and self._clause.kind(p - 2) == "NP":
                p -= 2
            p -= 1
        governor = self._clause.chunks[p] if p >= 0 else None
        if isinstance(governor, VerbGroup):
            self._add(self._vocabulary.govern_verbs.get(governor.lemma))
            return p if prep == "in" else None
        return None

    def _over_complement(self, at: int) -> int | None:
        """A finite verb inside what somebody denies, demands or fears."""
        q = at - 1
        while q >= 0 and self._clause.kind(q) in ("NP", "P", "B", "L", "D", "W", "S", '"'):
            if self._clause.low(q) in _YET:
                self._over_condition(at, q)
                return None
            if self._clause.kind(q) == "W" and self._clause.low(q) not in ("that",):
                return None
            if self._clause.kind(q) == "S" and self._clause.low(q) not in ("that", *_IF):
                return None
            q -= 1
        chunk = self._clause.chunks[q] if q >= 0 else None
        if isinstance(chunk, VerbGroup):
            verb = self._clause.chunks[at]
            assert isinstance(verb, VerbGroup)
            told = verb.past or verb.perfect or verb.low in ("was", "were")
            value = self._vocabulary.govern_verbs.get(chunk.lemma)
            if value == Modality.DENIED or (value in (Modality.DEMANDED, Modality.HYPOTHETICAL) and not told):
                self._add(None if chunk.negated else value)
        return None

    def _over_condition(self, at: int, q: int) -> None:
        """ "will end when the troops withdraw", "until they withdraw": what has yet to come."""
        verb = self._clause.chunks[at]
        assert isinstance(verb, VerbGroup)
        if self._clause.low(q) not in _YET or verb.past or verb.perfect or verb.modal or verb.low in _TOLD:
            return
        mains = [
            c for c in self._clause.chunks if isinstance(c, VerbGroup) and c.j <= self._clause.chunks[q].i
        ]
        if any(c.modal in ("will", "'ll", "would", "won't", "must", "should") for c in mains[-2:]):
            self.values.add(Modality.HYPOTHETICAL)

    def _over_clause(self, at: int) -> None:
        """Conditions: "if" or "in case of" to the left in the same clause."""
        lows = []
        for q in range(at - 1, -1, -1):
            if self._clause.kind(q) == ";":
                break
            if self._clause.kind(q) == "S" and self._clause.low(q) in _IF:
                self.values.add(Modality.HYPOTHETICAL)
            if self._clause.low(q) == "should" and self._clause.kind(q + 1) == "NP" and q in (0, at - 2):
                self.values.add(Modality.HYPOTHETICAL)
            lows.append(self._clause.low(q))
        if ("of" in lows) and ("case" in lows or "event" in lows) and "in" in lows:
            near = " ".join(reversed(lows))
            if "in case of" in near or "in event of" in near:
                self.values.add(Modality.HYPOTHETICAL)
