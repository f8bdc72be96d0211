"""What the actor codes of CAMEO mean here: a WHO and a side."""

from collections.abc import Collection
from typing import NamedTuple

from schemas.event import Side
from schemas.lexicon import UNKNOWN_WHO, Resolves, RoleClass

_FORMER = {
    "TMP": "TLS", "KSV": "XKX", "KNT": "KNA", "SUN": "RUS", "USR": "RUS", "DDR": "DEU", "YUG": "SRB",
    "SCG": "SRB", "FRY": "SRB", "SRP": "SRB", "CSK": "CZE", "ROM": "ROU", "ZAR": "COD", "PAL": "PSE",
    "WSB": "PSE", "GZS": "PSE", "BAG": "PSE",
}  # fmt: skip
"""Country codes of other lists or other times, as the country of today."""

_ABROAD = ("IGO", "NGO", "NGM", "MNC", "IMG", "INT", "---")
"""First parts that are no country: the country, if any, follows."""

_GROUPS = {
    "UNO": ("UN", Side.IGO),
    "NAT": ("NATO", Side.IGO),
    "EEC": ("EU", Side.IGO),
    "IRC": ("ICRC", Side.NGO),
    "ALQ": ("ALQAEDA", Side.ARMED),
    "ISI": ("ISIS", Side.ARMED),
    "HMS": ("HAMAS", Side.ARMED),
}
"""Parts that name a group which is its own WHO."""

_SIDES = (
    (Side.ARMED, frozenset(("REB", "SEP", "INS", "UAF", "IMG"))),
    (Side.STATE, frozenset(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"))),
    (Side.IGO, frozenset(("IGO",))),
    (Side.NGO, frozenset(("NGO", "NGM", "HRI"))),
    (Side.FIRM, frozenset(("MNC", "BUS"))),
    (Side.CIVIL, frozenset(("CVL", "REF", "MED", "EDU", "HLH", "LAB", "AGR", "SOC", "STU"))),
)
"""Which role makes which side, the strongest first."""

_CLASSES = (
    ("MIL", RoleClass.FORCE),
    ("COP", RoleClass.OFFICE),
    ("SPY", RoleClass.OFFICE),
    ("GOV", RoleClass.STAFF),
    ("JUD", RoleClass.STAFF),
    ("LEG", RoleClass.STAFF),
)
_OTHER_CLASSES = {
    Side.ARMED: RoleClass.FIGHTER,
    Side.CIVIL: RoleClass.PEOPLE,
    Side.FIRM: RoleClass.FIRM,
}


class Meaning(NamedTuple):
    """What a code means. `side` is None for a bare country: a name of it tells the country and is nobody."""

    who: str
    side: Side | None


def meaning_of(code: str, countries: Collection[str]) -> Meaning | str:
    """The WHO and side of an actor's code such as `SYRGOVMIL`, else in words why it has none.

    Parts of three letters are read: a country, or what kind of body it is and perhaps its country, then
    roles; the strongest role decides the side. Religions, specialities and numbers say neither.
    """
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    named = [_FORMER.get(part, part) for part in parts]
    for part in parts:
        if part in _GROUPS and (parts[0] in _ABROAD or "REB" in parts):
            return Meaning(*_GROUPS[part])
    place = next((part for part in named[:3] if part in countries), None)
    if place is not None and named.index(place) and parts[0] not in _ABROAD:
        place = None
    side = next((side for side, roles in _SIDES if roles.intersection(parts)), None)
    if side is not None:
        return Meaning(place or UNKNOWN_WHO, side)
    if place is not None and len(parts) == 1:
        return Meaning(place, None)
    if place is None:
        return f"{code} has neither a country nor a role that makes a side"
    return f"{code} has no role that makes a side"


def class_of(code: str, side: Side) -> RoleClass:
    """The class of a role noun with an agent's code of this side."""
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    if side is Side.STATE:
        return next((cls for role, cls in _CLASSES if role in parts), RoleClass.STAFF)
    return _OTHER_CLASSES.get(side, RoleClass.STAFF)


def resolves_of(side: Side) -> Resolves:
    """Where such a role noun may take its country from."""
    return Resolves.CONTEXT if side in (Side.STATE, Side.ARMED, Side.CIVIL) else Resolves.OWN
