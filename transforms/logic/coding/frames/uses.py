"""A verb under a frame: its slots of the active voice."""

from typing import NamedTuple

from schemas.event import Side
from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.arguments import agents, all_mentions, behind, mentions_of, patients
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause, is_seen, object_of, relative_object
from transforms.logic.coding.frames.checks import is_ordnance
from transforms.logic.coding.frames.proposals import Slot
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.subjects import subject_before, subject_of
from transforms.logic.coding.vocabulary import VerbFrame, Vocabulary

_BY = frozenset(("by",))


_SERIES = frozenset(("series", "string", "range", "cluster", "row", "chain"))
"""Nouns that only count what is acted on."""


def apposed(clause: Clause, at: int) -> list[Mention]:
    """The actors of the group that explains an unknown name: "Codeco, the largest militia of Ituri,"."""
    k = at + 2
    if clause.kind(k) != "NP" or not any(
        t.upper for t in clause.tokens[clause.chunks[at].i : clause.chunks[at].j]
    ):
        return []
    return [m for m in mentions_of(clause, k) if m.kind == "role"]


class Use(NamedTuple):
    """One verb group under one frame with its slots found: subject and object are of the active voice."""

    vocabulary: Vocabulary
    clause: Clause
    at: int
    verb: VerbGroup
    frame: VerbFrame
    passive: bool
    subject: int | None
    object: int | None
    by: tuple[int, ...]

    def agents(self) -> list[Mention]:
        """The actors in the slot of the one who acts."""
        if self.passive:
            found = [m for k in self.by for m in all_mentions(self.clause, k, back=False)]
        else:
            found = self.subject_mentions()
        return agents(found, self.frame.event_type)

    def subject_mentions(self) -> list[Mention]:
        """The actors of the grammatical subject, or the owner of a subject such as "Israeli strikes"."""
        if self.subject is None:
            return []
        reading = self.clause.readings[self.subject]
        found = all_mentions(self.clause, self.subject, back=True)
        found = self._listed(found) or found
        if reading is not None and reading.mention is None and reading.owner is not None:
            found = [m for m in found if m.kind not in ("people", "adjective")]
        if not found and self.clause.kind(self.subject + 1) == ",":
            found = apposed(self.clause, self.subject)
        if (
            not found
            and reading is not None
            and reading.owner is not None
            and (
                reading.trigger
                or reading.is_weapon
                or is_ordnance(self.vocabulary, self.clause, self.subject)
            )
        ):
            return [reading.owner]
        return found

    def _listed(self, found: list[Mention]) -> list[Mention]:
        """ "Several countries, including France and Italy, evacuated": those are the countries."""
        if not any(m.elsewhere and m.role is not None and m.role.lemma == "state" for m in found):
            return []
        for k, chunk in enumerate(self.clause.chunks):
            if chunk.low == "including" and self.clause.kind(k + 1) == "NP":
                listed = all_mentions(self.clause, k + 1, back=False)
                return [m for m in listed if m.kind == "country"]
        return []

    def undergoer(self) -> int | None:
        """The chunk of what is acted on: of "a series of targets", the targets."""
        k = self.subject if self.passive else self.object
        counted = k is not None and self.clause.low(k) in _SERIES and self.clause.low(k + 1) == "of"
        return k + 2 if k is not None and counted and self.clause.kind(k + 2) == "NP" else k

    def patients(self, prep: str = "") -> list[Mention]:
        """The actors of what is acted on."""
        if self.passive:
            if self.subject is None:
                return []
            return [m for m in all_mentions(self.clause, self.subject, back=True) if m.kind != "capital"]
        return patients(self.clause, self.object, prep, self.frame.event_type)

    def target_words(self) -> list[str]:
        """The words of what is acted on."""
        k = self.undergoer()
        return [word for low in self.clause.group_lows(k) for word in low.split()] if k is not None else []

    def after(self, count: int) -> list[str]:
        """The words behind the verb."""
        return self.clause.lows(self.verb.j, self.verb.j + count)


