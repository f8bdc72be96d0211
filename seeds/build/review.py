"""Holds the hand-written tables against libraries, and says where they differ, for a person to judge.

Needs the extra `lexicon`. Run from the root of the project: `python -m seeds.build.review`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import babel
import countryinfo
import lemminflect
import pycountry

from transforms.logic.coding.lexicon.fields import plain
from transforms.logic.coding.lexicon.tsv import Problems, Row, read_rows

LEXICON = Path(__file__).parent.parent / "lexicon"

_HEADS = """cavalry defence defense protection staff staffer services affairs television media command
leadership artillery airpower aviation infantry police personnel power enforcement aircraft"""
_MASS = frozenset(_HEADS.split())
"""Heads that have no plural of use."""


def rows_of(stem: str) -> list[Row]:
    """The rows of one table, which must be in order."""
    problems = Problems()
    _, rows = read_rows(f"{stem}.tsv", (LEXICON / f"{stem}.tsv").read_bytes(), problems)
    problems.check()
    return rows


def country_remarks(row: Row) -> Iterator[str]:
    """Names of CLDR, and capitals and demonyms of countryinfo, that a country's row lacks."""
    country = pycountry.countries.get(alpha_3=row["code"])
    if country is None:
        return
    columns = ("name", "aliases", "adjectives", "people", "capital")
    known = {plain(item).casefold() for column in columns for item in row.items_of(column)}
    wanted = [("name", babel.Locale("en").territories.get(country.alpha_2, ""))]
    try:
        info = countryinfo.CountryInfo(country.alpha_2)
        wanted += [("capital", info.capital()), ("demonym", info.demonym())]
    except (KeyError, countryinfo.CountryNotFoundError):
        yield f"{row['code']}: countryinfo does not have it"
    for what, value in wanted:
        if value and plain(value).casefold() not in known:
            yield f"{row['code']}: no {what} {value!r}"


def role_remarks(row: Row, forms: frozenset[str]) -> Iterator[str]:
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
    roles = rows_of("roles")
    forms = frozenset(f.strip().lower() for row in roles for f in row["forms"].replace("/", ";").split(";"))
    remarks += [remark for row in roles for remark in role_remarks(row, forms)]
    sys.stdout.write("\n".join(remarks) + "\n")


if __name__ == "__main__":
    main()
