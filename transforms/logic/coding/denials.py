"""Who denies what a sentence reports: in it, or in the sentence behind it."""

from transforms.logic.coding.analysis import Analysis
from transforms.logic.coding.arguments import all_mentions
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause, object_of
from transforms.logic.coding.resolving import resolve
from transforms.logic.coding.subjects import subject_of

_STEMS = ("deny", "deni", "dismiss", "reject", "refute")


def deniers(analysis: Analysis, index: int) -> frozenset[str]:
    """The WHO of all who deny the events of the sentence: "The group, which denied responsibility"."""
    return _deniers(analysis, index) | _deniers(analysis, index + 1)


def _deniers(analysis: Analysis, index: int) -> frozenset[str]:
    if not analysis.holds(index, _STEMS):
        return frozenset()
    clause = analysis.clause(index)
    found = set()
    for k, chunk in enumerate(clause.chunks):
        if isinstance(chunk, VerbGroup) and _denies(analysis, clause, k, chunk):
            subject = subject_of(analysis.vocabulary, clause, k)
            for mention in all_mentions(clause, subject, back=True):
                actor = resolve(analysis, clause, mention, [])
                if actor is not None:
                    found.add(actor.who)
    return frozenset(found - {"XXX"})


def _denies(analysis: Analysis, clause: Clause, at: int, verb: VerbGroup) -> bool:
    """Whether the verb denies a charge, rather than entry or a request; "a charge that Asmara denied" too."""
    if verb.negated or verb.modal or verb.passive or verb.infinitive:
        return False
    words = analysis.vocabulary.sets
    target = object_of(clause, at)
    if target is None:
        return verb.lemma == "deny" and clause.kind(at + 1) in ("", ",", ".", ";", '"')
    reading = clause.readings[target]
    reported = clause.low(target) in words["charge_noun"]
    raided = verb.lemma == "deny" and reading is not None and reading.trigger is not None
    return raided or (reported and verb.lemma in words["deny_verb"])
