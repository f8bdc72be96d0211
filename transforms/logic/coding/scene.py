"""What an article is about: its places, its groups, and whom a bare noun or a pronoun stands for in it."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from schemas.event import Side
from schemas.lexicon import UNKNOWN_WHO, NameKind, Resolves, RoleClass
from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.matching import NameHit
from transforms.logic.coding.mentions import Mention, pick_name
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
    (
        "in",
        "inside",
        "across",
        "near",
        "of",
        "at",
        "from",
        "into",
        "on",
        "around",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
    )
)


class Actor(NamedTuple):
    """A resolved actor."""

    actor_id: str
    who: str
    side: Side


UNKNOWN = ""


class Scene:
    """The names of one article in their order, and what follows from them for nouns that name nobody."""

    def __init__(self, vocabulary: Vocabulary, lower: str, hits: list[NameHit], day: date | None) -> None:
        self._vocabulary = vocabulary
        self._hits = hits
        self._starts = [hit.start for hit in hits]
        self._named = [pick_name(hit.names, day) for hit in hits]
        self._homes: Mapping[str, str] = vocabulary.homes
        self._located = [_word_before(lower, hit.start) in _LOCATING for hit in hits]
        self.place, self.country = self._dominant()
        self._links = self._linked_roles(lower) if vocabulary.has(Feature.LINKS) else []
        self._groups = Counter(
            n.target
            for n in self._named
            if n and n.kind in (NameKind.ACTOR, NameKind.MEMBER) and n.side is Side.ARMED
        )
        self.last_attacker: Actor | None = None
        self._targets: dict[str, Counter[str]] = {}

    def _country_of(self, index: int) -> str:
        name = self._named[index]
        if name is None:
            return ""
        who = name.who if name.kind is not NameKind.PLACE else name.target
        return self._homes.get(who, who) if len(self._homes.get(who, who)) == 3 and who != UNKNOWN_WHO else ""

    def _dominant(self) -> tuple[str, str]:
        """The country where most is placed, and the country most named; ties go to the earlier."""
        places: Counter[str] = Counter()
        countries: Counter[str] = Counter()
        for i, hit in enumerate(self._hits):
            name = self._named[i]
            code = self._country_of(i)
            if name is None or not code:
                continue
            countries[code] += 1
            weight = _PLACE_WEIGHT.get(name.kind, 0.0)
            located = name.kind is NameKind.PLACE or (
                name.kind in (NameKind.COUNTRY, NameKind.CAPITAL) and self._located[i]
            )
            places[code] += int(10 * (weight if located else weight * 0.2))
        return _top(places), _top(countries)

    def _linked_roles(self, lower: str) -> list[tuple[int, str, Actor]]:
        """Role nouns that the article ties to a group ("M23 rebels", "militant group Hamas"), by position."""
        roles = self._vocabulary.lexicon.roles
        links = []
        for i, hit in enumerate(self._hits):
            name = self._named[i]
            if (
                name is None
                or name.kind not in (NameKind.ACTOR, NameKind.MEMBER)
                or name.side is not Side.ARMED
            ):
                continue
            actor = Actor(name.target, name.who, Side.ARMED)
            after = _WORD.match(lower, hit.end + 1)
            before = _words_before(lower, hit.start, 3)
            for word in ([after[0]] if after else []) + before:
                role = roles.get(word)
                if role is not None and role.side is Side.ARMED:
                    links.append((hit.start, role.lemma, actor))
        return links

    def linked(self, lemma: str, at: int) -> Actor | None:
        """The group that a role noun stands for in this article at an offset: the latest tie before it, else the first."""
        best = None
        for start, word, actor in self._links:
            if word != lemma:
                continue
            if start <= at or best is None:
                best = actor
        return best

    def place_in(self, start: int, end: int, avoid: str = "") -> str:
        """The country of the first place named in `[start, end)`, preferring another than `avoid`."""
        found = []
        for i in range(bisect_left(self._starts, start), len(self._hits)):
            if self._starts[i] >= end:
                break
            name = self._named[i]
            if name is None or name.target == UNKNOWN_WHO:
                continue
            if name.kind is NameKind.PLACE or (
                name.kind in (NameKind.COUNTRY, NameKind.CAPITAL) and self._located[i]
            ):
                found.append(name.target)
        others = [code for code in found if code != avoid]
        return (others or found or [""])[0]

    def state_before(self, at: int, reach: int = 400) -> Actor | None:
        """The state named last in the `reach` characters before an offset."""
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            if self._starts[i] < at - reach:
                return None
            name = self._named[i]
            if (
                name is not None
                and name.side is Side.STATE
                and name.kind in (NameKind.METONYM, NameKind.LEADER, NameKind.ACTOR)
            ):
                return Actor(f"{name.who}:state", name.who, Side.STATE)
            if name is not None and name.kind in (NameKind.ADJECTIVE, NameKind.COUNTRY, NameKind.PEOPLE):
                return Actor(f"{name.who}:state", name.who, Side.STATE)
        return None

    def resolve(self, mention: Mention, start: int, end: int, at: int, attacker: str = "") -> Actor | None:
        """The actor of a mention in the sentence `[start, end)`; `at` is its offset; None when it is no actor.

        `attacker` is the WHO of whoever attacked the mention: his victims are rarely his own.
        """
        if mention.kind == "context":
            return self._stateless(mention, start, end)
        if mention.who:
            return Actor(mention.actor_id, mention.who, mention.side)
        role = mention.role
        if role is None:
            return None
        if role.resolves in (Resolves.OWN, Resolves.FOREIGN) or not self._vocabulary.has(Feature.CONTEXT):
            return _of_country(UNKNOWN_WHO, mention.side)
        if mention.side is Side.ARMED:
            return self._armed(mention, start, end, at)
        if mention.side is Side.STATE:
            return self._state(mention, start, end, at)
        return _of_country(self._where(start, end, attacker), mention.side)

    def note_target(self, who: str, country: str) -> None:
        """Remember that an actor attacks in a country."""
        if country not in (UNKNOWN_WHO, self._homes.get(who, who)):
            self._targets.setdefault(who, Counter())[country] += 1

    def _where(self, start: int, end: int, attacker: str) -> str:
        """The country of people whom the text does not place: the sentence's, the attacker's target, the story's."""
        home = self._homes.get(attacker, attacker)
        here = self.place_in(start, end, home)
        if here and here != home:
            return here
        target = self._targets.get(attacker)
        if target:
            return _top(target)
        return here or self.place or self.country or UNKNOWN_WHO

    def _stateless(self, mention: Mention, start: int, end: int) -> Actor:
        by_country = self._vocabulary.contexts.get(mention.low, {})
        for code in (self.place_in(start, end), self.place, self.country):
            actor = self._vocabulary.lexicon.actors.get(by_country.get(code, ""))
            if actor is not None:
                if mention.side is Side.CIVIL:
                    return _of_country(code, Side.CIVIL)
                return Actor(actor.actor_id, actor.who, actor.side)
        return _of_country(UNKNOWN_WHO, Side.CIVIL if mention.side is Side.CIVIL else Side.ARMED)

    def _armed(self, mention: Mention, start: int, end: int, at: int) -> Actor | None:
        assert mention.role is not None
        linked = self.linked(mention.role.lemma, at)
        if linked is not None:
            return linked
        group = self._only_group()
        if group is not None and mention.role.lemma in self._vocabulary.sets["group_noun"]:
            return group
        if mention.role.lemma == "group":
            return None
        where = self.place_in(start, end) or self.place or self.country or UNKNOWN_WHO
        return _of_country(where, Side.ARMED)

    def _only_group(self) -> Actor | None:
        """The group that the article is about: the one armed group that it names most, if clearly so."""
        if not self._vocabulary.has(Feature.LINKS):
            return None
        top = sorted(self._groups.items(), key=lambda item: (-item[1], item[0]))[:2]
        if not top or (len(top) > 1 and top[1][1] * 2 > top[0][1]):
            return None
        actor = self._vocabulary.lexicon.actors.get(top[0][0])
        return Actor(actor.actor_id, actor.who, actor.side) if actor else None

    def _state(self, mention: Mention, start: int, end: int, at: int) -> Actor:
        assert mention.role is not None
        cls = mention.role.cls
        if cls is RoleClass.WEAPON or mention.role.resolves is Resolves.OWNER:
            owner = self.state_before(at, at - start) or self.last_attacker
            if owner is not None:
                return owner
        elif cls is RoleClass.FORCE:
            near = self.state_before(at, at - start)
            if near is not None and mention.definite is False:
                return near
            if self.last_attacker is not None and self.last_attacker.side is Side.STATE:
                return self.last_attacker
        where = self.place_in(start, end) or self.place or self.country or UNKNOWN_WHO
        return _of_country(where, Side.STATE)


def _of_country(who: str, side: Side) -> Actor:
    return Actor(f"{who}:{side}", who, side)


def _top(counter: Counter[str]) -> str:
    return max(counter, key=lambda code: counter[code]) if counter else ""


def _word_before(lower: str, at: int) -> str:
    words = _words_before(lower, at, 1)
    return words[0] if words else ""


def _words_before(lower: str, at: int, count: int) -> list[str]:
    return _WORD.findall(lower[max(0, at - 40) : at])[-count:]
