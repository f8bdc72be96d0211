"""What the entries of foreign dictionaries become in our tables, and what becomes nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.event import Side
from schemas.lexicon import Lexicon, RoleClass
from transforms.logic.coding import load_lexicon
from transforms.logic.coding.lexicon.cameo import Meaning, class_of, meaning_of
from transforms.logic.coding.lexicon.phoenix import DatedCode, Faults, Interval, read_actors, read_agents
from transforms.logic.coding.lexicon.phoenix_tables import Imported, surface_of, terms_of, to_tables

COUNTRIES = {"SYR", "IRQ", "USA", "XKX", "RUS", "TLS", "GBR"}


@pytest.fixture(scope="module")
def ours() -> Lexicon:
    return load_lexicon()


def imported(ours: Lexicon, actors: str = "", agents: str = "") -> Imported:
    faults = Faults("f")
    found = to_tables(
        [("f.actors", read_actors(actors.encode(), faults))],
        [("f.agents", read_agents(agents.encode(), faults))],
        ours,
    )
    assert faults == []
    return found


@pytest.mark.parametrize(
    ("code", "who", "side"),
    [
        ("SYR", "SYR", None),
        ("SYRGOVMIL", "SYR", Side.STATE),
        ("SYRREBMUS", "SYR", Side.ARMED),
        ("SYRMILREB", "SYR", Side.ARMED),
        ("IRQCOP", "IRQ", Side.STATE),
        ("IRQMED", "IRQ", Side.CIVIL),
        ("NGOUSAHLH", "USA", Side.NGO),
        ("NGOHLHIRC", "ICRC", Side.NGO),
        ("MNCGBR", "GBR", Side.FIRM),
        ("IGOUNOKID", "UN", Side.IGO),
        ("IGOWSTNAT", "NATO", Side.IGO),
        ("IGOEUREEC", "EU", Side.IGO),
        ("IGOAFR", "XXX", Side.IGO),
        ("IMGMUSALQ", "ALQAEDA", Side.ARMED),
        ("IMGMUSISI", "ISIS", Side.ARMED),
        ("PSEREBHMS", "HAMAS", Side.ARMED),
        ("---REB", "XXX", Side.ARMED),
        ("KSVGOV", "XKX", Side.STATE),
        ("SUNMIL", "RUS", Side.STATE),
        ("TMP", "TLS", None),
    ],
)
def test_codes_mean_a_who_and_a_side(code: str, who: str, side: Side | None) -> None:
    assert meaning_of(code, {*COUNTRIES, "PSE"}) == Meaning(who, side)


@pytest.mark.parametrize("code", ["SYRELI", "SYROPP", "SYRCRM", "BUDMAH112", "---", "MEA", "S"])
def test_codes_without_a_side_say_why(code: str) -> None:
    assert code in str(meaning_of(code, COUNTRIES))


@pytest.mark.parametrize(
    ("code", "side", "cls"),
    [
        ("MIL", Side.STATE, RoleClass.FORCE),
        ("GOVMIL", Side.STATE, RoleClass.FORCE),
        ("COP", Side.STATE, RoleClass.OFFICE),
        ("GOV", Side.STATE, RoleClass.STAFF),
        ("REB", Side.ARMED, RoleClass.FIGHTER),
        ("REF", Side.CIVIL, RoleClass.PEOPLE),
        ("BUS", Side.FIRM, RoleClass.FIRM),
        ("NGO", Side.NGO, RoleClass.STAFF),
    ],
)
def test_agents_codes_make_a_class(code: str, side: Side, cls: RoleClass) -> None:
    assert class_of(code, side) is cls


@pytest.mark.parametrize(
    ("name", "surface"),
    [
        ("ABU QARN AL-SHAMI", "Abu Qarn Al-Shami"),
        ("THE QARN FRONT", "Qarn Front"),
        ("QFL", "QFL"),
        ("QARN FRONT (QFL)", "Qarn Front"),
        ("K. QARN", "K. Qarn"),
        ("QARN'S OWN", "Qarn's Own"),
    ],
)
def test_surfaces_are_as_texts_have_them(name: str, surface: str) -> None:
    assert surface_of(name) == surface


def test_a_name_without_dates_is_an_actor_with_its_synonyms(ours: Lexicon) -> None:
    found = imported(ours, "QARNAZ_FRONT [SYRREB]\n+QARNAZ_MOVEMENT\n+THE_QARNAZ_FRONT\n")
    assert found.tables["actors"] == (
        ("qarnaz-front", "SYR", "armed", "group", "Qarnaz Front", "Qarnaz Movement", "f.actors:1"),
    )
    assert found.unmapped == ()


def test_a_name_with_dates_is_somebody_in_his_terms_only(ours: Lexicon) -> None:
    found = imported(ours, "JO_QARNAZ\n+QARNAZ\n[SYRGOV 990101-001231]\n[IRQGOVMIL >050101]\n[SYRELI]\n")
    assert found.tables["leaders"] == (
        ("Jo Qarnaz", "Qarnaz", "IRQ", "state", "imported", "2005-01-01", ""),
        ("Jo Qarnaz", "Qarnaz", "SYR", "state", "imported", "1999-01-01", "2000-12-31"),
    )
    assert {(row.line, row.why) for row in found.unmapped} == {(5, "SYRELI has no role that makes a side")}


def test_a_bare_country_makes_a_place(ours: Lexicon) -> None:
    found = imported(ours, "QARNAZLAND [SYR]\n+QARNASTAN\n")
    assert found.tables["places"] == (("Qarnazland", "SYR", "region", "Qarnastan"),)
    beside = imported(ours, "QARNAZLAND\n[SYR <990101]\n[SYRGOV >990102]")
    assert [row.why for row in beside.unmapped] == ["the bare country SYR beside other codes or with dates"]


def test_the_first_code_that_holds_decides_and_entries_of_one_name_add_up(ours: Lexicon) -> None:
    found = imported(ours, "JO_QARNAZ [SYRGOV 990101-991231]\nJO_QARNAZ [IRQGOV 990601-000601]\n")
    assert [row[2:] for row in found.tables["leaders"]] == [
        ("IRQ", "state", "imported", "2000-01-01", "2000-06-01"),
        ("SYR", "state", "imported", "1999-01-01", "1999-12-31"),
    ]


def test_what_we_have_stays_ours_and_is_listed(ours: Lexicon) -> None:
    found = imported(ours, "HEZBOLLAH [LBNREB]\nREBELS [---REB]\nQARNAZ_FRONT [SYRREB]", "SOLDIER [~MIL]")
    assert [row[0] for row in found.tables["actors"]] == ["qarnaz-front"]
    assert {row.what for row in found.unmapped} == {"Hezbollah", "Rebels", "soldier"}
    assert all("our lexicon has" in row.why for row in found.unmapped)


def test_ids_are_new(ours: Lexicon) -> None:
    found = imported(ours, "QUDS_FORCE! [IRNMIL]\nQARNAZ_FRONT [SYRREB]\nQARNAZ-FRONT [IRQREB]")
    ids = [row[0] for row in found.tables["actors"]]
    assert len(set(ids)) == len(ids) == 3
    assert not set(ids) & set(ours.actors)


def test_agents_become_role_nouns_or_are_listed(ours: Lexicon) -> None:
    found = imported(ours, agents="QARNWARD [~MIL]\nHEXER {} [~CRM]\nSHOP/KEEPER [~BUS]\n")
    assert found.tables["roles"] == (("qarnward", "qarnward/qarnwards", "state", "force", "context"),)
    assert [(row.line, row.what) for row in found.unmapped] == [(2, "hexer"), (3, "shop/keeper")]


def test_a_name_without_a_code_and_a_code_of_a_synonym_are_listed(ours: Lexicon) -> None:
    found = imported(ours, "QARNAZ\nQARNAZ_FRONT [SYRREB]\n+QARNAZ_ARMY [IRQREB]\n+-\n")
    assert [(row.line, row.why) for row in found.unmapped] == [
        (1, "it has no code"),
        (3, "a synonym has the codes of its name"),
        (4, "it is no word"),
    ]


DAYS = st.dates(date(1990, 1, 1), date(1990, 3, 1))
CODES = st.lists(
    st.tuples(st.sampled_from(["SYRGOV", "IRQREB", "SYRELI"]), st.none() | DAYS, st.none() | DAYS), max_size=5
)


@given(CODES)
def test_on_every_day_the_terms_say_what_the_codes_say(
    rows: list[tuple[str, date | None, date | None]],
) -> None:
    codes = [
        DatedCode(code, Interval(first, last), 1)
        for code, first, last in rows
        if not (first and last and last < first)
    ]
    terms, _ = terms_of(codes, COUNTRIES)
    ordered = sorted(codes, key=lambda c: c.when == Interval(None, None))
    for day in (date(1989, 12, 30) + timedelta(days=n) for n in range(0, 70, 3)):
        holds = [term.meaning for term in terms if _in(day, term.when)]
        first = next((meaning_of(c.code, COUNTRIES) for c in ordered if _in(day, c.when)), "")
        assert holds == ([] if isinstance(first, str) else [first])


def _in(day: date, when: Interval) -> bool:
    return (when.first is None or when.first <= day) and (when.last is None or day <= when.last)
