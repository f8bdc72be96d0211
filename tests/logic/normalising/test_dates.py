"""Dates are read as the source meant them, or not at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import DatePrecision
from transforms.logic.normalising import ParsedDate, parse_date

FETCHED = datetime(2023, 10, 26, 12, 30, 15, tzinfo=UTC)
DAY, MINUTE, SECOND = DatePrecision.DAY, DatePrecision.MINUTE, DatePrecision.SECOND


@pytest.mark.parametrize(
    ("value", "iso", "precision"),
    [
        ("2024-03-05", "2024-03-05T00:00:00", DAY),
        ("2024-03-05T10:00:01Z", "2024-03-05T10:00:01", SECOND),
        ("2024-05-02T20:15Z", "2024-05-02T20:15:00", MINUTE),
        ("2009-03-21 14:02:16.554967-05", "2009-03-21T19:02:16.554967", SECOND),
        ("2015-10-19 00:00:00", "2015-10-19T00:00:00", DAY),
        ("20240305T123045Z", "2024-03-05T12:30:45", SECOND),
        ("20240305123045", "2024-03-05T12:30:45", SECOND),
        ("20240305", "2024-03-05T00:00:00", DAY),
        ("1700000000", "2023-11-14T22:13:20", SECOND),
        ("1700000000123", "2023-11-14T22:13:20", SECOND),
        ("2024", "2024-01-01T00:00:00", DatePrecision.YEAR),
        ("2024-05", "2024-05-01T00:00:00", DatePrecision.MONTH),
        ("May 2024", "2024-05-01T00:00:00", DatePrecision.MONTH),
        ("11:16 AM EDT, Wed October 25, 2023", "2023-10-25T15:16:00", MINUTE),
        ("   4:20 PM EST, Fri March 10, 2023", "2023-03-10T21:20:00", MINUTE),
        ("  October 24, 2023 3:24pm EDT", "2023-10-24T19:24:00", MINUTE),
        ("25 October 2023, 08:50 BST", "2023-10-25T07:50:00", MINUTE),
        ("12:05 am ET, July 1, 2021", "2021-07-01T04:05:00", MINUTE),
        ("12:05 am ET, January 1, 2021", "2021-01-01T05:05:00", MINUTE),
        ("Sept 5th, 2021 at 5:30 p.m. PT", "2021-09-06T00:30:00", MINUTE),
        ("Wed, 25 Oct 2023 11:16:00 +0200", "2023-10-25T09:16:00", SECOND),
        ("Wed, 25 Oct 2023 11:16:00 CST", "2023-10-25T17:16:00", SECOND),
        ("Wed Oct 25 11:16:00 +0000 2023", "2023-10-25T11:16:00", SECOND),
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01", SECOND),
        ("13-Oct-23", "2023-10-13T00:00:00", DAY),
        ("Feb. 10, 2023", "2023-02-10T00:00:00", DAY),
        ("Published July 5 2016", "2016-07-05T00:00:00", DAY),
        ("Last updated: 3 January 2020", "2020-01-03T00:00:00", DAY),
        ("4/16/2017", "2017-04-16T00:00:00", DAY),
        ("16/4/2017", "2017-04-16T00:00:00", DAY),
        ("05/03/2024", "2024-05-03T00:00:00", DAY),
        ("05.03.2024", "2024-03-05T00:00:00", DAY),
        ("5 décembre 2024", "2024-12-05T00:00:00", DAY),
        ("5. Dezember 2024", "2024-12-05T00:00:00", DAY),
        ("5 грудня 2024", "2024-12-05T00:00:00", DAY),
        ("2024年12月5日", "2024-12-05T00:00:00", DAY),
        ("٥ ديسمبر ٢٠٢٤", "2024-12-05T00:00:00", DAY),
    ],
)
def test_stated_dates(value: str, iso: str, precision: DatePrecision) -> None:
    expected = ParsedDate(datetime.fromisoformat(iso).replace(tzinfo=UTC), precision)
    assert parse_date(value, fetched=None) == expected
    assert parse_date(value, fetched=FETCHED) == expected


@pytest.mark.parametrize(
    ("value", "iso", "precision"),
    [
        ("7 days ago", "2023-10-19T00:00", DAY),
        ("Published 7 days ago", "2023-10-19T00:00", DAY),
        ("an hour ago", "2023-10-26T00:00", DAY),
        ("13 hours ago", "2023-10-25T00:00", DAY),
        ("5 minutes ago", "2023-10-26T12:25", MINUTE),
        ("2 weeks ago", "2023-10-12T00:00", DAY),
        ("11 months ago", "2022-11-01T00:00", DatePrecision.MONTH),
        ("2 years ago", "2021-01-01T00:00", DatePrecision.YEAR),
        ("yesterday", "2023-10-25T00:00", DAY),
        ("15-Oct", "2023-10-15T00:00", DAY),
        ("27 October", "2023-10-27T00:00", DAY),
        ("28 October", "2022-10-28T00:00", DAY),
        ("29-Feb", "2020-02-29T00:00", DAY),
    ],
)
def test_relative_dates_need_the_day_of_the_crawl(value: str, iso: str, precision: DatePrecision) -> None:
    expected = ParsedDate(datetime.fromisoformat(iso).replace(tzinfo=UTC), precision, inferred=True)
    assert parse_date(value, fetched=FETCHED) == expected
    assert parse_date(value, fetched=None) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        " ",
        "None",
        "null",
        "NaN",
        "May",
        "10",
        "Monday",
        "31/02/2024",
        "2024-13-45",
        "0000-00-00",
        "0001-01-01",
        "2024-W05",
        "9999999999999",
        "1799-12-31",
        "2101-01-01",
        "99999999",
        "garbage 12",
        "5 Dec 2024 10:00 XYZ",
        "25:61 AM, May 5, 2020",
        "no date in 2024 here",
        "1" * 5000,
    ],
)
def test_what_is_no_date_is_none(value: str | None) -> None:
    assert parse_date(value, fetched=FETCHED) is None


@given(st.text(max_size=60) | st.text(alphabet="0123456789-/:., TZ+apmJunMay°", max_size=25))
def test_no_text_raises(value: str) -> None:
    found = parse_date(value, fetched=FETCHED)
    assert found is None or (found.when.tzinfo is UTC and 1800 <= found.when.year <= 2100)


@given(st.datetimes(datetime(1800, 1, 2), datetime(2100, 12, 30)).map(lambda when: when.replace(tzinfo=UTC)))
def test_every_form_of_a_moment_is_that_moment(when: datetime) -> None:
    for form in (
        "%Y-%m-%dT%H:%M:%SZ",
        "%a, %d %b %Y %H:%M:%S GMT",
        "%d %B %Y %H:%M:%S",
        "%B %d, %Y %H:%M:%S UTC",
    ):
        text = when.strftime(form) if when.year >= 1000 else ""
        found = parse_date(text, fetched=None)
        assert found is not None
        assert found.when == when.replace(microsecond=0)
