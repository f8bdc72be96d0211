"""Who does what a verb says: subjects, through control, relatives, participles and parentheses."""

from transforms.logic.coding.chunks import LOYAL, VerbGroup
from transforms.logic.coding.clauses import Clause, is_reduced_at, verb_of_means
from transforms.logic.coding.vocabulary import Vocabulary

_CLIMB_OVER = frozenset("of from in inside at near around outside across on along for against".split())


def subject_of(vocabulary: Vocabulary, clause: Clause, at: int, depth: int = 0) -> int | None:
    """The chunk index of the noun group that does (or, for a passive, undergoes) the verb at `at`.

    Follows control ("forced the army to withdraw"), raising, relatives, participles, coordination of verbs,
    and parentheses between commas.
    """
    if depth:
        return _subject_at(vocabulary, clause, at, depth)
    if at not in clause.subjects:
        clause.subjects[at] = _subject_at(vocabulary, clause, at, depth)
    return clause.subjects[at]


def _subject_at(vocabulary: Vocabulary, clause: Clause, at: int, depth: int) -> int | None:
    if depth > 5:
        return None
    verb = clause.chunks[at]
    assert isinstance(verb, VerbGroup)
    k = at - 1
    while k >= 0 and clause.kind(k) in ("B", "L", '"'):
        k -= 1
    if k < 0:
        return _forward_subject(vocabulary, clause, at, depth) if verb.gerund or verb.reduced else None
    if verb.infinitive:
        return _infinitive_subject(vocabulary, clause, k, depth)
    if verb.gerund:
        return _gerund_subject(vocabulary, clause, at, k, depth)
    return _finite_subject(vocabulary, clause, at, k, depth)


def _verb_before(clause: Clause, k: int, finite: bool = True) -> int | None:
    for q in range(k, -1, -1):
        chunk = clause.chunks[q]
        if isinstance(chunk, VerbGroup) and not (finite and (chunk.infinitive or chunk.gerund)):
            return q
    return None


def _subject_of_verb_before(vocabulary: Vocabulary, clause: Clause, k: int, depth: int) -> int | None:
    q = _verb_before(clause, k)
    return subject_of(vocabulary, clause, q, depth + 1) if q is not None else None


def subject_before(vocabulary: Vocabulary, clause: Clause, at: int) -> int | None:
    """The subject of the last finite verb before chunk `at`."""
    return _subject_of_verb_before(vocabulary, clause, at, 0)


def _forward_subject(vocabulary: Vocabulary, clause: Clause, at: int, depth: int) -> int | None:
    for q in range(at + 1, len(clause.chunks)):
        chunk = clause.chunks[q]
        if (
            isinstance(chunk, VerbGroup)
            and not chunk.infinitive
            and not chunk.gerund
            and not is_reduced_at(clause, q)
        ):
            return subject_of(vocabulary, clause, q, depth + 1) if depth < 4 else None
    return None


def _infinitive_subject(vocabulary: Vocabulary, clause: Clause, k: int, depth: int) -> int | None:
    if clause.kind(k) == "NP":
        q = k - 1
        while clause.kind(q) in ("B", "L"):
            q -= 1
        if clause.kind(q) == "P" and clause.low(q) in ("on", "for"):
            return k
        if clause.kind(q) == "VG":
            governor = clause.chunks[q]
            assert isinstance(governor, VerbGroup)
            if governor.lemma in vocabulary.sets["control_verb"]:
                return k
            if governor.lemma == "be" and clause.low(q - 1) == "there":
                return k if _is_actor(clause, k) else None
            return subject_of(vocabulary, clause, q, depth + 1)
        if _owns(vocabulary, clause, k):
            return k
        if clause.kind(q) == "P":
            return _subject_of_verb_before(vocabulary, clause, q, depth)
        return k
    if clause.kind(k) == "VG":
        return subject_of(vocabulary, clause, k, depth + 1)
    return _subject_of_verb_before(vocabulary, clause, k, depth)


def _is_actor(clause: Clause, k: int) -> bool:
    reading = clause.readings[k]
    return reading is not None and reading.mention is not None


