"""Which expression of time belongs to which event: each is bound to its own clause."""

from datetime import date

from transforms.logic.coding.chunks import NounGroup, VerbGroup
from transforms.logic.coding.clauses import Clause
from transforms.logic.coding.days import Time

_DIVIDES = frozenset(("W", "S", ";", ":", "-", "–", "—", '"', "("))
_ORDERS = frozenset("after before since until till following despite amid".split())
"""Prepositions that place a clause or a group in time beside the event before them."""

_BEGINS = frozenset(("begin", "start", "launch", "unleash"))
_BEGINNINGS = frozenset(("start", "beginning", "outbreak", "onset", "launch", "eve"))
_AFTERMATH = frozenset(("days", "hours", "phase", "aftermath", "eve"))
"""Nouns of a time by its event: "within days of the invasion"."""
_POINTS = frozenset(("since", "after", "following", "before", "when"))
_DATES = frozenset(("in", "during", "since", "after", "before", "of", "from", "until", "on", "for"))
_LINKS = frozenset((",", "B", "P", "L", '"', "("))
_MAX_HOPS = 3


def bound_time(clause: Clause, token: int, times: list[Time]) -> Time | None:
    """The expression of time that belongs to the event at a token.

    The nearest in its own clause; for a clause that has none, that of the clause it hangs on ("attacked on
    October 7, killing 40", "October 7, when they attacked"); else one that opens the sentence.
    """
    if not times:
        return None
    found = _in_clause(clause, token, times, 0)
    if found is not None:
        return found._replace(since=False) if _is_own(clause, found, token) else found
    if _behind_since(clause, token):
        return None
    opening = [t for t in times if t.i <= 3 and t.j < token and not _belongs_elsewhere(clause, t, token)]
    return opening[0] if opening else None


def _is_own(clause: Clause, time: Time, token: int) -> bool:
    """Whether a date is part of the event's own group: "since the October 7 attack" dates the attack."""
    return any(isinstance(c, NounGroup) and c.start <= time.j <= token < c.j for c in clause.chunks)


def _behind_since(clause: Clause, token: int) -> bool:
    """Whether "since" opens what an event stands in: a time before it is of something else."""
    start, _ = _segment(clause, token)
    k = next((k for k, c in enumerate(clause.chunks) if c.j > start), 0)
    return "since" in (clause.low(k), clause.low(k - 1))


def event_day(time: Time | None) -> date | None:
    """The day of an event whose time is one day."""
    return time.first if time is not None and time.first == time.last and not time.since else None


def _in_clause(clause: Clause, token: int, times: list[Time], hops: int) -> Time | None:
    start, end = _segment(clause, token)
    inside = [t for t in times if _spans(clause, t, start, end) and not _belongs_elsewhere(clause, t, token)]
    if inside:
        return min(inside, key=lambda t: (abs(t.i - token), t.i))
    return _inherited(clause, start, times, hops) if hops < _MAX_HOPS else None


def _spans(clause: Clause, time: Time, start: int, end: int) -> bool:
    return start <= time.i < end


def _belongs_elsewhere(clause: Clause, time: Time, token: int) -> bool:
    """ "The 2001 law lets the army attack": the year is of the law, unless "in the 2001 war"."""
    for k, chunk in enumerate(clause.chunks):
        if not isinstance(chunk, NounGroup) or not (chunk.start <= time.i and time.j < chunk.j):
            continue
        inside = chunk.start <= token < chunk.j
        dated = clause.kind(k - 1) == "P" and clause.low(k - 1) in _DATES
        return not (inside or dated or chunk.possessor)
    return False


