"""Telling what a "that" is by what stands around it."""

from transforms.logic.coding.tokens import Token


def class_of_that(tokens: list[Token], i: int) -> str:
    """W as in "fighters that captured", S as in "said that the army", or D as in "that town"."""
    j = i + 1
    while j < len(tokens) and tokens[j].cls == "B":
        j += 1
    after = tokens[j] if j < len(tokens) else None
    before = tokens[i - 1] if i else None
    if after is None or before is None:
        return "D"
    if after.cls in "XM!" or (after.cls == "V" and before.cls in "NRGT,"):
        return "W"
    if after.cls in "DGRO" and (before.cls in "NRT" or before.form):
        return "W" if _is_noun(tokens, i - 1) and not _said(tokens, i) else "S"
    if after.cls in "DG" and before.cls == "G" and i > 2 and tokens[i - 2].cls == "P":
        return "W" if tokens[i - 3].low in _GROUND else "S"
    return "S" if after.cls in "DGRO#" or before.cls == "V" else "D"


def _is_noun(tokens: list[Token], i: int) -> bool:
    """Whether the token at `i`, not yet settled, can only be a noun: "the shells that"."""
    token = tokens[i]
    if token.form is None:
        return not token.low.endswith("ed")
    return bool(token.form.also) and i > 0 and tokens[i - 1].cls in "D#"


def _said(tokens: list[Token], i: int) -> bool:
    """Whether "that" begins what is said, not what a noun is: "fears that", "a report that"."""
    return tokens[i - 1].low in _CONTENT


_GROUND = frozenset("areas area town towns village villages territory parts districts suburbs".split())
"""Nouns of ground that a name of a place follows: "areas around Homs that the army has retaken"."""
_CONTENT = frozenset(
    "fear fears claim claims report reports news evidence word hope hopes belief sign "
    "signs fact idea warning warnings "
    "statement allegation allegations suggestion impression view condition charge charges "
    "accusation reuters ap afp "
    "reporters journalists parliament television radio tv".split()
)
"""Nouns and hearers behind which "that" begins what is said, not a relative clause."""