def find_use(vocabulary: Vocabulary, clause: Clause, at: int, verb: VerbGroup, frame: VerbFrame) -> Use:
    """The verb group at `at` with its slots found: a participle with its doer behind counts as passive."""
    target = object_of(clause, at)
    if target is not None and clause.low(target + 1) in ("later", "ago", "earlier"):
        target = None  # "before withdrawing three hours later"
    subject = subject_of(vocabulary, clause, at)
    passives = vocabulary.has(Feature.PASSIVES)
    passive = (verb.passive or is_seen(clause, at)) and passives
    if passive and not verb.passive:
        subject = at - 1
    if verb.reduced and passives and not passive and _is_reduced(clause, at, target):
        passive = True
        subject = at - 1 if clause.kind(at - 1) == "NP" else subject
        if clause.kind(at - 1) == "S":
            subject = subject_before(vocabulary, clause, at - 1)
    if target is None and not passive and vocabulary.has(Feature.COORDINATION):
        target = _shared_object(clause, at)
    if target is None and not passive and vocabulary.has(Feature.RELATIVES):
        target = relative_object(clause, at, subject)
    by = tuple(k for _, k in behind(clause, at, _BY)) if passive else ()
    return Use(vocabulary, clause, at, verb, frame, passive, subject, target, by)


def _shared_object(clause: Clause, at: int) -> int | None:
    """The object that a verb shares with those listed behind it: "attacked, looted and burnt villages"."""
    k, joined = at + 1, False
    while clause.kind(k) in ("C", ",", "B"):
        joined |= clause.kind(k) == "C"
        k += 1
        verb = clause.chunks[k] if clause.kind(k) == "VG" else None
        if isinstance(verb, VerbGroup) and clause.kind(k - 1) in ("C", ",", "B"):
            if verb.infinitive or verb.gerund or verb.modal or verb.passive:
                return None
            k += 1
            if joined:
                return object_of(clause, k - 1)
    return None


def without_time(use: Use) -> Use:
    """A use whose object is only a time read again without it: "fighters evacuated the day before waited"."""
    if use.object is None or use.clause.low(use.object) not in use.vocabulary.sets["time_noun"]:
        return use
    if use.verb.reduced and _is_reduced(use.clause, use.at, None):
        return use._replace(object=None, passive=True)
    return use._replace(object=None)


def _is_reduced(clause: Clause, at: int, target: int | None) -> bool:
    """Whether a past form is a participle: "a town captured by rebels", "those freed from Homs arrived"."""
    if clause.low(at + 1) == "by" or (clause.kind(at + 1) in ("B", "L") and clause.low(at + 2) == "by"):
        return True
    if target is not None or clause.kind(at - 1) != "NP":
        return False
    for k in range(at + 1, len(clause.chunks)):
        if clause.kind(k) == "VG":
            later = clause.chunks[k]
            return isinstance(later, VerbGroup) and not later.infinitive and not later.gerund
        if clause.kind(k) in (",", "C", "S", "W", ";"):
            return False
    return False


Slots = list[Slot] | None


def is_military(mentions: list[Mention]) -> bool:
    """Whether any of the mentions is of a state or an armed group."""
    return any(m.side in (Side.STATE, Side.ARMED) for m in mentions)


def without(whom: list[Mention], who: list[Mention]) -> list[Mention]:
    """The mentions of `whom` that name none of the actors of `who`."""
    ids = {m.actor_id for m in who if m.actor_id}
    return [m for m in whom if not (m.actor_id and m.actor_id in ids)]


def instrument_owners(use: Use) -> list[Mention]:
    """ "hit by an Israeli missile": the weapon's owner."""
    found = []
    for k in use.by:
        reading = use.clause.readings[k]
        if reading is not None and reading.owner is not None:
            found.append(reading.owner)
        sent = use.clause.chunks[k + 1] if use.clause.kind(k + 1) == "VG" else None
        if isinstance(sent, VerbGroup) and sent.reduced and use.clause.low(k + 2) == "by":
            found += all_mentions(use.clause, k + 3, back=False)
    return agents(found, use.frame.event_type)
