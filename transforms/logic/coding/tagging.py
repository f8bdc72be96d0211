"""Telling verbs from nouns by what stands around them."""

from transforms.logic.coding.relatives import class_of_that
from transforms.logic.coding.surroundings import (
    ADJECTIVAL,
    is_asked,
    is_bare_infinitive,
    is_carried,
    is_circumstance,
    is_destination,
    is_floating,
    is_governed_gerund,
    is_inverted,
    is_modifier,
    is_ordnance,
    is_span,
)
from transforms.logic.coding.tokens import Token

NOUN_LEFT = frozenset("D'#PH")
"""Classes after which a word that may be a noun is one."""

_DO = frozenset(("do", "does", "did", "don't", "doesn't", "didn't"))
_BE = frozenset(
    "is are was were be been being am 're isn't aren't wasn't weren't isnt arent wasnt werent".split()
)
_SAME_PAST = frozenset("hit cut set put spread let overrun shed beat quit rid burst".split())
_PARTICLES = frozenset("into from out back towards toward deeper through on against".split())
_APPROXIMATE = frozenset("nearly about around almost over roughly some least than approximately to".split())


_NEAR = frozenset(("last", "next", "this", "earlier", "previous", "late", "early"))
"""Words that are part of a day or month behind them: "last Monday"."""
_NEARLY = frozenset("daily nightly weekly constant continuous total complete simultaneous identical".split())
"""What something may nearly be: "near daily attacks"."""
_FIRED = frozenset(("bombs", "rockets", "missiles", "drones", "blasts"))
_OFTEN = frozenset(("overnight", "daily"))
"""Adverbs that before a noun are adjectives: "a deadly overnight attack"."""
_UNSETTLED = _APPROXIMATE | _NEAR | _OFTEN | {"since", "that", "may", "near"}
"""Words other than verbs whose class depends on what stands around them."""


def tag_tokens(tokens: list[Token]) -> list[Token]:
    """The same tokens with every V settled as verb (V) or noun (N, T, R), and approximators of numbers as D.

    Returns the list that it was given.
    """
    _settle_numbers(tokens)
    for i, token in enumerate(tokens):
        if token.form is None or token.cls == "#":
            continue
        if _is_verb(tokens, i) or _only_verb(tokens, i):
            token.cls = "V"
        elif token.cls == "V":
            token.cls = "N"
    return tokens


def _settle_numbers(tokens: list[Token]) -> None:
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        if (token.cls == "B" or token.low in ADJECTIVAL) and is_modifier(tokens, i):
            token.cls = "N"
        if token.low not in _UNSETTLED:
            continue
        if i < last and token.low in _APPROXIMATE and tokens[i + 1].cls == "#":
            token.cls = "D"
            if i and tokens[i - 1].low in ("more", "less", "fewer", "at", "up"):
                tokens[i - 1].cls = "D"
        if token.low == "since" and 0 < i < last and tokens[i - 1].cls == "X" and tokens[i + 1].cls in "VX":
            token.cls = "B"
        if token.low == "near" and i < last and tokens[i + 1].low in _NEARLY:
            token.cls = "B"
        if token.low in _OFTEN and 0 < i < last and tokens[i - 1].cls in "D'NG" and tokens[i + 1].cls in "NT":
            token.cls = "N"
        if token.low == "that":
            token.cls = class_of_that(tokens, i)
        if token.low == "may" and token.upper and i:
            near = tokens[i - 1].cls in "P#D" or (i < last and tokens[i + 1].cls == "#")
            token.cls = "L" if near else "M"
        if token.low in _NEAR and i < last and (tokens[i + 1].cls == "L" or is_span(tokens, i + 1)):
            token.cls = tokens[i + 1].cls = "L"


def _left(tokens: list[Token], i: int) -> tuple[Token | None, Token | None]:
    """The token before `i`, and the nearest before it that is no adverb or negation."""
    near = tokens[i - 1] if i else None
    j = i - 1
    while j >= 0 and (tokens[j].cls in "B!L" or (j and is_floating(tokens, j))):
        j -= 1
    return near, tokens[j] if j >= 0 else None


