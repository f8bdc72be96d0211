"""The dictionaries of Phoenix are read with every trap in them, or refused by line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.coding.lexicon.phoenix import (
    AgentEntry,
    DatedCode,
    Faults,
    Interval,
    read_actors,
    read_agents,
    words_of,
)

ALWAYS = Interval(None, None)


def actors(text: str) -> list[tuple[list[str], list[tuple[str, Interval]]]]:
    """The names and codes of a text without faults."""
    faults = Faults("f")
    entries = read_actors(text.encode(), faults)
    assert faults == []
    return [([name for name, _ in e.names], [(c.code, c.when) for c in e.codes]) for e in entries]


def agents(text: str) -> list[tuple[str, str, str]]:
    faults = Faults("f")
    found = read_agents(text.encode(), faults)
    assert faults == []
    return [(agent.singular, agent.plural, agent.code) for agent in found]


def test_a_name_its_synonyms_and_its_codes() -> None:
    text = "QARNAZ_FRONT_ [SYRREB]\n+QARNAZ_MOVEMENT_\nBO_LAND [DNK]\n"
    assert actors(text) == [
        (["QARNAZ FRONT", "QARNAZ MOVEMENT"], [("SYRREB", ALWAYS)]),
        (["BO LAND"], [("DNK", ALWAYS)]),
    ]


def test_the_last_entry_of_a_file_counts() -> None:
    assert actors("FIRST [AAA]\nLAST\n+LATEST\n[BBB]")[-1] == (["LAST", "LATEST"], [("BBB", ALWAYS)])


def test_synonyms_may_follow_dated_codes() -> None:
    text = "JO_QARN\n\t[SYRGOV 010203-020304]\n+J_QARN\n[SYRELI]\n"
    ((names, codes),) = actors(text)
    assert names == ["JO QARN", "J QARN"]
    assert [code for code, _ in codes] == ["SYRGOV", "SYRELI"]


@pytest.mark.parametrize(
    ("restriction", "interval"),
    [
        ("", ALWAYS),
        (" <820701", Interval(None, date(1982, 7, 1))),
        (" >20070101", Interval(date(2007, 1, 1), None)),
        ("> 140608", Interval(date(2014, 6, 8), None)),
        (" 820701-19821231", Interval(date(1982, 7, 1), date(1982, 12, 31))),
        (" 820701 - 821231 ", Interval(date(1982, 7, 1), date(1982, 12, 31))),
        (" >291231", Interval(date(2029, 12, 31), None)),
        (" >300101", Interval(date(1930, 1, 1), None)),
    ],
)
def test_restrictions_are_days_of_six_or_eight_digits(restriction: str, interval: Interval) -> None:
    assert actors(f"JO_QARN [SYRGOV{restriction}]") == [(["JO QARN"], [("SYRGOV", interval)])]


def test_several_codes_may_stand_on_a_line() -> None:
    ((_, codes),) = actors("JO\n[IGOEUREEC 820701-821231][IGOEUREEC 870701-871231] [---]")
    assert [code for code, _ in codes] == ["IGOEUREEC", "IGOEUREEC", "---"]


@pytest.mark.parametrize("blank", ["\t", "   ", " \t ", ""])
def test_anything_may_stand_before_a_bracket(blank: str) -> None:
    assert actors(f"JO_QARN{blank}[SYR]\n{blank}[SYRGOV >990101]")[0][1][0] == ("SYR", ALWAYS)


def test_comments_and_provenance_may_stand_anywhere() -> None:
    text = "# [AAA]\n<!-- NAME [BBB] -->\n\n;note\nJO_QARN [SYR] # [CCC]\n"
    text += "+J_QARN ;mleh 1 Jul 2010 [DDD]\n[SYRGOV >990101] ; x"
    ((names, codes),) = actors(text)
    assert (names, [code for code, _ in codes]) == (["JO QARN", "J QARN"], ["SYR", "SYRGOV"])


def test_line_ends_marks_and_small_letters_of_other_systems() -> None:
    assert actors("\ufeffjo_qarn [syr]\r\n+J_Qarn\r\n") == [(["JO QARN", "J QARN"], [("SYR", ALWAYS)])]


@pytest.mark.parametrize(
    "phrase", ["JO_QARN_", "JO  QARN", "_JO__QARN", "JO_+_QARN", "+_JO_QARN", "JO\t_QARN"]
)
def test_words_are_divided_by_blanks_and_underscores(phrase: str) -> None:
    assert words_of(phrase) == "JO QARN"


def test_a_synonyms_own_codes_are_kept_aside() -> None:
    (entry,) = read_actors(b"JO [SYR]\n+J [IRQ]", Faults("f"))
    assert [code.code for code in entry.codes] == ["SYR"]
    assert entry.ignored == [DatedCode("IRQ", ALWAYS, 2)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[SYR]", "f:1: '[SYR]' stands before any name"),
        ("\n+JO", "f:2: '+JO' stands before any name"),
        ("JO [SYR", "f:1: '[SYR' is no code in brackets"),
        ("JO [SYR] GOV", "f:1: 'GOV' is no code in brackets"),
        ("JO\n[SYR 990101]", "f:2: [SYR 990101] is no code, or has no date"),
        ("JO\n[]", "f:2: [] is no code"),
        ("JO\n[SYR >9901011]", "9901011 is no date of six or eight digits"),
        ("JO\n[SYR >990231]", "f:2: [SYR >990231]: there is no day 990231"),
        ("JO\n[SYR 990301-990201]", "ends before it begins"),
        ("JO\x01 [SYR]", "f:1: a control character"),
        ("JO [SYR]\n+\n", "f:2: '+' has no name"),
    ],
)
def test_malformed_lines_are_named(text: str, said: str) -> None:
    faults = Faults("f")
    read_actors(text.encode(), faults)
    assert len(faults) == 1
    assert said in faults[0]


def test_bytes_that_are_no_utf8_are_named() -> None:
    faults = Faults("f")
    entries = read_actors(b"JO [SYR]\nJOS\xc9 [ESP]\nLO [IRQ]", faults)
    assert faults == ["f:2: not UTF-8 (invalid continuation byte at byte 3 of the line)"]
    assert [entry.names[0][0] for entry in entries] == ["JO", "LO"]


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("QARN_GUARD [~MIL]", ("qarn guard", "qarn guards", "MIL")),
        ("SENTRY[~MIL]", ("sentry", "sentries", "MIL")),
        ("ENVOY [~GOV]", ("envoy", "envoys", "GOV")),
        ("WATCH {} [~MIL]", ("watch", "", "MIL")),
        ("WATCH [~MIL]", ("watch", "watches", "MIL")),
        ("FREEDOM_FIGHTER {FREEDOM_FIGHTERS_} [~REB]", ("freedom fighter", "freedom fighters", "REB")),
        ("UMPIRE [IGO~] # note", ("umpire", "umpires", "IGO")),
    ],
)
def test_agents_have_a_plural_unless_they_say_otherwise(line: str, forms: tuple[str, str, str]) -> None:
    assert agents(line) == [forms]


SETS = "!PERSON! = MAN, MEN, WOMAN, WOMEN, PERSON\n!MINIST! = MINISTER, MINISTERS, MINISTRY, MINISTRIES\n"


def test_sets_of_words_are_spelled_out() -> None:
    assert agents(SETS + "!MINIST!_OF_TIDES [~GOV]") == [
        ("minister of tides", "", "GOV"),
        ("", "ministers of tides", "GOV"),
        ("ministry of tides", "", "GOV"),
        ("", "ministries of tides", "GOV"),
    ]
    assert ("", "herdsmen", "AGR") in agents(SETS + "HERDS!PERSON! [~AGR]")


def test_a_replacement_inside_a_word_is_taken_back() -> None:
    text = SETS + "OFFICE_OF_AD!MINIST!RATION {} [~GOV]"
    assert agents(text) == [("office of administration", "", "GOV")]
    both = agents(SETS + "!MINIST! FOR_AD!MINIST!RATIVE_REFORM [~GOV]")
    assert both[0] == ("minister for administrative reform", "", "GOV")


@pytest.mark.parametrize(
    "line",
    ["GUARD", "GUARD [MIL]", "GUARD [~]", "GUARD [~MIL", "GUARD {A} {B} [~MIL]", "[~MIL]", "!X! [~MIL]"],
)
def test_malformed_agents_are_named(line: str) -> None:
    faults = Faults("f")
    assert read_agents(f"\n{line}\n".encode(), faults) == []
    assert len(faults) == 1
    assert faults[0].startswith("f:2: ")


NAMES = st.lists(st.from_regex(r"[A-Z]{2,8}(_[A-Z]{2,8}){0,2}", fullmatch=True), min_size=1, max_size=3)
DAYS = st.dates(date(1930, 1, 1), date(2029, 12, 31))


@given(st.lists(st.tuples(NAMES, st.lists(st.tuples(DAYS, DAYS), max_size=3)), min_size=1, max_size=4))
def test_what_is_written_is_read(entries: list[tuple[list[str], list[tuple[date, date]]]]) -> None:
    written = []
    for names, spans in entries:
        written.append("\n+".join(names))
        written += [f"\t[SYRGOV {min(s):%y%m%d}-{max(s):%Y%m%d}]" for s in spans]
    assert actors("\n".join(written)) == [
        (
            [name.replace("_", " ") for name in names],
            [("SYRGOV", Interval(min(s), max(s))) for s in spans],
        )
        for names, spans in entries
    ]


def test_agents_know_their_lines() -> None:
    assert read_agents(b"#\nGUARD [~MIL]", Faults("f")) == [AgentEntry("guard", "guards", "MIL", 2)]
