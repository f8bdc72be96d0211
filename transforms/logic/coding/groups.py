"""Reads noun groups: whom each names, whom its head belongs to, what happens and where."""

from collections.abc import Iterable
from datetime import date

from schemas.event import Side
from schemas.lexicon import NameKind, RoleClass, RoleNoun
from transforms.logic.coding.chunks import NounGroup
from transforms.logic.coding.mentions import ARMED_CLASSES, Mention, Reading, owned_by, pick_name
from transforms.logic.coding.tokens import Token
from transforms.logic.coding.vocabulary import Vocabulary

_OWNED = frozenset(("owned", "flagged"))
_TELLING = frozenset("TGRH")
_HOLDING = frozenset(("held", "controlled", "occupied", "run", "dominated"))


class Reader:
    """Reads the noun groups of one article. `day` is the day of publication."""

    def __init__(self, vocabulary: Vocabulary, day: date | None) -> None:
        self._sets = vocabulary.sets
        self._contexts = vocabulary.contexts
        self._roles = vocabulary.lexicon.roles
        self._by_word = vocabulary.by_word
        self._day = day

    def read(self, tokens: list[Token], group: NounGroup, possessor: Reading | None) -> Reading:
        """The reading of a group whose possessor, if any, has been read."""
        classes = [token.cls for token in tokens[group.i : group.j]]
        if _TELLING.isdisjoint(classes):
            return self._read_plain(tokens, group, possessor)
        span = range(group.i, group.j)
        trigger_at = max([i for i in span if tokens[i].cls == "T"]) if "T" in classes else -1
        bare = trigger_at >= 0 and self._is_modifier(tokens, group, trigger_at)
        frame = tokens[trigger_at].frame if trigger_at >= 0 else None
        actors = [i for i in span if tokens[i].cls in "GR" and (trigger_at < 0 or bare or i < trigger_at)]
        mention, head_at = self._mention(tokens, group, actors, possessor)
        owner = None
        named = (
            (trigger_at < 0 or bare)
            and mention is not None
            and self._is_head(tokens, group, head_at, mention)
        )
        if mention is not None and not named:
            owner, mention = mention, None
        holder = possessor.mention if possessor is not None else None
        adjective = owner is not None and owner.kind in ("adjective", "people")
        if adjective and holder is not None and holder.kind in ("actor", "member"):
            owner = holder
        if owner is not None and owner.kind == "country" and holder is not None and trigger_at >= 0:
            owner = holder
        if mention is None and owner is None and possessor is not None:
            owner = possessor.mention or possessor.owner
        if mention is None and owner is None:
            owner = self._leading(tokens, span) if "H" in classes else None
        return Reading(
            mention,
            owner,
            None if bare else frame,
            trigger_at,
            bare,
            self._place(tokens, span, possessor),
            self._whole_country(tokens, group),
            tuple(self._held(tokens, span)) if "H" in classes else (),
            tokens[group.head].low in self._sets["property"] and trigger_at < 0,
            tokens[group.head].low in self._sets["quantity"] or tokens[group.head].cls == "#",
            self._is_weapon(tokens[group.i : group.j]),
        )

    def _is_weapon(self, tokens: list[Token]) -> bool:
        projectiles = self._sets["projectile"]
        for token in tokens:
            if token.low in projectiles or (token.role is not None and token.role.cls is RoleClass.WEAPON):
                return True
        return False

    def _read_plain(self, tokens: list[Token], group: NounGroup, possessor: Reading | None) -> Reading:
        """The reading of a group that has no name, role, event or compound in it."""
        head = tokens[group.head]
        owner, place = None, ""
        if possessor is not None:
            owner, place = possessor.mention or possessor.owner, possessor.place
        weapon = self._is_weapon(tokens[group.i : group.j])
        counts = head.cls == "#" or head.low in self._sets["quantity"]
        stands = head.low in self._sets["property"]
        return Reading(None, owner, None, -1, False, place, False, (), stands, counts, weapon)

    def _is_modifier(self, tokens: list[Token], group: NounGroup, at: int) -> bool:
        """Whether the trigger only modifies a head behind it: "evacuation plan", "strike victims"."""
        after = [t for t in tokens[at + 1 : group.j] if t.cls in "NR" and not (t.upper and t.cls == "N")]
        return bool(after)

    def _mention(
        self, tokens: list[Token], group: NounGroup, actors: list[int], possessor: Reading | None
    ) -> tuple[Mention | None, int]:
        if not actors:
            return None, -1
        roles = [i for i in actors if tokens[i].cls == "R"]
        names = [i for i in actors if tokens[i].cls == "G"]
        flags = self._flags(tokens, group)
        if roles and (not names or names[-1] < roles[-1] or self._titled(tokens, roles[-1], names[-1])):
            return self._role_mention(tokens, group, roles, names, flags, possessor), roles[-1]
        for i in reversed(names):
            mention = self._name_mention(tokens, i, flags)
            if mention is not None:
                return mention, i
        return None, -1

    @staticmethod
    def _titled(tokens: list[Token], role: int, name: int) -> bool:
        """Whether a name behind a role is only the person in office: no actor of its own."""
        return name > role and all(n.kind is NameKind.PLACE for n in tokens[name].names)

    @staticmethod
    def _flags(tokens: list[Token], group: NounGroup) -> tuple[bool, bool]:
        first = tokens[group.i].low if group.i < group.j else ""
        return first in ("the", "these", "those", "this"), first in ("its", "their", "his", "her", "our")

    def _name_mention(self, tokens: list[Token], i: int, flags: tuple[bool, bool]) -> Mention | None:
        token = tokens[i]
        if not token.names:
            return Mention("context", "", Side.ARMED, "", i, None, *flags, token.low)
        name = pick_name(token.names, self._day)
        if name is None or name.kind is NameKind.PLACE:
            return None
        side = name.side or Side.STATE
        if name.kind in (NameKind.ACTOR, NameKind.MEMBER, NameKind.LEADER, NameKind.METONYM):
            return Mention(str(name.kind), name.who, side, name.target, i, None, *flags, token.low)
        kind = "people" if any(n.kind is NameKind.PEOPLE for n in token.names) else str(name.kind)
        if kind == "people":
            side = Side.CIVIL
        return Mention(kind, name.who, side, f"{name.who}:{side}", i, None, *flags, token.low)

    def _role_mention(
        self,
        tokens: list[Token],
        group: NounGroup,
        roles: list[int],
        names: list[int],
        flags: tuple[bool, bool],
        possessor: Reading | None,
    ) -> Mention:
        at = roles[-1]
        role = tokens[at].role
        assert role is not None
        side = self._side(tokens, roles)
        foreign = role.plural and role.lemma == "state"
        foreign = foreign or any(t.low in self._sets["foreign"] for t in tokens[group.i : at])
        base = Mention(
            "role", "", side, "", at, role, *flags, tokens[at].low, _owning(tokens, roles), foreign
        )
        for i in reversed([n for n in names if n < at]):
            named = self._name_mention(tokens, i, flags)
            posted = flags[1] and role.cls is RoleClass.STAFF and named is not None
            if named is not None and not (posted and named.kind in ("capital", "country")):
                return owned_by(base, named)
        owned = next((t for t in tokens[group.i : at] if t.cls == "H" and t.suffix in _OWNED), None)
        if owned is not None:
            return owned_by(base, self.word_mention(owned.stem, at))
        if possessor is not None and (possessor.mention or possessor.owner):
            return owned_by(base, possessor.mention or possessor.owner)
        if possessor is not None and possessor.place:
            return base._replace(who=possessor.place, actor_id=f"{possessor.place}:{side}")
        return base

    def _side(self, tokens: list[Token], roles: list[int]) -> Side:
        """The side of compound roles: "rebel commander" is armed, "government fighters" is state."""
        role = tokens[roles[-1]].role
        assert role is not None
        first = tokens[roles[0]].role
        assert first is not None
        if len(roles) > 1 and role.cls is not RoleClass.PEOPLE and first.cls in ARMED_CLASSES:
            return first.side
        if len(roles) > 1 and role.side is Side.CIVIL and first.cls is RoleClass.STAFF:
            return first.side
        return role.side

    def _is_head(self, tokens: list[Token], group: NounGroup, at: int, mention: Mention) -> bool:
        """Whether the actor is what the group is about, not a modifier of something else."""
        if mention.kind == "adjective":
            return False
        rest = [t for t in tokens[at + 1 : group.j] if t.cls in "NTH"]
        if not rest:
            return True
        if all(t.upper for t in rest) and mention.role is not None:
            return mention.role.cls in (
                RoleClass.LEADER,
                RoleClass.STAFF,
                RoleClass.OFFICE,
                RoleClass.FIGHTER,
                RoleClass.FIRM,
                RoleClass.WEAPON,
                RoleClass.PEOPLE,
            )
        last = rest[-1].low
        return last in self._sets["transparent"] and mention.kind in ("actor", "member", "role", "leader")

    def _place(self, tokens: list[Token], span: range, possessor: Reading | None) -> str:
        for i in span:
            for name in tokens[i].names:
                if name.kind is NameKind.PLACE:
                    return name.target
                if name.kind in (NameKind.COUNTRY, NameKind.CAPITAL):
                    return name.target
        return possessor.place if possessor is not None else ""

    @staticmethod
    def _whole_country(tokens: list[Token], group: NounGroup) -> bool:
        head = tokens[group.head]
        if not head.names or all(n.kind is not NameKind.COUNTRY for n in head.names):
            return False
        return all(t.cls != "N" for t in tokens[group.i : group.head])

    def _leading(self, tokens: list[Token], span: range) -> Mention | None:
        """ "US-led offensive": who leads it does it."""
        for i in span:
            if tokens[i].cls == "H" and tokens[i].suffix == "led":
                return self.word_mention(tokens[i].stem, i)
        return None

    def _held(self, tokens: list[Token], span: range) -> Iterable[Mention]:
        for i in span:
            token = tokens[i]
            if token.cls == "H" and token.suffix in _HOLDING:
                mention = self.word_mention(token.stem, i)
                if mention is not None:
                    yield mention

    def word_mention(self, word: str, at: int) -> Mention | None:
        """The actor that a single word names, as in "rebel-held" or "Houthi-controlled"."""
        names = self._by_word.get(word)
        if names:
            name = pick_name(names, self._day)
            if name is not None and name.kind is not NameKind.PLACE:
                side = name.side if name.kind is not NameKind.PEOPLE and name.side else Side.STATE
                target = (
                    name.target
                    if name.kind in ("actor", "member", "leader", "metonym")
                    else f"{name.who}:{side}"
                )
                return Mention(str(name.kind), name.who, side, target, at, low=word)
        role = self._roles.get(word)
        if role is not None and role.side in (Side.STATE, Side.ARMED):
            return Mention("role", "", role.side, "", at, role, low=word)
        if word in self._contexts:
            return Mention("context", "", Side.ARMED, "", at, low=word)
        return None


def _owning(tokens: list[Token], roles: list[int]) -> RoleNoun | None:
    """The role whose the head is: "government planes", "coalition jets", "militia leader"."""
    first = tokens[roles[0]].role
    return first if len(roles) > 1 and first is not None and first.cls in ARMED_CLASSES else None