def _is_verb(tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    near, left = _left(tokens, i)
    right = tokens[i + 1] if i + 1 < len(tokens) else None
    form = token.form
    assert form is not None
    tags = form.tags
    nounish = bool(form.also) or token.cls in "TR"
    past = "d" in tags or "n" in tags
    if token.low == "allied" and right is not None and right.cls in "NRTG":
        return False
    if "b" in tags and (is_inverted(tokens, i) or is_asked(tokens, i) or is_bare_infinitive(tokens, i)):
        return True
    if left is None:
        return _starts(token, tags, nounish, right)
    if left.cls == "M":
        return "b" in tags
    if left.cls == "J" and near is left and is_governed_gerund(tokens, i):
        return True
    if left.cls == "J":
        return "b" in tags and not (
            nounish
            and right is not None
            and right.cls in "P,."
            and token.cls == "T"
            and near is left
            and is_destination(tokens, i)
        )
    if left.cls == "X":
        return _after_auxiliary(token, tags, left, past)
    if left.cls in "OW":
        plural = "z" in tags and token.role is not None and left.low in ("which", "where", "when")
        return (near is not left or left.low != "whose") and not plural
    if left.cls in "CS":
        told = near is not left and left.cls == "C" and right is not None and right.cls in "DGRNT#"
        return past or "g" in tags or not nounish or told
    if past:
        return _is_past(token, tags, near, left, right)
    if "g" in tags:
        return _is_gerund(token, near, left, right)
    if "z" in tags:
        return _is_third_person(token, near, left, right, nounish)
    return _is_base(token, near, left, right, nounish)


def _starts(token: Token, tags: str, nounish: bool, right: Token | None) -> bool:
    if right is None:
        return False
    if "g" in tags:
        return not (token.cls == "T" and right.cls in "PXMV,")
    if "d" in tags or "n" in tags:
        return right.low in ("by", "in", "from", "on") or right.cls in "DJ"
    return "b" in tags and not nounish and right.cls in "DGR#"


def _after_auxiliary(token: Token, tags: str, left: Token, past: bool) -> bool:
    if left.low in _DO:
        return "b" in tags
    if "g" in tags:
        return left.low in _BE
    return past or token.low in _SAME_PAST


def _is_past(token: Token, tags: str, near: Token | None, left: Token, right: Token | None) -> bool:
    if near is left and near.cls in "D'#":
        return right is None or right.cls in ",." or (near.cls == "#" and right.cls in "PBJ")
    if near is left and near.cls in "PJ":
        return not (right is not None and right.cls in "NRGT")
    if near is left and _is_adjective(near) and right is not None and right.cls in "NRT":
        return False
    if is_carried(near, left) and "b" not in tags and right is not None and right.cls in "NRGTH":
        return False
    return not (
        "b" in tags
        and token.form
        and token.form.also
        and left.cls in "NGRTH"
        and not _takes_object(right)
        and token.low not in _SAME_PAST
    )


def _is_gerund(token: Token, near: Token | None, left: Token, right: Token | None) -> bool:
    if near is left and near.cls in "D'":
        return False
    if token.cls == "T":
        if right is None or right.cls in ",.PXMCVS":
            return False
        return near is not left or near.cls not in "GRHT" or right.cls in "DG#"
    if near is left and _is_adjective(near):
        return False
    if (
        near is left
        and near.cls == "N"
        and token.form
        and "n" in token.form.also
        and (right is None or right.cls in "P,.XMC")
    ):
        return False
    return not (
        token.form
        and token.form.also
        and near is left
        and near.cls in "DPH"
        and (right is None or right.cls in "P,.XM")
    )


def _is_third_person(
    token: Token, near: Token | None, left: Token, right: Token | None, nounish: bool
) -> bool:
    if near is left and near.cls in "D'P#H":
        return False
    if near is left and (_is_adjective(near) or is_ordnance(near, token)):
        return False
    if not nounish:
        return True
    if near is left and near.cls in "GR":
        calls = (
            right is not None and right.low == "for" and token.form is not None and token.form.lemma == "push"
        )
        return calls or _takes_object(right) or (right is not None and right.cls == "J")
    subject = "NT" if near is left else "GR" if near is not None and near.cls == "B" else ""
    return left.cls in subject and right is not None and right.cls in "DG#"


def _is_base(token: Token, near: Token | None, left: Token, right: Token | None, nounish: bool) -> bool:
    if near is left and near.cls == "#" and not nounish and right is not None and right.cls in "PSB":
        return True
    if near is left and near.cls in "D'P#H" and not (near.cls == "#" and not nounish):
        return False
    plural = (left.cls == "R" and left.role is not None and left.role.plural) or (
        left.cls == "G" and left.low.endswith("s") and not _is_adjective(left)
    )
    if nounish and plural and right is not None and right.low in _PARTICLES:
        return token.form is not None and token.form.lemma in (
            "push",
            "advance",
            "retreat",
            "withdraw",
            "move",
            "march",
            "close",
        )
    if plural:
        return not nounish or _takes_object(right) or (right is not None and right.cls == "S")
    if left.cls in "NT" and left.low.endswith("s") and near is left:
        fired = left.cls == "T" or left.low in _FIRED
        return not nounish or (fired and right is not None and right.cls in "D#G")
    return left.cls in ',:;"' and not nounish and right is not None and right.cls in "DGR"


def _only_verb(tokens: list[Token], i: int) -> bool:
    """Whether a present form behind a subject is the only possible verb: "Army advances on Idlib"."""
    token = tokens[i]
    near, left = _left(tokens, i)
    if left is None or near is None or token.form is None or i + 1 >= len(tokens):
        return False
    nounish = bool(token.form.also) or token.cls in "TR"
    if near.role is not None and near.role.lemma in ("rocket", "missile", "mortar", "artillery", "tank"):
        return False
    if near.cls not in "GR" or _is_adjective(near) or not set(token.form.tags) & {"b", "z"}:
        return False
    if near.cls == "G" and is_circumstance(tokens, i - 1):
        return False
    single = near.role is not None and not near.role.plural and near.role.cls in ("fighter", "people")
    if single and nounish and tokens[i + 1].cls == "P":
        return False
    plural = near.low.endswith("s") or (near.role is not None and near.role.plural)
    group = any(name.kind == "actor" for name in near.names)
    if (plural != ("b" in token.form.tags) and not group) or tokens[i + 1].cls not in "PDGRN#HJL":
        return False
    return not any(t.cls in "XMV" for t in _clause_around(tokens, i))


def _clause_around(tokens: list[Token], i: int) -> list[Token]:
    """The other tokens of a stretch without a comma or a subordinator."""
    found = []
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(tokens) and tokens[j].cls not in ',;:SWC"':
            if not (step == 1 and _may_be_noun(tokens[j])):
                found.append(tokens[j])
            j += step
    return found


def _may_be_noun(token: Token) -> bool:
    return token.cls == "V" and token.form is not None and bool(token.form.also)


def _is_adjective(token: Token) -> bool:
    return (
        token.cls == "G"
        and any(name.kind == "adjective" for name in token.names)
        and not token.low.endswith("s")
    )


def _takes_object(right: Token | None) -> bool:
    return right is not None and (
        right.cls in "DGRHO#NT" or right.low in ("into", "back", "over", "up", "most", "parts")
    )
