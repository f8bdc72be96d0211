"""What the words before one say of it: part of a name, of a time, of the verb that carries it."""

from transforms.logic.coding.tokens import Token

_SPANS = frozenset(("week", "month", "year", "weekend", "night", "summer", "winter", "spring", "autumn"))
_ARTICLES = frozenset("a an any another no each every its their his".split())
_CIRCUMSTANCE = frozenset("after before since following during amid by despite until".split())


ADJECTIVAL = frozenset(("past", "following", "inside", "outside", "near"))
"""Prepositions that are adjectives between a determiner and its noun: "the past two weeks"."""


def is_modifier(tokens: list[Token], i: int) -> bool:
    """Whether an adverb stands inside a noun group: "the nearby village", "a very serious attack".

    Behind an article or a possessor, and before a noun, or a participle that has one behind it.
    """
    if not i or (tokens[i - 1].cls not in "D'N" or i + 1 >= len(tokens)):
        return False
    before = tokens[i - 1]
    if before.cls == "N" and not (i > 1 and tokens[i - 2].cls in "D'" and before.low in _DEGREES):
        return False
    if before.low in _STANDING:
        return False
    after = tokens[i + 1]
    if after.cls == "V" and after.form is not None and not after.form.also:
        behind = tokens[i + 2] if i + 2 < len(tokens) else None
        participle = "d" in after.form.tags or "n" in after.form.tags
        return participle and behind is not None and behind.cls in "NRTG"
    if tokens[i].low in ADJECTIVAL and after.cls == "D":
        return True
    return after.cls in "NRTGHV#" or (after.cls == "B" and _is_before_noun(tokens, i + 1))


def _is_before_noun(tokens: list[Token], i: int) -> bool:
    """Whether the adverb at `i` has a noun behind it."""
    return i + 1 < len(tokens) and tokens[i + 1].cls in "NRTGH"


_DEGREES = frozenset("very more most less least increasingly further".split())
_STANDING = frozenset("this that these those all both each some many most several few what others".split())
"""Determiners that often stand for a noun: "this already happened"."""


def _opener(tokens: list[Token], i: int) -> str:
    """The word before the noun group that ends at `i`, "" where there is no group or no word."""
    j = i - 1
    while j >= 0 and tokens[j].cls in "DNGR":
        j -= 1
    return tokens[j].low if 0 <= j < i - 1 else ""


def is_inverted(tokens: list[Token], i: int) -> bool:
    """Whether the verb at `i` stands in a condition without "if": "should Russia invade"."""
    return _opener(tokens, i) == "should"


def is_asked(tokens: list[Token], i: int) -> bool:
    """Whether the verb at `i` is that of a question: "why does Israel target hospitals"."""
    return _opener(tokens, i) in ("do", "does", "did")


def is_span(tokens: list[Token], i: int) -> bool:
    """Whether the unit of time at `i` stands between a subject and its verb: "the army last week took"."""
    if tokens[i].low not in _SPANS or i < 2 or i + 1 >= len(tokens) or tokens[i + 1].cls not in "VXMB":
        return False
    return tokens[i - 2].cls in "GRNT"


def is_carried(near: Token | None, left: Token) -> bool:
    """Whether a verb, with its particle, stands before: "carry out targeted strikes"."""
    return left.cls == "V" and near is not None and (near is left or near.low in ("out", "up", "off"))


def is_ordnance(near: Token, token: Token) -> bool:
    """Whether a word behind a weapon names what it fires: "8 rocket shells"."""
    weapon = near.role is not None and near.role.cls == "weapon" and not near.role.plural
    return weapon and token.low in ("shells", "strikes", "attacks", "raids", "launches")


def is_circumstance(tokens: list[Token], i: int) -> bool:
    """Whether the name at `i` only modifies what follows: "after the Hamas attack", "a new Israeli push"."""
    j = i - 1
    while j >= 0 and tokens[j].cls in "NGR#":
        j -= 1
    if j >= 0 and tokens[j].low in _ARTICLES:
        return True
    while j >= 0 and tokens[j].cls in "DNGR#":
        j -= 1
    return j >= 0 and tokens[j].low in _CIRCUMSTANCE


_HELPING = frozenset(("help", "let", "make"))
"""Verbs whose object does what a verb without "to" behind it says: "helped the army retake the town"."""


def _lemma(token: Token) -> str:
    return token.form.lemma if token.form is not None else ""


def is_bare_infinitive(tokens: list[Token], i: int) -> bool:
    """Whether the word at `i` is what somebody helps, makes or lets others do: "helped the army retake"."""
    j = i - 1
    while j >= 0 and tokens[j].cls in "DNGR#TO'" and _lemma(tokens[j]) not in _HELPING:
        j -= 1
    lemma = _lemma(tokens[j]) if j >= 0 else ""
    if lemma not in _HELPING:
        return False
    form = tokens[i].form
    noun = bool(form and form.also) or tokens[i].cls in "TR"
    if j == i - 1:
        return lemma == "help" and not (noun and (j == 0 or tokens[j - 1].cls in "D'"))
    doer = tokens[i - 1]
    if not noun:
        return True
    several = doer.role is not None and doer.role.plural
    named = doer.cls == "G" and any(name.kind != "adjective" for name in doer.names)
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    goes = after is not None and after.cls in "BP"
    return (several or named) and (goes or lemma != "make")


def is_floating(tokens: list[Token], i: int) -> bool:
    """Whether a quantifier stands inside a verb group: "the camps were both evacuated"."""
    return tokens[i].low in FLOATING and tokens[i - 1].cls == "X"


FLOATING = frozenset(("all", "both", "each"))

_COMMITTING = frozenset(
    "commit committed commitment committing dedicated devoted return returned resort resorted resorting "
    "opposed object objected close admit admitted admitting confessed prior addition contribute "
    "contributed contributing approach".split()
)
"""Words behind which "to" is a preposition with what is done: "committed to withdrawing troops"."""


def is_governed_gerund(tokens: list[Token], i: int) -> bool:
    """Whether the -ing form at `i` behind "to" is a verb: "a commitment to withdrawing troops"."""
    form = tokens[i].form
    if form is None or "g" not in form.tags or i < 2 or i + 1 >= len(tokens):
        return False
    return tokens[i - 2].low in _COMMITTING and tokens[i + 1].cls in "DGRON#"


def is_destination(tokens: list[Token], i: int) -> bool:
    """Whether the "to" before `i` is a preposition: "subjected to attack", "response to shelling"."""
    before = tokens[i - 2] if i > 1 else None
    return before is not None and before.low in _EXPOSED


_EXPOSED = frozenset("subjected response due exposed vulnerable led prior".split())


def is_dating_year(tokens: list[Token], i: int) -> bool:
    """Whether the number at `i` is a year that opens a sentence's time: "in early 2015 severe floods"."""
    low = tokens[i].low
    if not i or len(low) != 4 or not low.isdigit() or low[:2] not in ("19", "20"):
        return False
    return tokens[i - 1].low in _DATING


_DATING = frozenset(("in", "since", "early", "late", "mid", "until", "by", "during"))
