"""Noun groups and verb groups."""

from transforms.logic.coding.surroundings import FLOATING, is_dating_year
from transforms.logic.coding.tokens import Token

_BE = frozenset(
    "is are was were be been being am 're isn't aren't wasn't weren't isnt arent wasnt werent".split()
)
_HAVE = frozenset("has have had having 've hasn't haven't hadn't hasnt havent hadnt".split())
_GET = frozenset(("get", "gets", "got"))
_SAME_PAST = frozenset("hit cut set put spread let overrun shed beat quit rid burst".split())
_NOUN_CLASSES = frozenset("DNGRT#H'")
_NOUN_STARTS = _NOUN_CLASSES - {"'"}
_VERB_CLASSES = frozenset("XM!V")


_FATES = frozenset(
    ("dead", "wounded", "injured", "homeless", "alive", "unhurt", "offshore", "hostage", "captive")
)
"""What people are left: no part of their noun group, as in "left ten soldiers dead"."""

LOYAL = frozenset("loyal aligned allied linked faithful close affiliated associated sympathetic".split())
"""Words behind a noun that tell whose it is: "troops loyal to X"."""

_KINDS = frozenset(
    "military civilian diplomatic political medical security technical "
    "administrative police naval air ground local foreign".split()
)
"""Words that say of what kind staff or forces are: two of them joined by "and" modify one head."""


class Chunk:
    """A stretch of tokens `[i, j)`. `kind`: NP noun group, VG verb group, or a lone token's class letter."""

    __slots__ = ("i", "j", "kind", "low")

    def __init__(self, kind: str, i: int, j: int, low: str) -> None:
        self.kind = kind
        self.i = i
        self.j = j
        self.low = low

    def __repr__(self) -> str:
        return f"{self.kind}[{self.low}]"


class NounGroup(Chunk):
    """A noun group. `head` is the index of its head token, `possessor` the group before its "'s"."""

    __slots__ = ("head", "possessor")

    def __init__(self, i: int, j: int, head: int, low: str, possessor: "NounGroup | None") -> None:
        self.kind, self.i, self.j, self.low = "NP", i, j, low
        self.head = head
        self.possessor = possessor

    @property
    def start(self) -> int:
        """The first token, the possessor's included."""
        return self.possessor.start if self.possessor else self.i


class VerbGroup(Chunk):
    """A verb group. `verb` is the index of its main verb; `low` that verb's spelling.

    `infinitive`: with "to"; `gerund`: -ing without "be"; `passive`: with "be" or "get"; `reduced`: a bare
    past participle, which only its surroundings can tell from an active past.
    """

    __slots__ = (
        "gerund",
        "infinitive",
        "lemma",
        "modal",
        "negated",
        "passive",
        "past",
        "perfect",
        "reduced",
        "verb",
    )

    def __init__(self, i: int, j: int, verb: int, low: str, lemma: str) -> None:
        self.kind, self.i, self.j, self.low = "VG", i, j, low
        self.verb = verb
        self.lemma = lemma
        self.infinitive = False
        self.gerund = False
        self.passive = False
        self.reduced = False
        self.perfect = False
        self.past = False
        self.modal = ""
        self.negated = False


def chunk_tokens(tokens: list[Token]) -> list[Chunk]:
    """The chunks of a sentence, in order; every token is in one, possessive marks aside."""
    chunks: list[Chunk] = []
    i, last = 0, len(tokens)
    while i < last:
        token = tokens[i]
        cls = token.cls
        if cls in _NOUN_STARTS:
            chunk: Chunk = _noun_group(tokens, i)
        elif cls in _VERB_CLASSES or (cls == "J" and _infinitive_follows(tokens, i)):
            chunk = _verb_group(tokens, i)
        elif cls == "O":
            chunk = NounGroup(i, i + 1, i, token.low, None)
        else:
            chunk = Chunk("P" if cls == "J" else cls, i, i + 1, token.low)
        chunks.append(chunk)
        i = max(chunk.j, i + 1)
    return chunks


def _infinitive_follows(tokens: list[Token], i: int) -> bool:
    j = i + 1
    while j < len(tokens) and tokens[j].cls in "B!":
        j += 1
    return (
        j < len(tokens)
        and tokens[j].cls in "VX"
        and (tokens[j].cls == "V" or tokens[j].low in ("be", "have", "get"))
    )


def _verb_group(tokens: list[Token], i: int) -> VerbGroup:
    group = VerbGroup(i, i + 1, i, tokens[i].low, "be")
    be = have = False
    j = i
    while j < len(tokens):
        token = tokens[j]
        if token.cls == "J" and j == i:
            group.infinitive = True
        elif token.cls == "M":
            group.modal = group.modal or token.low
            group.negated |= token.low.endswith(("n't", "not")) or token.low in (
                "cannot",
                "wont",
                "wouldnt",
                "couldnt",
            )
        elif token.cls == "!":
            group.negated = True
        elif token.cls == "X":
            be = token.low in _BE or token.low in _GET
            have |= token.low in _HAVE
            group.negated |= token.low.endswith("n't")
            group.verb, group.low = j, token.low
        elif token.cls == "V":
            _take_verb(group, token, j, be, have)
            j += 1
            break
        elif token.low in FLOATING and be and _verb_follows(tokens, j + 1):
            pass
        elif (token.cls not in 'B"' and token.low != "and") or not _verb_follows(tokens, j):
            break
        j += 1
    group.gerund |= group.lemma == "be" and group.low == "being" and group.verb == i
    group.j = max(j, i + 1)
    if group.lemma == "be" and have and not be:
        group.lemma = "have"
    elif group.lemma == "be" and group.infinitive and group.low == "get":
        group.lemma = "get"
    return group


