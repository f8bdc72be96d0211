"""From the entries of foreign dictionaries to tables of ours."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from schemas.event import Side
from schemas.lexicon import Lexicon
from transforms.logic.coding.lexicon.cameo import Meaning, class_of, meaning_of, resolves_of
from transforms.logic.coding.lexicon.fields import plain
from transforms.logic.coding.lexicon.phoenix import ActorEntry, AgentEntry, DatedCode, Interval

HEADERS: Mapping[str, tuple[str, ...]] = {
    "actors": ("actor_id", "who", "side", "kind", "name", "aliases", "source"),
    "leaders": ("name", "aliases", "who", "side", "office", "from", "to"),
    "places": ("name", "country", "kind", "aliases"),
    "roles": ("lemma", "forms", "side", "class", "resolves"),
}
_KINDS = {
    Side.STATE: "branch",
    Side.IGO: "organisation",
    Side.NGO: "organisation",
    Side.FIRM: "firm",
}
_ARTICLES = ("THE ", "A ", "AN ")
_OFFICE = "imported"
_DAY = timedelta(days=1)


class Unmapped(NamedTuple):
    """Something that has no place in our tables, and why."""

    file: str
    line: int
    what: str
    why: str


class Imported(NamedTuple):
    """Rows by table, as `HEADERS` has their cells, sorted; and what is in none of them, by file and line."""

    tables: Mapping[str, tuple[tuple[str, ...], ...]]
    unmapped: tuple[Unmapped, ...]


class _Named(NamedTuple):
    """A surface with its source and all codes that entries of its name give it, in order."""

    surface: str
    primary: str
    file: str
    line: int
    codes: list[DatedCode]


class _Term(NamedTuple):
    meaning: Meaning
    when: Interval


def to_tables(
    actors: Iterable[tuple[str, Sequence[ActorEntry]]],
    agents: Iterable[tuple[str, Sequence[AgentEntry]]],
    ours: Lexicon,
) -> Imported:
    """Our tables of the entries of named files.

    A name without dates becomes an actor, one with dates a leader, who is somebody only in his terms; a name
    with nothing but a country a place, which tells the country and is nobody. Of dated codes the first that
    fits a day holds, and one without dates on all other days. What our lexicon has already stays ours.
    """
    found = _Tables(ours)
    for named in _by_surface(actors, found):
        found.add_name(named)
    for file, entries in agents:
        for agent in entries:
            found.add_agent(file, agent)
    return found.result()


def _by_surface(files: Iterable[tuple[str, Sequence[ActorEntry]]], found: "_Tables") -> list[_Named]:
    """Surfaces in the order in which they first stand; entries of one name give it their codes in turn."""
    surfaces: dict[str, _Named] = {}
    for file, entries in files:
        for entry in entries:
            for code in entry.ignored:
                found.leave(file, code.line, code.code, "a synonym has the codes of its name")
            if not entry.codes:
                found.leave(file, entry.names[0][1], entry.names[0][0], "it has no code")
                continue
            primary = surface_of(entry.names[0][0])
            for surface, (name, line) in _distinct(entry).items():
                if not any(sign.isalpha() for sign in surface) or len(surface) < 2:
                    found.leave(file, line, name, "it is no word")
                else:
                    named = _Named(surface, primary, file, line, [])
                    surfaces.setdefault(surface.casefold(), named).codes.extend(entry.codes)
    return list(surfaces.values())


def _distinct(entry: ActorEntry) -> dict[str, tuple[str, int]]:
    """The surfaces of an entry, each once, with the name and line that first make it."""
    found: dict[str, tuple[str, int]] = {}
    for name, line in entry.names:
        found.setdefault(surface_of(name), (name, line))
    return found


def surface_of(name: str) -> str:
    """A name as a text has it: capitalised, without an article, a parenthesis or a lost underscore.

    A word of three letters or fewer that stands alone stays in capitals, since it is an acronym.
    """
    bare = re.sub(r"\([^()]*\)?|\)", " ", name).replace(";", " ")
    bare = " ".join(bare.split())
    for article in _ARTICLES:
        bare = bare.removeprefix(article)
    if len(bare) <= 3:
        return bare
    return re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)*", lambda word: word[0].capitalize(), bare)


def terms_of(
    codes: Sequence[DatedCode], countries: Collection[str]
) -> tuple[list[_Term], list[tuple[int, str]]]:
    """When a name means what, in disjoint terms sorted by day; and the lines that say nothing, with why.

    On any day the first dated code that holds decides, else the first without dates.
    """
    dated = [code for code in codes if code.when != Interval(None, None)]
    default = [code for code in codes if code.when == Interval(None, None)][:1]
    free = [Interval(None, None)]
    terms, silent = [], []
    for code in (*dated, *default):
        meaning = meaning_of(code.code, countries)
        taken = [both for gap in free if (both := _both(gap, code.when))]
        free = [rest for gap in free for rest in _without(gap, code.when)]
        if isinstance(meaning, str):
            silent.append((code.line, meaning))
        else:
            terms += [_Term(meaning, when) for when in taken]
    return _merged(sorted(terms, key=lambda term: term.when.first or date.min)), silent


def _both(one: Interval, two: Interval) -> Interval | None:
    firsts = [day for day in (one.first, two.first) if day]
    lasts = [day for day in (one.last, two.last) if day]
    both = Interval(max(firsts, default=None), min(lasts, default=None))
    return None if both.first and both.last and both.last < both.first else both


def _without(gap: Interval, taken: Interval) -> Iterator[Interval]:
    """What is left of a gap."""
    if not _both(gap, taken):
        yield gap
        return
    if taken.first and (gap.first is None or gap.first < taken.first):
        yield Interval(gap.first, taken.first - _DAY)
    if taken.last and (gap.last is None or taken.last < gap.last):
        yield Interval(taken.last + _DAY, gap.last)


def _merged(terms: Iterable[_Term]) -> list[_Term]:
    """Terms of one meaning that follow each other as one."""
    found: list[_Term] = []
    for term in terms:
        last = found[-1] if found else None
        follows = last is not None and last.when.last and last.when.last + _DAY == term.when.first
        if last is not None and follows and last.meaning == term.meaning:
            found[-1] = _Term(term.meaning, Interval(last.when.first, term.when.last))
        else:
            found.append(term)
    return found


class _Tables:
    """Rows as they grow: surfaces of one name and one meaning share a row."""

    def __init__(self, ours: Lexicon) -> None:
        self._ours = {name.surface.casefold(): name.label for name in ours.names}
        self._roles = set(ours.roles)
        self._ids = set(ours.actors)
        self._countries = {actor.who for actor in ours.actors.values() if actor.kind == "country"} - {"XXX"}
        self._actors: dict[tuple[str, Meaning], tuple[str, list[str]]] = {}
        self._leaders: dict[tuple[str, _Term], list[str]] = {}
        self._places: dict[tuple[str, str], list[str]] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._unmapped: list[Unmapped] = []

    def leave(self, file: str, line: int, what: str, why: str) -> None:
        """Note what has no place."""
        self._unmapped.append(Unmapped(file, line, what, why))

    def add_name(self, named: _Named) -> None:
        """Take a surface into the table that its terms call for."""
        folded = plain(named.surface).casefold()
        if folded in self._ours:
            why = f"our lexicon has it already, as {self._ours[folded]}"
            return self.leave(named.file, named.line, named.surface, why)
        if folded in self._roles:
            return self.leave(named.file, named.line, named.surface, "our lexicon has it as a role noun")
        terms, silent = terms_of(named.codes, self._countries)
        for line, why in silent:
            self.leave(named.file, line, named.surface, why)
        whole = len(terms) == 1 and terms[0].when == Interval(None, None)
        for term in terms:
            self._add_term(named, term, whole)
        return None

    def _add_term(self, named: _Named, term: _Term, whole: bool) -> None:
        meaning = term.meaning
        if meaning.side is None and not whole:
            why = f"the bare country {meaning.who} beside other codes or with dates"
            self.leave(named.file, named.line, named.surface, why)
        elif meaning.side is None:
            self._places.setdefault((named.primary, meaning.who), []).append(named.surface)
        elif whole:
            source = f"{named.file}:{named.line}"
            self._actors.setdefault((named.primary, meaning), (source, []))[1].append(named.surface)
        else:
            self._leaders.setdefault((named.primary, term), []).append(named.surface)

    def add_agent(self, file: str, agent: AgentEntry) -> None:
        """Take a role noun with its forms."""
        meaning = meaning_of(f"---{agent.code}", self._countries)
        shown = agent.singular or agent.plural
        if isinstance(meaning, str) or meaning.side is None:
            return self.leave(file, agent.line, shown, f"~{agent.code} has no role that makes a side")
        forms = [form for form in (agent.singular, agent.plural) if form]
        if any(set(form) & set("/;") for form in forms):
            return self.leave(file, agent.line, shown, "forms divide at the slash in our tables")
        known = [form for form in forms if form in self._roles or form in self._ours]
        if known:
            return self.leave(file, agent.line, shown, f"our lexicon has {known[0]!r} already")
        self._roles.update(forms)
        cls, resolves = class_of(agent.code, meaning.side), resolves_of(meaning.side)
        cells = (shown, f"{agent.singular}/{agent.plural}", str(meaning.side), str(cls), str(resolves))
        self._forms[shown] = cells
        return None

    def result(self) -> Imported:
        """The rows of all tables."""
        return Imported(
            {
                "actors": tuple(self._actor_rows()),
                "leaders": tuple(sorted(self._leader_rows())),
                "places": tuple(sorted(self._place_rows())),
                "roles": tuple(self._forms[lemma] for lemma in sorted(self._forms)),
            },
            tuple(sorted(self._unmapped)),
        )

    def _actor_rows(self) -> Iterator[tuple[str, ...]]:
        for (_, meaning), (source, surfaces) in sorted(self._actors.items(), key=lambda item: item[1][1]):
            assert meaning.side is not None
            actor_id = self._new_id(surfaces[0])
            kind = _KINDS.get(meaning.side, "group")
            who, side = meaning.who, str(meaning.side)
            yield actor_id, who, side, kind, surfaces[0], ";".join(surfaces[1:]), source

    def _new_id(self, surface: str) -> str:
        """A slug that no other actor has."""
        slug = "-".join(re.findall(r"[a-z0-9]+", plain(surface).lower())) or "actor"
        number, actor_id = 1, slug
        while actor_id in self._ids:
            number += 1
            actor_id = f"{slug}-{number}"
        self._ids.add(actor_id)
        return actor_id

    def _leader_rows(self) -> Iterator[tuple[str, ...]]:
        for (_, term), surfaces in self._leaders.items():
            first, last = ((day.isoformat() if day else "") for day in term.when)
            who, side = term.meaning.who, str(term.meaning.side)
            yield surfaces[0], ";".join(surfaces[1:]), who, side, _OFFICE, first, last

    def _place_rows(self) -> Iterator[tuple[str, ...]]:
        for (_, country), surfaces in self._places.items():
            yield surfaces[0], country, "region", ";".join(surfaces[1:])
