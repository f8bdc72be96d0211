"""An event noun with what carries it and who stands around it."""

from typing import NamedTuple

from schemas.event import EventType, Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.arguments import agents, all_mentions, behind, mentions_of, nations_before
from transforms.logic.coding.chunks import NounGroup, VerbGroup
from transforms.logic.coding.clauses import Clause, object_of
from transforms.logic.coding.mentions import Mention, Reading
from transforms.logic.coding.subjects import SUPPORT, subject_of
from transforms.logic.coding.vocabulary import NounFrame, Vocabulary

_BY = frozenset(("by",))
_OF = frozenset(("of",))
_FROM = frozenset(("from",))


_ONTO = frozenset(("to", "on"))
_LOCATIVES = frozenset("in inside near across at around into through over of between with by for".split())
_PRESSING = frozenset(("force", "push", "drive", "press", "beat"))
_STATES = frozenset(("be", "go", "remain", "stay"))
_BLAMING = frozenset(("attribute", "blame", "ascribe", "pin"))
_KNOWN = frozenset(("the", "this", "that", "these", "those"))
_POSSESSIVES = frozenset(("its", "their"))
_HARM = frozenset(("kill", "wound", "injure", "arrest", "shoot", "capture", "detain"))
_INTENDS = frozenset(("planned", "hypothetical", "denied"))
"""Values of verbs whose subject is who would do it: "plans an attack", "denied a raid"."""


def _is_means(mention: Mention) -> bool:
    """Whether a mention is only the weapon used: "drone missile strikes"."""
    return mention.role is not None and mention.role.cls is RoleClass.WEAPON