def _owns(vocabulary: Vocabulary, clause: Clause, k: int) -> bool:
    """Whether the group is a noun such as "Israel's plan", whose owner does what follows."""
    reading = clause.readings[k]
    return reading is not None and reading.owner is not None and clause.low(k) in vocabulary.govern_nouns


def _gerund_subject(vocabulary: Vocabulary, clause: Clause, at: int, k: int, depth: int) -> int | None:
    if clause.kind(k) == "NP":
        return k if clause.kind(k - 1) == "VG" else climb(clause, k)
    if clause.kind(k) == "VG":
        return subject_of(vocabulary, clause, k, depth + 1)
    if clause.kind(k) == "P" and clause.kind(k - 1) == "NP":
        q = _verb_before(clause, k - 1, finite=False)
        if q is not None:
            governor = clause.chunks[q]
            assert isinstance(governor, VerbGroup)
            if governor.lemma in vocabulary.sets["accuse_verb"]:
                return climb(clause, k - 1) if clause.kind(q + 1) == "NP" else None
    if clause.low(k) == "by":
        q = verb_of_means(clause, k)
        if q is not None:
            return subject_of(vocabulary, clause, q, depth + 1)
    found = _subject_of_verb_before(vocabulary, clause, k, depth)
    return found if found is not None else _forward_subject(vocabulary, clause, at, depth)


def _finite_subject(vocabulary: Vocabulary, clause: Clause, at: int, k: int, depth: int) -> int | None:
    if clause.kind(k) in (")", "]"):
        k = _before_bracket(clause, k)
    k = _before_times(clause, k)
    kind = clause.kind(k)
    if kind == "NP":
        return _past_relative(clause, climb(clause, k))
    if kind == "W":
        return _antecedent(clause, k - 1)
    if kind == "VG":
        return subject_of(vocabulary, clause, k, depth + 1)
    if kind == "C" and clause.kind(k - 1) == ",":
        k -= 1
        kind = ","
        paired = None
    else:
        paired = _before_parenthesis(clause, k) if kind in (",", "-", "–", "—") else None
    if paired is not None:
        return paired
    if kind in ("C", ",", ";", "-", "–", "—", ")"):
        for q in range(k - 1, -1, -1):
            chunk = clause.chunks[q]
            if isinstance(chunk, VerbGroup) and not chunk.gerund and not is_reduced_at(clause, q):
                return subject_of(vocabulary, clause, q, depth + 1)
            if clause.kind(q) == "S":
                break
    return None


def _before_times(clause: Clause, k: int) -> int:
    """The chunk before times that stand between a subject and its verb: "rebels on Monday captured"."""
    while k > 0:
        if clause.kind(k) == "P" and clause.kind(k + 1) in ("L", "VG", "B"):
            k -= 1
        elif clause.kind(k) == "NP" and clause.kind(k - 1) == "P" and _is_time(clause, k):
            k -= 2
        elif clause.kind(k) in ("L", "B"):
            k -= 1
        else:
            break
    return k


def _is_time(clause: Clause, k: int) -> bool:
    chunk = clause.chunks[k]
    return all(t.cls in "#DL" for t in clause.tokens[chunk.i : chunk.j])


def _past_relative(clause: Clause, k: int) -> int:
    """The antecedent of the relative clause whose object is at `k`: "fighters who attacked the post fled"."""
    j = k - 1
    while clause.kind(j) == "B":
        j -= 1
    q = j
    while clause.kind(q) == "P" and clause.kind(q - 1) == "NP":
        q -= 2
    verb = clause.chunks[q] if clause.kind(q) == "VG" else None
    if isinstance(verb, VerbGroup) and verb.lemma in _FIGHTING and verb.gerund and clause.kind(q - 1) == "NP":
        return climb(clause, q - 1)
    if clause.kind(j) != "VG" or clause.kind(j - 1) != "W":
        return k
    found = _antecedent(clause, j - 2)
    return k if found is None else found


_FIGHTING = frozenset("fight battle defend besiege control hold face oppose resist encircle".split())
"""Verbs whose participles stand between a subject and its verb: "Kurds fighting IS advanced"."""


