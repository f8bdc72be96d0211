"""A sentence with its noun groups read, and the objects and prepositional groups of verbs and nouns."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from transforms.logic.coding.ablation import NOTHING, Features
from transforms.logic.coding.chunks import Chunk, NounGroup, VerbGroup
from transforms.logic.coding.groups import Reader
from transforms.logic.coding.mentions import Reading
from transforms.logic.coding.sentences import Sentence
from transforms.logic.coding.tokens import Token

_ENDS = frozenset(
    ("since", "after", "before", "until", "till", "amid", "despite", "following", "while", "because")
)
"""Prepositions that open a circumstance: what stands behind their group belongs to it."""


_HOURS = frozenset("dawn daybreak dusk sunrise sunset noon midday midnight night nightfall".split())
_LADEN = frozenset(("containing", "carrying", "bearing", "filled", "loaded", "laden", "packed", "tipped"))
"""Participles that say what a weapon holds: "fired shells filled with gas at the town"."""


_SAID = frozenset(("said", "says", "reported", "reports", "announced", "added"))


class Attached(NamedTuple):
    """A noun group behind a preposition: chunk index and preposition."""

    prep: str
    at: int


class Clause:
    """One sentence with its chunks read; `readings` is by chunk index, None for what is no noun group."""

    def __init__(
        self,
        sentence: Sentence,
        index: int,
        tokens: list[Token],
        chunks: list[Chunk],
        reader: Reader,
        without: Features = NOTHING,
    ) -> None:
        self.sentence = sentence
        self.index = index
        self.tokens = tokens
        self.chunks = chunks
        self._last = len(chunks)
        self._kinds = [chunk.kind for chunk in chunks]
        self.subjects: dict[int, int | None] = {}
        """The subject of each verb that was asked for."""
        self.attached: dict[int, tuple[Attached, ...]] = {}
        """What is attached to each chunk that was asked for."""
        self.without = without
        self.readings = Readings(reader, tokens, chunks)

    @cached_property
    def words(self) -> list[str]:
        """The lower-case words of the sentence, those of joined tokens apart."""
        return [word for token in self.tokens for word in token.low.split()]

    def lows(self, start: int, end: int) -> list[str]:
        """The lower-case tokens of `[start, end)`."""
        return [t.low for t in self.tokens[max(start, 0) : end]]

    def group_lows(self, at: int) -> list[str]:
        """The lower-case tokens of chunk `at`."""
        chunk = self.chunks[at]
        return [t.low for t in self.tokens[chunk.i : chunk.j]]

    def kind(self, at: int) -> str:
        """The kind of chunk `at`, "" outside the sentence."""
        return self._kinds[at] if 0 <= at < self._last else ""

    def low(self, at: int) -> str:
        """The word of chunk `at`, "" outside the sentence."""
        return self.chunks[at].low if 0 <= at < self._last else ""


class Readings:
    """The readings of noun groups by chunk index, each made when it is first asked for."""

    def __init__(self, reader: Reader, tokens: list[Token], chunks: list[Chunk]) -> None:
        self._reader = reader
        self._tokens = tokens
        self._chunks = chunks
        self._read: list[Reading | None] = [None] * len(chunks)

    def __getitem__(self, at: int) -> Reading | None:
        found = self._read[at]
        if found is None:
            chunk = self._chunks[at]
            if isinstance(chunk, NounGroup):
                found = self._read[at] = read_group(self._reader, self._tokens, chunk)
        return found

    def __iter__(self) -> Iterator[Reading | None]:
        return (self[at] for at in range(len(self._chunks)))

    def replaced(self, at: int, reading: Reading) -> "Readings":
        """These readings with another one at `at`, for tools that ask what would be if."""
        other = Readings(self._reader, self._tokens, self._chunks)
        other._read = list(self._read)
        other._read[at] = reading
        return other


def read_group(reader: Reader, tokens: list[Token], group: NounGroup) -> Reading:
    """The reading of a noun group, its possessors read first."""
    possessor = read_group(reader, tokens, group.possessor) if group.possessor else None
    return reader.read(tokens, group, possessor)


def object_of(clause: Clause, at: int) -> int | None:
    """The chunk index of the direct object of the verb group at `at`."""
    k = at + 1
    while clause.kind(k) in ("B", "L") or (clause.kind(k) == '"'):
        k += 1
    if clause.kind(k) == "P" and clause.kind(k + 2) == "NP" and _is_hour(clause, k + 1):
        k += 2
    return k if clause.kind(k) == "NP" else None


def _is_hour(clause: Clause, k: int) -> bool:
    """Whether the chunk at `k` is a day or an hour: "attacked at dawn the base"."""
    return clause.kind(k) == "L" or (
        clause.kind(k) == "NP" and not _HOURS.isdisjoint(clause.group_lows(k)[-1:])
    )


def relative_object(clause: Clause, at: int, subject: int | None) -> int | None:
    """The group that a relative clause without an object is about: "the town which rebels captured"."""
    if subject is None or not 0 < subject < at:
        return None
    k = subject - 1
    if clause.kind(k) != "W" or clause.low(k) in ("who", "where", "whose"):
        return None
    k -= 1
    while clause.kind(k) in (",", "P"):
        k -= 1
    return k if clause.kind(k) == "NP" else None


def attached(clause: Clause, at: int) -> tuple[Attached, ...]:
    """The prepositional groups to the right of chunk `at` within its clause, nearest first."""
    if at not in clause.attached:
        clause.attached[at] = tuple(_attached(clause, at))
    return clause.attached[at]


def _attached(clause: Clause, at: int, limit: int = 9) -> list[Attached]:
    found = []
    k = at + 1
    steps = 0
    while k < len(clause.chunks) and steps < limit:
        kind = clause.kind(k)
        if kind in ("VG", "W", "S", ";", ":") or (kind == "C" and _new_clause(clause, k)):
            if kind == "VG" and clause.low(k) in ("targeting", "including", "using"):
                found.append(Attached(clause.low(k), k + 1))
                k += 1
                continue
            if kind == "VG" and clause.low(k) in _LADEN and clause.kind(k - 1) == "NP":
                k += 1
                continue
            break
        if kind == "P":
            nxt = k + 1
            while clause.kind(nxt) in ("B", "L"):
                nxt += 1
            if clause.kind(nxt) == "NP" and not (nxt > k + 1 and _speaks(clause, nxt)):
                found.append(Attached(clause.low(k), nxt))
            if clause.low(k) in _ENDS:
                break
        k += 1
        steps += 1
    return found


def _speaks(clause: Clause, k: int) -> bool:
    """Whether the group at `k` says the sentence: "a raid on Thursday state media said"."""
    return clause.low(k + 1) in _SAID and clause.kind(k + 1) == "VG"


def _new_clause(clause: Clause, k: int) -> bool:
    """Whether the conjunction at `k` begins a clause with a subject of its own, or a further verb."""
    j = k + 1
    while clause.kind(j) in ("B", "L"):
        j += 1
    if clause.kind(j) == "VG":
        return True
    while clause.kind(j) in ("NP", "P") or (clause.kind(j) == "NP"):
        j += 1
        if j - k > 5:
            return False
    return clause.kind(j) == "VG" and not is_reduced_at(clause, j)


def over_seen(clause: Clause, at: int) -> int | None:
    """The verb of which the participle or bare verb at `at` is the complement.

    "a deal that will see rebels and their families evacuated", "helped them withdraw".
    """
    verb = clause.chunks[at]
    if not isinstance(verb, VerbGroup) or not (verb.reduced or _is_bare(clause, verb)):
        return None
    k = at - 1
    while clause.kind(k) == "NP" and clause.kind(k - 1) == "C" and clause.kind(k - 2) == "NP":
        k -= 2
    over = clause.chunks[k - 1] if k > 0 and clause.kind(k) == "NP" else None
    if k == at - 1 and clause.kind(k) == "VG" and not verb.reduced:
        over, k = clause.chunks[k], at
        return k - 1 if isinstance(over, VerbGroup) and over.lemma == "help" else None
    if not isinstance(over, VerbGroup) or over.lemma not in (_SEEING if verb.reduced else _LETTING):
        return None
    return k - 1


_SEEING = frozenset(("see", "have", "get", "want", "need", "order"))
_LETTING = frozenset(("see", "watch", "help", "let", "make"))


def _is_bare(clause: Clause, verb: VerbGroup) -> bool:
    """Whether a verb may be an infinitive without "to"."""
    if verb.infinitive or verb.modal or verb.gerund or verb.negated:
        return False
    form = clause.tokens[verb.i].form
    return clause.tokens[verb.i].low == "be" or (
        verb.i == verb.verb and form is not None and "b" in form.tags
    )


def is_seen(clause: Clause, at: int) -> bool:
    """Whether a participle is what its object undergoes: "a deal that will see rebels evacuated"."""
    verb = clause.chunks[at]
    return isinstance(verb, VerbGroup) and verb.reduced and over_seen(clause, at) is not None


def verb_of_means(clause: Clause, k: int) -> int | None:
    """The verb whose means follow the "by" at `k`: "urged Russia to calm the border by withdrawing"."""
    q = k - 1
    while clause.kind(q) in ("NP", "P", "B", "L") and q > k - 6:
        q -= 1
    return q if clause.kind(q) == "VG" else None


def is_reduced_at(clause: Clause, k: int) -> bool:
    """Whether the chunk at `k` is a participle with its doer: "seized by rebels"."""
    chunk = clause.chunks[k]
    return isinstance(chunk, VerbGroup) and chunk.reduced and clause.low(k + 1) == "by"