class Noun(NamedTuple):
    """One event noun with its carrier: the verb whose object or subject it is."""

    vocabulary: Vocabulary
    clause: Clause
    at: int
    group: NounGroup
    reading: Reading
    frame: NounFrame
    carrier: int | None
    is_subject: bool

    @property
    def word(self) -> str:
        """The trigger as spelled, lower case."""
        return self.clause.tokens[self.reading.trigger_at].low

    def carried_by(self) -> VerbGroup | None:
        """The carrying verb group."""
        if self.carrier is None:
            return None
        verb = self.clause.chunks[self.carrier]
        assert isinstance(verb, VerbGroup)
        return verb

    def behind(self, preps: frozenset[str]) -> list[tuple[str, int]]:
        """Groups behind these prepositions: after the noun and after a carrier ("was launched by X")."""
        found = behind(self.clause, self.at, preps)
        verb = self.carried_by()
        if verb is not None and self.carrier is not None and self.is_subject:
            return found + behind(self.clause, self.carrier, preps)
        after = self.clause.chunks[self.at + 1] if self.clause.kind(self.at + 1) == "VG" else None
        if isinstance(after, VerbGroup) and after.reduced and after.lemma in self.vocabulary.light:
            found += behind(self.clause, self.at + 1, preps)
        return found

    def owners(self) -> list[Mention]:
        """The actor in front of the noun: "Israeli raid", "X's offensive"."""
        owner = self.reading.owner
        if self.invaded() is not None:
            return []
        if owner is not None and not (
            owner.role is not None and owner.role.lemma == "military" and not owner.who
        ):
            return [owner, *nations_before(self.clause, self.at, self.group.start)]
        if self.clause.low(self.at - 1) in ("and", "or") and self.clause.kind(self.at - 2) == "NP":
            sister = self.clause.readings[self.at - 2]
            if sister is not None and sister.trigger is not None and sister.owner is not None:
                return [sister.owner]
        return []

    def invaded(self) -> Mention | None:
        """The country whose bare name stands before an invasion: "the Ukraine invasion" is of Ukraine."""
        owner = self.reading.owner
        bare = owner is not None and owner.kind == "country" and self.group.possessor is None
        if not bare or not self.word.endswith("invasion") or self.behind(_OF):
            return None
        return owner

    def by(self) -> list[Mention]:
        """The actors behind "by"; who only claims a bare attack may have sent a bomber."""
        verb = self.carried_by()
        if verb is not None and self.is_subject and verb.lemma == "claim" and self.frame.needs == "agent":
            return []
        own = [
            k for _, k in self._behind_as_doer(_BY) if not (self._is_of_another(k) or self._is_brokered(k))
        ]
        return [m for k in own for m in all_mentions(self.clause, k, back=False)]

    def _is_brokered(self, at: int) -> bool:
        """Whether who stands behind "by" only made a deal of it: "a withdrawal brokered by X"."""
        verb = self.clause.chunks[at - 2] if at > 1 else None
        return isinstance(verb, VerbGroup) and verb.lemma in self.vocabulary.sets["broker_verb"]

    def _behind_as_doer(self, preps: frozenset[str]) -> list[tuple[str, int]]:
        """Groups behind these prepositions that may do the event."""
        return behind(self.clause, self.at, preps) if self._is_done_by_none() else self.behind(preps)

    def _is_done_by_none(self) -> bool:
        """Whether who stands behind the carrying verb does not do it: "the raid came on a visit by X"."""
        verb = self.carried_by()
        if verb is None or self.carrier is None or not self.is_subject or verb.lemma == "be":
            return False
        undergone = verb.passive or (verb.reduced and object_of(self.clause, self.carrier) is None)
        felt = verb.lemma in self.vocabulary.sets["felt"] or verb.lemma in SUPPORT
        return felt or not undergone

    def _is_of_another(self, k: int) -> bool:
        """Whether the group at `k` does another event that is named nearer to it."""
        listed = ("and", "or", ",")
        between = (
            self.clause.readings[q] for q in range(self.at + 1, k - 1) if self.clause.low(q - 1) not in listed
        )
        return any(r is not None and r.trigger is not None and not r.bare for r in between)

    def carriers(self, role: str) -> list[Mention]:
        """The subject of a verb that makes its subject the `role`: launch an attack, face an attack."""
        verb = self.carried_by()
        if verb is None or self.carrier is None or self.is_subject:
            return []
        if not self.vocabulary.has(Feature.LIGHT_VERBS):
            return []
        kind = self.vocabulary.light.get(verb.lemma)
        if self.vocabulary.govern_verbs.get(verb.lemma) in _INTENDS:
            kind = "agent"
        if verb.lemma in _STATES and self.clause.low(self.at - 1) == "on":
            kind = "agent"
        if verb.lemma in _PRESSING and verb.passive and self.clause.low(self.at - 1) == "into":
            return (
                all_mentions(self.clause, subject_of(self.vocabulary, self.clause, self.carrier), back=True)
                if role == "agent"
                else []
            )
        if verb.lemma == "take" and self.clause.low(self.at - 2) == "part":
            kind = "agent"
        if self._is_beaten_off(verb):
            kind = "patient"
        if verb.lemma == "come" and self.clause.low(self.carrier + 1) == "under":
            kind = "patient"
        if verb.passive or (verb.reduced and self.clause.low(self.at - 1) in ("to", "by")):
            struck = verb.lemma not in self.vocabulary.sets["felt"]
            kind = "patient" if struck and self.clause.low(self.at - 1) in ("to", "by", "in") else None
        if kind != role or (verb.lemma in SUPPORT and role == "patient") or self._is_judged(verb):
            return []
        return all_mentions(self.clause, subject_of(self.vocabulary, self.clause, self.carrier), back=True)

    def _is_beaten_off(self, verb: VerbGroup) -> bool:
        """Whether the noun is an attack that its verb beats back: "drove off a raid"."""
        sets = self.vocabulary.sets
        between = self.clause.lows(verb.j, self.group.start)
        after = self.clause.lows(self.group.j, self.group.j + 1)
        return verb.lemma in sets["beat_back"] and not sets["beaten_particle"].isdisjoint(between + after)

    def _is_judged(self, verb: VerbGroup) -> bool:
        """Whether a verb only says what an attack is: "making the attack a war crime"."""
        known = self.clause.tokens[self.group.i].low in _KNOWN
        return verb.lemma == "make" and known and self.clause.kind(self.at + 1) in ("NP", '"')

    def doers(self) -> list[Mention]:
        """Everyone who does it: in front, behind "by" or "from", or as the subject of a carrying verb."""
        found = self.by()
        event_type = self.frame.event_type
        owners = [m for m in self.owners() if m.side is not Side.CIVIL or m.kind == "people"]
        found += [m for m in owners if m.who or not _is_means(m)]
        if not found:
            found += self.carriers("agent") or self._possessors() or owners
        if not found and event_type is not EventType.EVACUATION:
            found += [
                m
                for _, k in self._behind_as_doer(_FROM)
                for m in all_mentions(self.clause, k, back=False)
                if m.kind not in ("country", "capital", "people") and m.side in (Side.STATE, Side.ARMED)
            ]
        if not found and event_type is not EventType.EVACUATION:
            found += self._claimants()
        if not found and event_type is not EventType.EVACUATION:
            found += self._of_doers() or self._harmers() or self._users() or self._blamed() or self._accused()
        return agents(found, event_type)

    def _possessors(self) -> list[Mention]:
        """ "Iran presses on with its offensive": of the subjects and objects before, the nearest actor."""
        if self.clause.tokens[self.group.i].low not in _POSSESSIVES or not self.vocabulary.has(
            Feature.PRONOUNS
        ):
            return []
        for k in range(self.at - 1, -1, -1):
            if self.clause.kind(k) in ("S", ";"):
                return []
            if self.clause.kind(k) == "NP" and self.clause.low(k - 1) not in _LOCATIVES:
                found = [m for m in mentions_of(self.clause, k) if m.side in (Side.STATE, Side.ARMED)]
                if found:
                    return [m for m in found if m.kind != "pronoun"]
        return []

    def _claimants(self) -> list[Mention]:
        """ "claimed responsibility for a rocket attack": who claims it did it."""
        at = self.at - 3
        verb = self.clause.chunks[at] if at >= 0 and self.clause.low(self.at - 1) == "for" else None
        if self.frame.needs == "agent":
            return []
        if not isinstance(verb, VerbGroup) or self.clause.low(self.at - 2) not in (
            "responsibility",
            "credit",
        ):
            return []
        if verb.lemma not in ("claim", "take", "accept") or verb.passive:
            return []
        return all_mentions(self.clause, subject_of(self.vocabulary, self.clause, at), back=True)

    def _users(self) -> list[Mention]:
        """ "engaged the enemy with cross-border attacks": who does something with an attack makes it."""
        k = self.at - 2
        if self.clause.low(self.at - 1) != "with" or self.clause.kind(k) != "NP":
            return []
        verb = self.clause.chunks[k - 1] if self.clause.kind(k - 1) == "VG" else None
        if (
            not isinstance(verb, VerbGroup)
            or verb.passive
            or verb.lemma not in self.vocabulary.sets["answer_verb"]
        ):
            return []
        return all_mentions(self.clause, subject_of(self.vocabulary, self.clause, k - 1), back=True)

    def is_pinned(self) -> bool:
        """Whether somebody is said to have done it: "blamed the attack on the rebels"."""
        verb = self.carried_by()
        return verb is not None and not self.is_subject and not verb.passive and verb.lemma in _BLAMING

    def _accused(self) -> list[Mention]:
        """ "blamed the army for the attack", "accuses it of attacks"."""
        k = self.at - 3
        verb = self.clause.chunks[k] if k >= 0 and self.clause.low(self.at - 1) in ("for", "of") else None
        accuses = isinstance(verb, VerbGroup) and not verb.passive and verb.lemma in ("blame", "accuse")
        if not accuses or self.frame.subtype == "siege":
            return []
        return mentions_of(self.clause, self.at - 2)

    def _blamed(self) -> list[Mention]:
        """ "an attack blamed on the group", "attributed to Israel", "pinned the attack on them"."""
        if self.is_pinned():
            near = [k for _, k in behind(self.clause, self.at, _ONTO)]
            return [m for k in near[-1:] for m in all_mentions(self.clause, k, back=False)]
        k = self.at + 1
        while self.clause.kind(k) in ("P", "L") and k < self.at + 5:
            k += 2 if self.clause.kind(k + 1) in ("NP", "L") else 1
        verb = self.clause.chunks[k] if self.clause.kind(k) == "VG" else None
        if not isinstance(verb, VerbGroup) or verb.lemma not in _BLAMING:
            return []
        return [m for _, q in behind(self.clause, k, _ONTO) for m in all_mentions(self.clause, q, back=False)]

    def _of_doers(self) -> list[Mention]:
        """ "the offensive of the rebels", unless "of" is what the noun does it to."""
        if self.word in self.vocabulary.sets["of_patient"]:
            return []
        found = [
            m
            for _, k in behind(self.clause, self.at, _OF)[:1]
            if k == self.at + 2
            for m in all_mentions(self.clause, k, back=False)
        ]
        return [
            m
            for m in found
            if m.side in (Side.STATE, Side.ARMED) and m.kind not in ("country", "capital", "people")
        ]

    def _harmers(self) -> list[Mention]:
        """ "killed by troops during a raid": who kills in it carries it out."""
        if self.clause.low(self.at - 1) not in ("in", "during", "after"):
            return []
        for k in range(self.at - 1, -1, -1):
            verb = self.clause.chunks[k]
            if isinstance(verb, VerbGroup):
                if verb.lemma not in _HARM:
                    return []
                if verb.passive or (verb.reduced and object_of(self.clause, k) is None):
                    return [
                        m
                        for _, q in behind(self.clause, k, _BY)
                        for m in all_mentions(self.clause, q, back=False)
                    ]
                return all_mentions(self.clause, subject_of(self.vocabulary, self.clause, k), back=True)
        return []