def _inherited(clause: Clause, start: int, times: list[Time], hops: int) -> Time | None:
    """The time of what a clause hangs on: a date before "when", the clause before a participle."""
    k = next((k for k, c in enumerate(clause.chunks) if c.i >= start), len(clause.chunks))
    opener = k - 1
    if opener < 0:
        return None
    before = clause.chunks[opener].i
    if clause.low(opener) in ("when", "where"):
        near = clause.chunks[opener - 1].i if clause.kind(opener - 1) == "NP" else before
        ending = [t for t in times if t.j <= before and (t.i >= near or _only_links(clause, t.j, before))]
        return ending[-1]._replace(since=False) if ending else None
    if clause.low(opener) in ("after", "before", "as", "while") and hops < 2:
        main = _in_clause(clause, _last_word(clause, opener), times, _MAX_HOPS)
        return main if main is not None and main.first != main.last else None
    if _hangs(clause, opener, k) or _goes_on(clause, opener, k):
        return _in_clause(clause, _last_word(clause, opener), times, hops + 1)
    return None


def _only_links(clause: Clause, start: int, end: int) -> bool:
    return all(t.cls in ",BPL(" or t.low in (")", "morning", "night") for t in clause.tokens[start:end])


def _hangs(clause: Clause, opener: int, k: int) -> bool:
    """Whether the clause behind the mark at `opener` is a participle's or opens with "in which"."""
    verb = clause.chunks[k] if k < len(clause.chunks) else None
    if isinstance(verb, VerbGroup) and verb.gerund:
        return clause.kind(opener) in (",", "C", "S")
    return clause.low(opener) == "which" and clause.kind(opener - 1) == "P"


def _goes_on(clause: Clause, opener: int, k: int) -> bool:
    """Whether a verb shares the subject of the one before it: "beat its rival in 2007 and took the town"."""
    verb = clause.chunks[k] if k < len(clause.chunks) else None
    return clause.low(opener) == "and" and isinstance(verb, VerbGroup) and verb.past


def _last_word(clause: Clause, opener: int) -> int:
    q = opener - 1
    while q > 0 and clause.kind(q) in _LINKS:
        q -= 1
    return clause.chunks[max(q, 0)].i


def tells_start(clause: Clause, at: int, light: int | None) -> bool:
    """Whether an event is told as a point in time: "since the invasion", "after it invaded"."""
    carrier = clause.chunks[light] if light is not None else None
    if isinstance(carrier, VerbGroup) and carrier.lemma in _BEGINS and not carrier.gerund:
        return True
    for k in range(at - 1, max(-1, at - 5), -1):
        low = clause.low(k)
        if (
            low in _BEGINNINGS
            or (low in _AFTERMATH and clause.low(k + 1) == "of")
            or (low == "response" and clause.low(k + 1) == "to")
        ):
            return True
        if clause.kind(k) in ("P", "S", "W") and low in _POINTS:
            return True
        if clause.kind(k) in ("VG", ";", '"'):
            return False
    return False


def _segment(clause: Clause, token: int) -> tuple[int, int]:
    """The tokens of the clause around a token: up to a relative, a subordinator, a conjunction of clauses."""
    start, end = 0, len(clause.tokens)
    for k, chunk in enumerate(clause.chunks):
        if not _divides(clause, k):
            continue
        if chunk.j <= token:
            start = chunk.j
        elif chunk.i > token:
            end = chunk.i
            break
    return start, end


def _divides(clause: Clause, k: int) -> bool:
    kind = clause.kind(k)
    if kind in _DIVIDES:
        return True
    if kind in ("C", ","):
        return _verb_soon(clause, k)
    return kind == "P" and k > 0 and clause.low(k) in _ORDERS and _orders(clause, k)


def _orders(clause: Clause, k: int) -> bool:
    """Whether a preposition such as "after" has an event or a clause behind it, rather than a date."""
    after = clause.chunks[k + 1] if k + 1 < len(clause.chunks) else None
    if isinstance(after, VerbGroup):
        return True
    reading = clause.readings[k + 1] if after is not None else None
    return reading is not None and (reading.trigger is not None or _verb_soon(clause, k))


def _verb_soon(clause: Clause, k: int) -> bool:
    for j in range(k + 1, min(k + 4, len(clause.chunks))):
        if isinstance(clause.chunks[j], VerbGroup):
            return True
        if clause.kind(j) not in ("NP", "B", "C"):
            return False
    return False
