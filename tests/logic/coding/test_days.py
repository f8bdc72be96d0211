"""Expressions of time: what they date, and which event they date."""

from datetime import date

import pytest

from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.coding.analysis import Analysis
from transforms.logic.coding.days import is_past, told_day
from transforms.logic.coding.timing import bound_time, event_day
from transforms.logic.coding.triggers import Marks
from transforms.logic.coding.vocabulary import Vocabulary

DAY = date(2016, 9, 14)
"""A Wednesday."""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Coder(load_lexicon()).vocabulary


def analysed(vocabulary: Vocabulary, text: str, day: date | None = DAY) -> Analysis:
    return Analysis(vocabulary, text, text.lower(), 0, day, Marks([], [], 0, ""))


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("on Tuesday", date(2016, 9, 13), date(2016, 9, 13)),
        ("on Wednesday", date(2016, 9, 14), date(2016, 9, 14)),
        ("on Thursday", date(2016, 9, 8), date(2016, 9, 8)),
        ("yesterday", date(2016, 9, 13), date(2016, 9, 13)),
        ("on September 3", date(2016, 9, 3), date(2016, 9, 3)),
        ("on 3 September 2015", date(2015, 9, 3), date(2015, 9, 3)),
        ("in December", date(2015, 12, 1), date(2015, 12, 31)),
        ("in 2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("in the 1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("in mid-2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("two days ago", date(2016, 9, 12), date(2016, 9, 12)),
        ("last week", date(2016, 9, 5), date(2016, 9, 11)),
        ("last month", date(2016, 8, 1), date(2016, 8, 31)),
        ("last year", date(2015, 1, 1), date(2015, 12, 31)),
        ("this week", date(2016, 9, 7), date(2016, 9, 14)),
    ],
)
def test_an_expression_covers_days(vocabulary: Vocabulary, when: str, first: date, last: date) -> None:
    times = analysed(vocabulary, f"The rebels attacked the town {when}.").times(0)
    assert [(t.first, t.last) for t in times] == [(first, last)]


@pytest.mark.parametrize("text", ["The army killed 2014 troops.", "Some 1900 fighters attacked the town."])
def test_a_count_is_no_year(vocabulary: Vocabulary, text: str) -> None:
    assert analysed(vocabulary, text).times(0) == []


@pytest.mark.parametrize(
    ("text", "word", "past"),
    [
        ("Rebels, who took the town in 2012, attacked the base.", "attacked", False),
        ("Rebels, who took the town in 2012, attacked the base.", "took", True),
        ("Troops attacked the base after rebels took the town in 2012.", "attacked", False),
        ("The first air strikes since the withdrawal in 2011 began.", "strikes", False),
        ("They attacked the town on May 7, killing 40 people.", "killing", True),
        ("It began on May 7, when rebels attacked the town.", "attacked", True),
        ("Thousands have died since May 7, when rebels attacked the town.", "attacked", True),
        ("The army has besieged the town since 2014.", "besieged", False),
        ("Thousands have died since the army began bombing the town on May 7.", "bombing", True),
        ("The 2001 law lets the army attack rebels.", "attack", False),
        ("During the 2014 war, the army attacked rebels.", "attacked", True),
        ("On Monday rebels attacked the town that fell in 2013.", "attacked", False),
    ],
)
def test_a_time_is_bound_to_its_clause(vocabulary: Vocabulary, text: str, word: str, past: bool) -> None:
    analysis = analysed(vocabulary, text)
    clause = analysis.clause(0)
    token = next(i for i, t in enumerate(clause.tokens) if word in t.low.split())
    time = bound_time(clause, token, analysis.times(0))
    assert (time is not None and is_past(time, DAY)) is past


def test_only_one_day_makes_an_event_day(vocabulary: Vocabulary) -> None:
    for when, day in (("on Monday", date(2016, 9, 12)), ("last month", None), ("since Monday", None)):
        analysis = analysed(vocabulary, f"The rebels attacked the town {when}.")
        assert event_day(bound_time(analysis.clause(0), 2, analysis.times(0))) == day


def test_without_a_day_only_what_needs_no_calendar_is_told(vocabulary: Vocabulary) -> None:
    text = "On Monday rebels attacked the town in May, two years after the war of 2011."
    times = analysed(vocabulary, text, None).times(0)
    assert [t.first for t in times] == [date(2011, 1, 1)]


def test_the_last_year_told_is_the_day_of_telling() -> None:
    assert told_day("it fell in 2011, and in march 2014 it was retaken by 2020 troops") == date(2014, 2, 1)
