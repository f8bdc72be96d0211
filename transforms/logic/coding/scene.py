"""What an article is about: its places, its groups, the nouns that it ties to them, and who attacks where."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from schemas.event import Side
from schemas.lexicon import UNKNOWN_WHO, Name, NameKind
from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.matching import NameHit
from transforms.logic.coding.mentions import pick_name
from transforms.logic.coding.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PLACE_WEIGHT = {
    NameKind.PLACE: 3.0,
    NameKind.COUNTRY: 2.0,
    NameKind.CAPITAL: 1.5,
    NameKind.ADJECTIVE: 1.0,
    NameKind.PEOPLE: 1.0,
    NameKind.LEADER: 0.7,
    NameKind.ACTOR: 1.0,
    NameKind.MEMBER: 1.0,
}
_LOCATING = frozenset(
    "in inside across near of at from into on around northern southern eastern western central".split()
)
_BEFORE = 3
"""How much farther a place in front counts than one behind: "killed in Israel, and 500 people in Gaza"."""
_BORDERS = (["border", "with"], ["borders", "with"], ["frontier", "with"])


class Actor(NamedTuple):
    """A resolved actor."""

    actor_id: str
    who: str
    side: Side


def of_country(who: str, side: Side) -> Actor:
    """The canonical actor of a country and a side."""
    return Actor(f"{who}:{side}", who, side)


class Scene:
    """The names of one article in their order, and what they say about its places and groups.

    `place` is the country where most is placed, `country` the one most named, `last_attacker` the attacker
    of the event settled last.
    """

    def __init__(self, vocabulary: Vocabulary, lower: str, hits: list[NameHit], day: date | None) -> None:
        self.vocabulary = vocabulary
        self._hits = hits
        self._starts = [hit.start for hit in hits]
        self._named = [pick_name(hit.names, day) for hit in hits]
        self._homes: Mapping[str, str] = vocabulary.homes
        self._lower = lower
        self._codes = [self._country_of(name) for name in self._named]
        self._lone = self._homonyms()
        self._targets: dict[str, Counter[str]] = {}
        self.last_attacker: Actor | None = None

    def home(self, who: str) -> str:
        """The country where an actor is at home; itself for a country."""
        return self._homes.get(who, who)

    def placed_hits(self) -> list[NameHit]:
        """The names of the article as they are meant in it.

        Those of lone homonyms are places of no known country; a people that fights under its name in the
        country of the article is its force there: "Serbs" in Bosnia.
        """
        peoples = self._peoples_at_war()
        if not self._lone and not peoples:
            return self._hits
        return [
            hit._replace(names=tuple(n._replace(target=UNKNOWN_WHO) for n in hit.names))
            if all(n.kind is NameKind.PLACE and n.target in self._lone for n in hit.names)
            else hit._replace(names=(peoples[hit.start],))
            if hit.start in peoples
            else hit
            for hit in self._hits
        ]

    def _peoples_at_war(self) -> dict[int, Name]:
        """The peoples of `contexts.tsv` at their offsets, as members of the force that they are here."""
        found = {}
        for hit, name in zip(self._hits, self._named, strict=True):
            if name is None or name.kind not in (NameKind.ADJECTIVE, NameKind.PEOPLE):
                continue
            by_country = self.vocabulary.contexts.get(self._lower[hit.start : hit.end])
            actor = self.vocabulary.lexicon.actors.get(by_country.get(self.place, "")) if by_country else None
            if actor is not None:
                found[hit.start] = name._replace(
                    kind=NameKind.MEMBER, target=actor.actor_id, who=actor.who, side=actor.side
                )
        return found

    @cached_property
    def countries(self) -> frozenset[str]:
        """All countries that the article names, by name, place or people."""
        return frozenset(code for code in self._codes if code)

    @property
    def place(self) -> str:
        """The country where most is placed; empty for none."""
        return self._dominant[0]

    @property
    def country(self) -> str:
        """The country that is named most; empty for none."""
        return self._dominant[1]

    @cached_property
    def _located(self) -> list[bool]:
        """Which names of countries and capitals a word such as "in" makes places."""
        return [
            name is not None
            and name.kind in (NameKind.COUNTRY, NameKind.CAPITAL)
            and not _LOCATING.isdisjoint(_words_before(self._lower, hit.start, 1))
            for name, hit in zip(self._named, self._hits, strict=True)
        ]

    @cached_property
    def _placed(self) -> list[str]:
        return [self._place_of(i) for i in range(len(self._hits))]

    @cached_property
    def _groups(self) -> Counter[str]:
        """How often each armed group is named."""
        return Counter(n.target for n in self._named if n and _is_group(n.kind) and n.side is Side.ARMED)

    def _country_of(self, name: Name | None) -> str:
        if name is None:
            return ""
        code = self.home(name.target if name.kind is NameKind.PLACE else name.who)
        return code if len(code) == 3 and code != UNKNOWN_WHO else ""

    def _homonyms(self) -> frozenset[str]:
        """Countries for which one place's name alone speaks, beside a better supported one.

        "Old City" in a story about Homs is not Jerusalem's.
        """
        surfaces: dict[str, set[str]] = {}
        supported = set()
        for name, code, hit in zip(self._named, self._codes, self._hits, strict=True):
            if name is None or not code:
                continue
            if name.kind is NameKind.PLACE:
                surfaces.setdefault(code, set()).add(self._lower[hit.start : hit.end])
            else:
                supported.add(code)
        sure = {code for code, names in surfaces.items() if code in supported or len(names) > 2}
        lone = (c for c, names in surfaces.items() if c not in supported and len(names) == 1)
        return frozenset(lone) if sure else frozenset()

    def _place_of(self, index: int) -> str:
        """The country in which a name places things; none for "UK-based", "border with X" and homonyms."""
        name, hit, lower = self._named[index], self._hits[index], self._lower
        if name is None or name.target == UNKNOWN_WHO or lower.startswith("-", hit.end):
            return ""
        if not self._located[index] and (name.kind is not NameKind.PLACE or name.target in self._lone):
            return ""
        if name.kind is NameKind.COUNTRY and lower.endswith("near ", 0, hit.start):
            return ""
        near = "with" in lower[max(0, hit.start - 8) : hit.start]
        if (near and _words_before(lower, hit.start, 2) in _BORDERS) or lower.startswith(" border", hit.end):
            return ""
        return name.target

    @cached_property
    def _dominant(self) -> tuple[str, str]:
        """The country where most is placed, and the country most named; ties go to the earlier."""
        places: Counter[str] = Counter()
        countries: Counter[str] = Counter()
        for name, code, located in zip(self._named, self._codes, self._located, strict=True):
            if name is None or not code or (name.kind is NameKind.PLACE and code in self._lone):
                continue
            countries[code] += 1
            located = located or name.kind is NameKind.PLACE
            places[code] += int(_PLACE_WEIGHT.get(name.kind, 0.0) * (10 if located else 2))
        return top(places), top(countries)

    @cached_property
    def _links(self) -> list[tuple[int, str, Actor]]:
        """Role nouns that the article ties to a group ("M23 rebels", "militant group Hamas"), by position."""
        roles, lower = self.vocabulary.lexicon.roles, self._lower
        links: list[tuple[int, str, Actor]] = []
        if not self.vocabulary.has(Feature.LINKS):
            return links
        for name, hit in zip(self._named, self._hits, strict=True):
            if name is None or not _is_group(name.kind) or name.side is not Side.ARMED:
                continue
            actor = Actor(name.target, name.who, Side.ARMED)
            after = _WORD.match(lower, hit.end + 1)
            for word in ([after[0]] if after else []) + _words_before(lower, hit.start, 3):
                role = roles.get(word)
                if role is not None and role.side is Side.ARMED:
                    links.append((hit.start, role.lemma, actor))
        return links

    def linked(self, lemma: str, at: int) -> Actor | None:
        """The group that a role noun stands for at an offset: the latest tie before it, else the first."""
        best = None
        for start, word, actor in self._links:
            if word == lemma and (start <= at or best is None):
                best = actor
        return best

    def place_in(self, start: int, end: int, at: int, avoid: str = "") -> str:
        """The country of the place in `[start, end)` nearest to `at`, preferring another than `avoid`."""
        found = []
        for i in range(bisect_left(self._starts, start), len(self._hits)):
            if self._starts[i] >= end:
                break
            if self._placed[i]:
                away = self._starts[i] - at
                found.append((self._placed[i] == avoid, max(away, -_BEFORE * away), self._placed[i]))
        return min(found)[2] if found else ""

    def state_before(self, at: int, reach: int) -> Actor | None:
        """The state named last in the `reach` characters before an offset."""
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            if self._starts[i] < at - reach:
                return None
            name = self._named[i]
            behind = self._hits[i].end
            if name is None or (
                self._lower.startswith("-", behind) and not self._lower.startswith("-led", behind)
            ):
                continue
            acting = (
                name.kind in (NameKind.METONYM, NameKind.LEADER, NameKind.ACTOR) and name.side is Side.STATE
            )
            if acting or name.kind in (NameKind.ADJECTIVE, NameKind.COUNTRY, NameKind.PEOPLE):
                return of_country(name.who, Side.STATE)
        return None

    def group_before(self, at: int, reach: int) -> Actor | None:
        """The armed group named last in the `reach` characters before an offset."""
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            if self._starts[i] < at - reach:
                return None
            name = self._named[i]
            if name is not None and _is_group(name.kind) and name.side is Side.ARMED:
                return Actor(name.target, name.who, Side.ARMED)
        return None

    def alliance(self, at: int) -> Actor | None:
        """The coalition of states that the article names last before an offset, else the first."""
        best = None
        for i, name in enumerate(self._named):
            actor = self.vocabulary.lexicon.actors.get(name.target) if name else None
            if actor is None or actor.kind != "coalition" or actor.side is Side.ARMED:
                continue
            if self._starts[i] <= at or best is None:
                best = Actor(actor.actor_id, actor.who, actor.side)
        return best

    def only_group(self) -> Actor | None:
        """The group that the article is about: the one armed group that it names most, if clearly so."""
        if not self.vocabulary.has(Feature.LINKS):
            return None
        first = sorted(self._groups.items(), key=lambda item: (-item[1], item[0]))[:2]
        if not first or (len(first) > 1 and first[1][1] * 2 > first[0][1]):
            return None
        actor = self.vocabulary.lexicon.actors.get(first[0][0])
        return Actor(actor.actor_id, actor.who, actor.side) if actor else None

    def note_target(self, who: str, country: str) -> None:
        """Remember that an actor attacks in a country."""
        if country not in (UNKNOWN_WHO, self.home(who)):
            self._targets.setdefault(who, Counter())[country] += 1

    def target(self, who: str) -> str:
        """The country in which an actor attacks most; empty when none is known."""
        return top(self._targets.get(who, Counter()))


def _is_group(kind: NameKind) -> bool:
    return kind in (NameKind.ACTOR, NameKind.MEMBER)


def top(counter: Counter[str]) -> str:
    """The most frequent key, the earliest of equals; empty for none."""
    return max(counter, key=lambda code: counter[code]) if counter else ""


def _words_before(lower: str, at: int, count: int) -> list[str]:
    return _WORD.findall(lower[max(0, at - 40) : at])[-count:]
