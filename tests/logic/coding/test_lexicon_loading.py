"""Loading lexicons: layers, what is reported, what is settled."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import ConfigError, Side
from schemas.lexicon import FILE_KEY, ROW_KEY, Lexicon, NameKind
from transforms.logic.coding.lexicon import load_lexicon
from transforms.logic.coding.lexicon.examples import check_examples
from transforms.logic.coding.lexicon.fields import is_case_sensitive, plain
from transforms.logic.coding.lexicon.load import read_lexicon
from transforms.logic.coding.lexicon.tsv import Problems, read_rows

COUNTRIES = "code\tname\tadjectives\tcapital\nSYR\tSyria\tSyrian\tDamascus\nIRN\tIran\tIranian\tTehran\n"
ACTORS = (
    "actor_id\twho\tside\tkind\tname\taliases\tparents\n"
    "quds\tIRN\tstate\tbranch\tQuds Force\tQods Force\tguards\n"
    "guards\tIRN\tstate\tforce\tRevolutionary Guards\t\t\n"
)


def folder(root: Path, **tables: str) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    for stem, text in tables.items():
        (root / f"{stem}.tsv").write_text(text, "utf-8")
    return root


def fault(*folders: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        read_lexicon(folders)
    return str(caught.value)


def surfaces(lexicon: Lexicon) -> dict[str, str]:
    return {name.surface: name.target for name in lexicon.names}


def test_any_subset_of_tables_will_do(tmp_path: Path) -> None:
    lexicon = read_lexicon([folder(tmp_path, countries=COUNTRIES)])
    assert surfaces(lexicon)["Damascus"] == "SYR"
    assert not lexicon.roles


def test_comments_blank_lines_and_missing_last_cells_are_fine(tmp_path: Path) -> None:
    text = "# states\n\ncode\tname\taliases\tcapital\r\n# one\nSYR\tSyria\r\n\n"
    assert surfaces(read_lexicon([folder(tmp_path, countries=text)])) == {"Syria": "SYR"}


def test_a_later_row_of_the_same_key_replaces_the_earlier(tmp_path: Path) -> None:
    base = folder(tmp_path / "a", countries=COUNTRIES)
    over = folder(tmp_path / "b", countries="code\tname\tadjectives\nSYR\tSyria\tSyriac\nOMN\tOman\tOmani\n")
    found = surfaces(read_lexicon([base, over]))
    assert found["Syriac"] == "SYR"
    assert "Damascus" not in found
    assert {"Iran", "Oman"} <= set(found)


def test_a_later_layer_takes_a_surface_over(tmp_path: Path) -> None:
    base = folder(tmp_path / "a", countries=COUNTRIES, actors=ACTORS)
    mine = "actor_id\twho\tside\tkind\tname\taliases\nlegion\tSYR\tarmed\tgroup\tLegion\tQuds Force\n"
    found = surfaces(read_lexicon([base, folder(tmp_path / "b", actors=mine)]))
    assert found["Quds Force"] == "legion"
    assert found["Qods Force"] == "quds"


def test_the_packaged_lexicon_lies_under_a_users_folder(tmp_path: Path) -> None:
    mine = folder(
        tmp_path, actors="actor_id\twho\tside\tkind\tname\nmoon-army\tSYR\tarmed\tgroup\tMoon Army\n"
    )
    lexicon, base = load_lexicon(None, mine), load_lexicon(None)
    assert lexicon.actors["moon-army"].parents == ("SYR:armed",)
    assert len(lexicon.names) == len(base.names) + 1
    assert lexicon.version != base.version


def test_other_tables_come_through_as_rows_that_know_their_place(tmp_path: Path) -> None:
    base = folder(tmp_path / "a", notes="lemma\tframe\nattack\tx\nattack\ty\nstorm\tz\n")
    over = folder(tmp_path / "b", notes="lemma\tframe\nattack\tw\n")
    rows = read_lexicon([base, over]).tables["notes"]
    assert [(row["lemma"], row["frame"]) for row in rows] == [("storm", "z"), ("attack", "w")]
    assert rows[1][FILE_KEY] == str(over / "notes.tsv")
    assert rows[1][ROW_KEY] == "2"


def test_a_lineage_follows_parents_to_the_canonical_actor(tmp_path: Path) -> None:
    lexicon = read_lexicon([folder(tmp_path, countries=COUNTRIES, actors=ACTORS)])
    assert [step.actor_id for step in lexicon.lineage["quds"]] == ["quds", "guards", "IRN:state"]


def test_a_group_of_its_own_is_declared_by_its_canonical_row(tmp_path: Path) -> None:
    text = (
        "actor_id\twho\tside\tkind\tname\n"
        "LEGION:armed\tLEGION\tarmed\tgroup\tLegion\nvanguard\tLEGION\tarmed\tbranch\tVanguard\n"
    )
    lexicon = read_lexicon([folder(tmp_path, countries=COUNTRIES, actors=text)])
    assert [step.actor_id for step in lexicon.lineage["vanguard"]] == ["vanguard", "LEGION:armed"]


def test_terms_are_whole_years_months_or_days(tmp_path: Path) -> None:
    text = "name\twho\tside\toffice\tfrom\tto\nAda Omar\tSYR\tstate\tpresident\t2001\t2004-02\n"
    (name,) = (
        n
        for n in read_lexicon([folder(tmp_path, countries=COUNTRIES, leaders=text)]).names
        if n.kind is NameKind.LEADER
    )
    assert (name.valid_from, name.valid_to) == (date(2001, 1, 1), date(2004, 2, 29))
    assert (name.target, name.side, name.detail) == ("SYR:state", Side.STATE, "president")


def test_namesakes_whose_dates_are_apart_do_not_conflict(tmp_path: Path) -> None:
    text = "name\twho\tside\tfrom\tto\nAda\tSYR\tstate\t2001\t2004\nAda\tIRN\tstate\t2005\t\n"
    lexicon = read_lexicon([folder(tmp_path, countries=COUNTRIES, leaders=text)])
    assert [n.who for n in lexicon.names if n.surface == "Ada"] == ["SYR", "IRN"]


def test_an_accented_surface_has_its_plain_form_too(tmp_path: Path) -> None:
    text = "name\tcountry\tkind\nŠabac\tSYR\tcity\n"
    found = surfaces(read_lexicon([folder(tmp_path, countries=COUNTRIES, places=text)]))
    assert {"Šabac", "Sabac"} <= set(found)


def test_typographic_apostrophes_become_plain(tmp_path: Path) -> None:
    text = "name\tcountry\tkind\nMa’arib\tSYR\tcity\n"
    assert "Ma'arib" in surfaces(read_lexicon([folder(tmp_path, countries=COUNTRIES, places=text)]))


def test_role_forms_carry_number(tmp_path: Path) -> None:
    text = "lemma\tforms\tside\tclass\tresolves\nman\tMan/men;menfolk\tcivil\tpeople\tcontext\n"
    roles = read_lexicon([folder(tmp_path, roles=text)]).roles
    assert {form: noun.plural for form, noun in roles.items()} == {
        "man": False,
        "men": True,
        "menfolk": True,
    }


BAD = {
    "a repeated key": (
        {"countries": COUNTRIES + "SYR\tSyria\n"},
        "countries.tsv:4: 'SYR' is already in line 2",
    ),
    "one surface for two": (
        {"countries": COUNTRIES.replace("Tehran", "Syria")},
        "countries.tsv:3: 'Syria' names Iran here and Syria in",
    ),
    "an unknown who": ({"actors": ACTORS}, "who is 'IRN', neither a country nor"),
    "an unknown parent": (
        {"countries": COUNTRIES, "actors": ACTORS.replace("guards\n", "gods\n", 1)},
        "actors.tsv:2: the parent 'gods' is not an actor",
    ),
    "an actor that is its own ancestor": (
        {"countries": COUNTRIES, "actors": ACTORS.replace("Guards\t\t\n", "Guards\t\tquds\n")},
        "'guards' is its own ancestor",
    ),
    "a parent that leads elsewhere": (
        {"countries": COUNTRIES, "actors": ACTORS.replace("Guards\t\t\n", "Guards\t\tSYR:armed\n")},
        "no parent of 'guards' leads to IRN:state",
    ),
    "a bad slug": (
        {"countries": COUNTRIES, "actors": ACTORS.replace("quds\t", "Quds Force\t", 1)},
        "actor_id is 'Quds Force', neither a slug",
    ),
    "an unknown kind": (
        {"countries": COUNTRIES, "actors": ACTORS.replace("branch", "twig")},
        "kind is 'twig', not one of group",
    ),
    "an unknown side": (
        {"roles": "lemma\tforms\tside\tclass\tresolves\nman\tman/men\tcivilian\tpeople\town\n"},
        "roles.tsv:2: side is 'civilian', not one of state",
    ),
    "forms without number": (
        {"roles": "lemma\tforms\tside\tclass\tresolves\nman\tman;men\tcivil\tpeople\town\n"},
        "forms must be singulars, a slash and plurals",
    ),
    "a form in two rows": (
        {"roles": "lemma\tforms\tside\tclass\tresolves\na\ta/b\tngo\tstaff\town\nc\tc/b\tngo\tstaff\town\n"},
        "'b' is already in",
    ),
    "an impossible day": (
        {"countries": COUNTRIES, "leaders": "name\twho\tside\tfrom\nAda\tSYR\tstate\t2001-02-30\n"},
        "from is '2001-02-30', not a day",
    ),
    "an end before the beginning": (
        {"countries": COUNTRIES, "leaders": "name\twho\tside\tfrom\tto\nAda\tSYR\tstate\t2004\t2001\n"},
        "ends (2001) before it begins (2004)",
    ),
    "a place of no country": (
        {"countries": COUNTRIES, "places": "name\tcountry\tkind\nOz\tOZZ\tcity\n"},
        "country is 'OZZ', which countries.tsv does not have",
    ),
    "a missing column": ({"countries": "code\nSYR\n"}, "countries.tsv: lacks the column name"),
    "an unknown column": ({"countries": "code\tname\tflag\n"}, "has the unknown column flag"),
    "a column twice": ({"verbs": "lemma\tlemma\n"}, "column 'lemma' twice in the header"),
    "too many cells": (
        {"countries": "code\tname\nSYR\tSyria\tx\n"},
        "countries.tsv:2: 3 cells, but the header has 2",
    ),
    "an empty table": ({"verbs": "# nothing\n"}, "verbs.tsv: no header row"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_named_with_file_and_line(case: str, tmp_path: Path) -> None:
    tables, message = BAD[case]
    assert message in fault(folder(tmp_path, **tables))


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    text = "name\tcountry\tkind\nOz\tOZZ\tcity\nEd\tSYR\tplanet\n"
    message = fault(folder(tmp_path, countries=COUNTRIES, places=text))
    assert "has 2 errors" in message
    assert "places.tsv:2:" in message
    assert "places.tsv:3:" in message


def test_bytes_that_are_not_utf8_are_an_error_of_the_file(tmp_path: Path) -> None:
    (folder(tmp_path) / "countries.tsv").write_bytes(b"code\tname\nSYR\tSyri\xe9\n")
    assert "countries.tsv: not UTF-8" in fault(tmp_path)


def test_a_folder_that_is_not_there_or_empty_is_an_error(tmp_path: Path) -> None:
    assert "is not there" in fault(tmp_path / "none")
    assert "has no .tsv file" in fault(tmp_path)


def test_the_version_is_a_function_of_every_byte_and_file_name(tmp_path: Path) -> None:
    one = read_lexicon([folder(tmp_path / "a", countries=COUNTRIES)]).version
    assert one == read_lexicon([folder(tmp_path / "b", countries=COUNTRIES)]).version
    assert one != read_lexicon([folder(tmp_path / "c", countries=COUNTRIES + "#\n")]).version
    assert one != read_lexicon([folder(tmp_path / "d", states=COUNTRIES)]).version


def test_examples_and_counter_examples_are_checked(tmp_path: Path) -> None:
    text = (
        "code\tname\tadjectives\texample\tcounter\n"
        "MLI\tMali\tMalian\tSomalia held out.\tMali held out.\n"
        "SOM\tSomalia\tSomali\tSomalia held out.\tMali held out.\n"
    )
    faults = check_examples([folder(tmp_path, countries=text)])
    assert len(faults) == 2
    assert "countries.tsv:2: the example 'Somalia held out.' has no surface" in faults[0]
    assert "the counter-example 'Mali held out.' shows 'Mali'" in faults[1]


@given(st.permutations([*COUNTRIES.splitlines()[1:], "OMN\tOman\tOmani\tMuscat", "QAT\tQatar\tQatari\tDoha"]))
def test_the_order_of_rows_changes_no_meaning(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    text = "\n".join([COUNTRIES.splitlines()[0], *rows])
    lexicon = read_lexicon([folder(tmp_path_factory.mktemp("lexicon"), countries=text)])
    assert len(lexicon.names) == 12
    assert lexicon.actors["QAT:firm"].name == "Qatar: firms"


@given(st.text(alphabet="abcABC\t;#\n\r é’", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    problems = Problems()
    header, rows = read_rows("t.tsv", text.encode(), problems)
    assert all(set(row.cells) == set(header) for row in rows)


@given(st.text(max_size=30))
def test_the_plain_form_is_stable(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("surface", "exact"), [("US", True), ("U.N.", True), ("R&D", True), ("ISIS", False), ("Us", False)]
)
def test_only_short_acronyms_are_case_sensitive_by_rule(surface: str, exact: bool) -> None:
    assert is_case_sensitive(surface) is exact