def _before_bracket(clause: Clause, k: int) -> int:
    """The chunk before the bracket that the one at `k` closes."""
    for q in range(k - 1, max(-1, k - 8), -1):
        if clause.kind(q) in ("(", "["):
            return q - 1
    return k


def _before_parenthesis(clause: Clause, k: int) -> int | None:
    """The group before the comma that opens the parenthesis closed by the comma at `k`."""
    for q in range(k - 1, 0, -1):
        if clause.kind(q) == clause.kind(k):
            if clause.kind(q - 1) == "NP" and clause.kind(q + 1) in ("W", "VG", "NP", "P", "B", "S"):
                return climb(clause, q - 1)
            return None
    return None


def _antecedent(clause: Clause, k: int) -> int | None:
    """The group that "who" or "which" behind `k` stands for: an actor nearby, else the head of the group."""
    while k >= 0 and clause.kind(k) in (",", "P"):
        k -= 1
    if clause.kind(k) != "NP":
        return None
    reading = clause.readings[k]
    if (
        reading is not None
        and reading.mention is not None
        and (reading.mention.kind in ("role", "actor", "member") or _is_country_which(clause, k))
    ):
        return k
    return climb(clause, k)


def _is_country_which(clause: Clause, k: int) -> bool:
    """ "support for Israel, which has bombed the strip": the country does, not the support."""
    reading = clause.readings[k]
    if reading is None or not reading.whole_country or clause.kind(k + 1) != "," or clause.kind(k + 2) != "W":
        return False
    verb = clause.tokens[clause.chunks[k + 3].i].low if k + 3 < len(clause.chunks) else ""
    return verb not in _PLURAL


_PLURAL = frozenset(("are", "were", "have"))

SUPPORT = frozenset(
    "back support help lead assist arm fund train equip ally aid join accompany follow escort".split()
)


_POSTED = frozenset(
    (
        "position station base deploy locate entrench operate live shelter gather hide hole garrison "
        "fire launch"
    ).split()
)
"""Verbs whose participles say where somebody is: "rebels positioned in the east fired shells"."""


def _modifies(clause: Clause, p: int) -> bool:
    """Whether the preposition at `p` is of a participle behind a noun: "troops backed by X", "based in Y"."""
    verb = clause.chunks[p - 1] if p > 1 and clause.kind(p) == "P" else None
    if not isinstance(verb, VerbGroup) or clause.kind(p - 2) != "NP":
        return False
    if (verb.reduced or verb.gerund) and verb.lemma in _POSTED and clause.low(p) != "by":
        return True
    return verb.reduced and clause.low(p) == "by" and verb.lemma in SUPPORT


def _is_on(clause: Clause, k: int) -> bool:
    """Whether the group at `k` is what an event is on: "an attack on Kuwait by Iraq would be war"."""
    event = clause.readings[k - 2] if clause.kind(k - 1) == "P" and clause.kind(k - 2) == "NP" else None
    return event is not None and event.trigger is not None and not event.bare


def climb(clause: Clause, k: int) -> int:
    """The head of a complex noun group: from "Homs" in "rebels in Homs" to "rebels".

    Climbs from a group over prepositions that attach to nouns; the group reached must be an actor, a count
    or a trigger, or stand where a clause begins.
    """
    while True:
        p = k - 1
        if _modifies(clause, p) or (clause.low(p - 1) in LOYAL and clause.kind(p - 2) == "NP"):
            k = p - 2
            continue
        if clause.kind(p) != "P" or clause.kind(p - 1) != "NP":
            return k
        above = p - 1
        reading = clause.readings[above]
        assert reading is not None
        if clause.low(p) not in _CLIMB_OVER and not (
            (reading.trigger and clause.low(p) in ("on", "against", "by", "to", "into"))
            or (clause.low(p) == "by" and _is_on(clause, above))
        ):
            return k
        boundary = clause.kind(above - 1) in ("", ",", "C", "S", "W", '"', ":", ";", "-", "VG")
        if clause.kind(above - 1) == "VG" and not (reading.mention or reading.is_quantity):
            return k
        if not (
            reading.mention
            or reading.is_quantity
            or reading.trigger
            or boundary
            or clause.kind(above - 1) == "P"
        ):
            return k
        k = above