def _verb_follows(tokens: list[Token], j: int) -> bool:
    while (j < len(tokens) and tokens[j].cls in 'B"') or (
        j + 1 < len(tokens) and tokens[j].low == "and" and tokens[j + 1].cls == "B"
    ):
        j += 1
    return j < len(tokens) and tokens[j].cls in "VX!"


def _take_verb(group: VerbGroup, token: Token, j: int, be: bool, have: bool) -> None:
    form = token.form
    assert form is not None
    participle = "d" in form.tags or "n" in form.tags or token.low in _SAME_PAST
    group.verb, group.low, group.lemma = j, token.low, form.lemma
    group.passive = be and participle and "g" not in form.tags
    group.gerund = "g" in form.tags and not be
    group.perfect = have
    group.past = "d" in form.tags and not be and not have
    group.reduced = (
        participle
        and not be
        and not have
        and not group.modal
        and not group.infinitive
        and "b" not in form.tags
    )


def _noun_group(tokens: list[Token], i: int) -> NounGroup:
    possessor: NounGroup | None = None
    start = j = i
    last = len(tokens)
    while j < last:
        token = tokens[j]
        cls = token.cls
        joined = (
            (cls == "C" and _joins_modifiers(tokens, start, j))
            or (cls == "L" and _dates(tokens, j))
            or (cls == '"' and _quotes(tokens, start, j))
        )
        if cls not in _NOUN_CLASSES and not joined:
            break
        if j > start and _breaks(tokens, j):
            break
        if cls == "'":
            possessor = _finished(tokens, start, j, possessor)
            start = j + 1
        j += 1
    return _finished(tokens, start, j, possessor)


def _quotes(tokens: list[Token], start: int, j: int) -> bool:
    """Whether the quotation mark at `j` is about a word of the group: the "safe zone", "terrorist" raids."""
    if j + 1 >= len(tokens) or tokens[j + 1].cls not in "NRTGH":
        return False
    if tokens[j - 1].cls == "'" or tokens[j - 1].low in _ARTICLES:
        return True
    opened = [k for k in range(max(0, j - 4), j) if tokens[k].cls == '"']
    return len(opened) == 1 and (opened[0] >= start - 1) and tokens[j - 1].cls in "NRTGH"


def _dates(tokens: list[Token], j: int) -> bool:
    """Whether the day or month at `j` modifies an event noun: "Hamas's October 7 attack", "a Monday raid"."""
    k = j + 1
    while k < len(tokens) and tokens[k].cls in "#NLRG" and k < j + 4:
        k += 1
    return j > 0 and tokens[j - 1].cls in "D'" and k < len(tokens) and tokens[k].cls == "T"


def _joins_modifiers(tokens: list[Token], start: int, j: int) -> bool:
    """Whether the "and" at `j` joins modifiers of one event noun: "air and ground offensive"."""
    if tokens[j].low not in ("and", "or") or j == start:
        return False
    before = tokens[j - 1]
    if before.low in _KINDS and j + 1 < len(tokens) and tokens[j + 1].low.split()[0] in _KINDS:
        return True
    if before.cls not in "NR" or (before.role is not None and before.role.cls != "weapon"):
        return False
    for token in tokens[j + 1 : j + 4]:
        if token.cls == "T":
            return True
        if token.cls != "N" and not (token.role is not None and token.role.cls == "weapon"):
            return False
    return False


_TIMES = frozenset(("year", "week", "month", "night", "morning", "yesterday"))


_ARTICLES = frozenset(("a", "an", "the", "its", "their", "his", "her"))
_MORE = frozenset(("further", "additional", "estimated", "more", "other"))
_SPANS = frozenset(("days", "weeks", "months", "years", "hours", "minutes"))
_COMPASS = frozenset(
    (
        "north south east west northeast northwest southeast southwest north-east north-west "
        "south-east south-west"
    ).split()
)


def _breaks(tokens: list[Token], j: int) -> bool:
    """Whether a noun group ends before `j`: at a determiner, a fate, "loyal to", in "On Monday rebels"."""
    before, token = tokens[j - 1], tokens[j]
    if token.cls == "D":
        return before.cls not in "D#" or (before.cls == "#" and token.low in ("a", "an", "the"))
    if before.cls == "#" and token.cls != "D" and is_dating_year(tokens, j - 1):
        return True
    if token.cls == "#" and before.cls in "RGN":
        return j + 1 < len(tokens) and tokens[j + 1].low in _SPANS
    if before.cls == "N":
        named = token.cls == "G" and token.low.startswith("the ")
        return named or (token.cls in "RG" and (before.low in _TIMES or before.low in _SPANS))
    if token.low in _FATES:
        return before.cls == "R"
    if token.low in _COMPASS:
        after = tokens[j + 1].low if j + 1 < len(tokens) else ""
        return before.cls in "TRG" and (after in ("of", "and", "or") or after in _COMPASS)
    if token.low in LOYAL and before.cls in "RG":
        return j + 1 < len(tokens) and tokens[j + 1].cls in "PJ"
    return False


def _finished(tokens: list[Token], start: int, end: int, possessor: NounGroup | None) -> NounGroup:
    head = end - 1
    while head > start and tokens[head].cls in "#D":
        head -= 1
    head = max(head, start) if start < end else max(start - 1, 0)
    counts = start < end and tokens[end - 1].cls == "#"
    if counts and (tokens[head].cls == "D" or tokens[head].low in _MORE):
        head = end - 1
    return NounGroup(start, max(end, start), head, tokens[head].low if tokens else "", possessor)
