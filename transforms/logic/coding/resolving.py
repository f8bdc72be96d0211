"""Whom a mention stands for where it stands."""

from schemas.event import Side
from schemas.lexicon import RoleClass
from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.analysis import Analysis
from transforms.logic.coding.antecedents import antecedent, speaker, spot_of
from transforms.logic.coding.arguments import mentions_of
from transforms.logic.coding.chunks import VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.coordination import coordinated
from transforms.logic.coding.mentions import Mention
from transforms.logic.coding.scene import Actor
from transforms.logic.coding.standing import stands_for
from transforms.logic.coding.subjects import subject_of

_SPEAKERS = frozenset(("we", "us", "our", "ours", "i", "my"))
_NOBODY = frozenset("i you me he she him her himself herself who".split())
_OFFICIALS = frozenset((RoleClass.OFFICE, RoleClass.STAFF, RoleClass.LEADER))
_THEY = frozenset(("they", "them"))


def resolve(
    analysis: Analysis, clause: Clause, mention: Mention, agents: list[Actor], people: bool = False
) -> Actor | None:
    """The actor of a mention where it stands; None for a pronoun that nothing precedes."""
    follows = analysis.vocabulary.has(Feature.PRONOUNS)
    if mention.kind == "pronoun":
        if mention.low in _NOBODY or not follows:
            return None
        if mention.low in _SPEAKERS:
            return speaker(analysis, clause)
        return antecedent(
            analysis, clause, mention.token, mention.low, people=people and mention.low in _THEY
        )
    if (mention.own or _of_relative(clause, mention)) and not mention.who and follows:
        owner = _owner(analysis, clause, mention)
        if owner is not None:
            return _belonging(owner, mention)
    placed = mention.side is Side.CIVIL and not people and analysis.vocabulary.has(Feature.PLACING)
    attacker = agents[0].who if agents and placed else ""
    foes = () if people else agents
    source = _source(analysis, clause) if placed and not mention.who else ""
    return stands_for(analysis.scene, mention, spot_of(clause, mention), attacker, foes, source)


def _source(analysis: Analysis, clause: Clause) -> str:
    """The country whose officials say a sentence: "Palestinian authorities say 260 have died"."""
    for k, chunk in enumerate(clause.chunks):
        if not isinstance(chunk, VerbGroup) or chunk.lemma not in analysis.vocabulary.sets["report_verb"]:
            continue
        at = subject_of(analysis.vocabulary, clause, k)
        for mention in mentions_of(clause, at) if at is not None else ():
            official = mention.role is not None and mention.role.cls in _OFFICIALS
            if official and mention.side is Side.STATE and len(mention.who) == 3:
                return mention.who
    return ""


def _owner(analysis: Analysis, clause: Clause, mention: Mention) -> Actor | None:
    """Whose "its troops", "their families" or "our units" are."""
    before = _of_relative(clause, mention)
    if before:
        owners = [resolve(analysis, clause, m, []) for m in mentions_of(clause, before)]
        return owners[0] if owners else None
    word = _possessive(clause, mention)
    if word in _SPEAKERS:
        return speaker(analysis, clause)
    return _listed_before(analysis, clause, mention) or antecedent(analysis, clause, mention.token, word)


def _of_relative(clause: Clause, mention: Mention) -> int:
    """The chunk of the owner in "the general, whose men", 0 for none."""
    at = next((k for k, c in enumerate(clause.chunks) if c.i <= mention.token < c.j), 0)
    if mention.role is None or clause.low(at - 1) != "whose":
        return 0
    k = at - 3 if clause.kind(at - 2) == "," else at - 2
    return k if clause.kind(k) == "NP" else 0


def _possessive(clause: Clause, mention: Mention) -> str:
    """The "its" or "their" of a mention."""
    return next(
        (c.low for c in (clause.tokens[x.i] for x in clause.chunks if x.i <= mention.token < x.j)), ""
    )


def _listed_before(analysis: Analysis, clause: Clause, mention: Mention) -> Actor | None:
    """ "White Helmets workers and their families": the families are of those listed before them."""
    at = next((k for k, c in enumerate(clause.chunks) if c.i <= mention.token < c.j), 0)
    if mention.side is not Side.CIVIL or clause.low(at - 1) != "and":
        return None
    for k in coordinated(clause, at, back=True)[1:]:
        for listed in mentions_of(clause, k):
            if listed.kind != "pronoun":
                return resolve(analysis, clause, listed, [])
    return None


def _belonging(owner: Actor, mention: Mention) -> Actor:
    """ "its troops": the owner's own; "its citizens": civilians of its country."""
    if mention.side in (Side.STATE, Side.ARMED):
        if owner.side in (Side.STATE, Side.ARMED) or owner.who in ("NATO", "UN", "EU"):
            return owner
        return Actor(f"{owner.who}:{mention.side}", owner.who, mention.side)
    if len(owner.who) == 3:
        return Actor(f"{owner.who}:{mention.side}", owner.who, mention.side)
    return owner._replace(side=mention.side, actor_id=f"{owner.who}:{mention.side}")
