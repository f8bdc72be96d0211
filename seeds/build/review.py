"""Holds the hand-written tables against libraries, and says where they differ, for a person to judge.

Needs the extra `lexicon`. Run from the root of the project: `python -m seeds.build.review`.
"""

import sys
from collections.abc import Iterator, Mapping

import babel
import countryinfo
import lemminflect
import pycountry

from seeds.build.tables import folded, items_of, rows_of

_HEADS = """cavalry defence defense protection staff staffer services affairs television media command
leadership artillery airpower aviation infantry police personnel power enforcement aircraft"""
_MASS = frozenset(_HEADS.split())
"""Heads that have no plural of use."""


def country_remarks(row: Mapping[str, str]) -> Iterator[str]:
    """Names of CLDR, and capitals and demonyms of countryinfo, that a country's row lacks."""
    country = pycountry.countries.get(alpha_3=row["code"])
    if country is None:
        return
    columns = ("name", "aliases", "adjectives", "people", "capital")
    known = {folded(item) for column in columns for item in items_of(row[column])}
    wanted = [("name", babel.Locale("en").territories.get(country.alpha_2, ""))]
    try:
        info = countryinfo.CountryInfo(country.alpha_2)
        wanted += [("capital", info.capital()), ("demonym", info.demonym())]
    except (KeyError, countryinfo.CountryNotFoundError):
        yield f"{row['code']}: countryinfo does not have it"
    for what, value in wanted:
        if value and folded(value) not in known:
            yield f"{row['code']}: no {what} {value!r}"


def role_remarks(row: Mapping[str, str], forms: frozenset[str]) -> Iterator[str]:
    """Plurals by lemminflect of a row's singulars that no row has."""
    for form in row["forms"].split("/")[0].split(";"):
        *first, last = form.strip().split(" ")
        if not last or last in _MASS or {"of", "in"} & set(first):
            continue
        plural = " ".join([*first, lemminflect.getInflection(last, tag="NNS")[0]])
        if plural != form.strip() and plural.lower() not in forms:
            yield f"{row['lemma']}: no plural {plural!r}"


def main() -> None:
    """Print every remark."""
    remarks = [remark for row in rows_of("countries") for remark in country_remarks(row)]
    roles = list(rows_of("roles"))
    forms = frozenset(f.strip().lower() for row in roles for f in row["forms"].replace("/", ";").split(";"))
    remarks += [remark for row in roles for remark in role_remarks(row, forms)]
    sys.stdout.write("\n".join(remarks) + "\n")


if __name__ == "__main__":
    main()
