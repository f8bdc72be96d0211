"""The report of a store: its counts are the store's, its page is safe, small and always the same."""

import base64
import gzip
import json
import re
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.report import Report, read_report, render_report
from pipeline.report.assemble import web_address
from pipeline.report.queries import choose_span
from pipeline.report.views import Choice, actor_rows, chosen, matrix, series_of
from pipeline.store import Store
from schemas import EventType, Modality, Role
from schemas.lexicon import Lexicon
from tests.pipeline.report_rows import (
    HOSTILE,
    LAST,
    SHOWN,
    article,
    crowded_store,
    dyad,
    event,
    hostile_store,
    store_of,
)
from tests.pipeline.run_helpers import FirstRun
from transforms.logic.coding import load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def report_of(store: str, lexicon: Lexicon, first: date | None = None, last: date | None = None) -> Report:
    opened = Store.open(store)
    with opened.connect() as connection:
        span = choose_span(connection, first, last)
    return read_report(opened, lexicon, span)


def island(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/octet-stream" id="data">([^<]*)</script>', html)
    assert found
    data = json.loads(gzip.decompress(base64.b64decode(found[1])))
    assert isinstance(data, dict)
    return data


class Tags(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]


def test_series_are_those_of_the_activity_table(first: FirstRun, lexicon: Lexicon) -> None:
    """For every actor with its parts, type, role, modality and day, undated days included."""
    report = report_of(str(first.store), lexicon, date(2024, 12, 1), date(2025, 2, 28))
    query = """
        SELECT period_start, actor_id, event_type, role, modality, stories FROM activity
        WHERE period = 'day' AND subtype = 'all' AND period_start >= DATE '2024-12-01'
    """
    with Store.open(str(first.store)).connect() as connection:
        stored = {row[:5]: row[5] for row in connection.execute(query).fetchall()}
    found = {}
    for event_type in EventType:
        for role in Role:
            for modality in Modality:
                choice = Choice(event_type, role, modality)
                for row in actor_rows(report, choice):
                    for label, count in zip(report.labels[report.shown :], row.series, strict=True):
                        key = date.fromisoformat(label), report.actors[row.actor].actor_id
                        if count:
                            found[*key, event_type.value, role.value, modality.value] = count
    assert found == stored
    assert stored


def test_undated_events_count_only_when_asked_for(first: FirstRun, lexicon: Lexicon) -> None:
    report = report_of(str(first.store), lexicon)
    undated = [fact for fact in report.facts if fact.bin is None]
    assert undated
    assert not [fact for fact in chosen(report, Choice()) if fact.bin is None]
    assert len(
        [fact for fact in chosen(report, Choice(modality=None, undated=True)) if fact.bin is None]
    ) == len(undated)


def test_a_parent_counts_a_story_of_its_parts_once(tmp_path: Path, lexicon: Lexicon) -> None:
    one = article(1)
    events = [event(one, "quds-force"), event(one, "irgc"), event(one, "IRN:state", role=Role.PATIENT)]
    report = report_of(store_of(tmp_path / "s", [one], events), lexicon)
    rows = {report.actors[row.actor].actor_id: row for row in actor_rows(report, Choice())}
    assert rows.keys() == {"quds-force", "irgc", "IRN:state"}
    assert {row.stories for row in rows.values()} == {1}
    assert rows["IRN:state"].cells == (0, 0, 0, 0, 1, 1)


def test_people_of_a_group_are_named_after_it(tmp_path: Path, lexicon: Lexicon) -> None:
    one = article(1)
    report = report_of(store_of(tmp_path / "s", [one], [event(one, "HEZBOLLAH:firm")]), lexicon)
    assert [actor.name for actor in report.actors] == ["Hezbollah: firms"]


def test_the_matrix_is_of_states_and_groups_and_no_actor_meets_its_own_part(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    one = article(1)
    events = [event(one, actor) for actor in ("quds-force", "SYR:armed", "IRN:state")]
    dyads = [dyad(one, "quds-force", "SYR:armed"), dyad(one, "quds-force", "IRN:state")]
    report = report_of(store_of(tmp_path / "s", [one], events, dyads), lexicon)
    found = matrix(report, Choice())
    assert [report.actors[i].actor_id for i in found.agents] == ["IRN:state"]
    assert [report.actors[i].actor_id for i in found.patients] == ["SYR:armed"]
    assert found.cells == ((1,),)


def test_days_before_the_period_are_compared_with_and_not_counted(tmp_path: Path, lexicon: Lexicon) -> None:
    before = article(1, LAST - timedelta(days=10))
    now = article(2, LAST)
    store = store_of(tmp_path / "s", [before, now], [event(before, "SYR:state"), event(now, "SYR:state")])
    report = report_of(store, lexicon, first=LAST - timedelta(days=2))
    (row,) = actor_rows(report, Choice())
    assert row.stories == 1
    assert sum(series_of(report, report.facts)) == 2
    assert report.strip.events_outside == 1


def test_the_period_ends_with_the_newest_article_that_can_be_and_begins_with_the_oldest(
    tmp_path: Path,
) -> None:
    articles = [article(1, LAST - timedelta(days=4)), article(2, LAST), article(3, date(2099, 1, 1))]
    with Store.open(store_of(tmp_path / "s", articles)).connect() as connection:
        span = choose_span(connection, None, None)
    assert span is not None
    assert (span.first, span.last) == (LAST - timedelta(days=4), LAST)


@pytest.mark.parametrize("articles", [[], [article(1, None)]], ids=["empty", "undated"])
def test_a_store_without_any_date_has_a_report(tmp_path: Path, lexicon: Lexicon, articles: list[Any]) -> None:
    store = store_of(tmp_path / "s", articles, [event(one, "SYR:state") for one in articles])
    report = report_of(store, lexicon)
    assert report.labels == ()
    html = render_report(report).html
    assert ("Syria: state" in html) == bool(articles)
    assert "no dated article" in html


def test_equal_stores_give_equal_pages(tmp_path: Path, lexicon: Lexicon) -> None:
    pages = [render_report(report_of(hostile_store(tmp_path / name), lexicon)).html for name in ("a", "b")]
    assert pages[0] == pages[1]


def test_texts_of_strangers_stay_texts(tmp_path: Path, lexicon: Lexicon) -> None:
    html = render_report(report_of(hostile_store(tmp_path / "s"), lexicon)).html
    tags = Tags(html)
    assert tags.names["img"] == tags.names["b"] == 0
    assert tags.names["script"] == 2
    assert not [name for _, name, _ in tags.attributes if name.startswith("on") or name == "style"]
    assert {value for tag, name, value in tags.attributes if name in ("href", "src") and tag != "link"} <= {
        "#main", "#movers", "#actors", "#heat", "#matrix", "#quality"
    }  # fmt: skip
    data = island(html)
    assert data["articles"]["url"] == [None, f"https://example.org/{HOSTILE}"]
    assert data["articles"]["title"] == [0, 0]
    assert data["stories"]["title"] == [SHOWN, SHOWN]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https:",
        "http://[",
        None,
    ],
)
def test_only_addresses_of_the_web_are_kept(url: str | None) -> None:
    assert web_address(url) is None


def test_the_policy_names_this_style_and_this_script_alone(tmp_path: Path, lexicon: Lexicon) -> None:
    html = render_report(report_of(store_of(tmp_path / "s", []), lexicon)).html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/=]{44}'", rules["script-src"])
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/=]{44}'", rules["style-src"])
    assert "unsafe" not in policy[1]


@pytest.mark.slow
def test_a_page_of_200_actors_and_90_days_is_under_a_megabyte_and_keeps_every_count(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    actors = sorted(actor for actor in lexicon.actors if ":" not in actor)[:200]
    report = report_of(crowded_store(tmp_path / "s", actors), lexicon)
    page = render_report(report)
    data = island(page.html)
    assert len(page.html.encode()) < 1_000_000
    assert len(data["facts"]["actor"]) == len(report.facts) == 200 * 90
    missing = {
        data["articles"]["story"][data["facts"]["article"][i]]
        for i, sentence in enumerate(data["facts"]["evidence"])
        if sentence < 0
    }
    assert len(missing) == page.without_details
    assert f"{page.without_details:,} stories that few outlets carry" in page.html
    assert page.without_details < len(report.stories) / 2


def test_a_small_page_shows_every_sentence(first: FirstRun, lexicon: Lexicon) -> None:
    report = report_of(str(first.store), lexicon)
    page = render_report(report)
    data = island(page.html)
    told = [
        (data["evidence"][sentence], *marks)
        for sentence, marks in zip(data["facts"]["evidence"], data["facts"]["marks"], strict=True)
        if sentence >= 0
    ]
    assert page.without_details == 0
    assert told
    assert all(0 <= start < end <= len(text) for text, start, end, *_ in told)


def test_the_command_writes_the_page_and_says_where(
    first: FirstRun, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.html"
    assert main(["report", "--store", str(first.store), "-o", str(file)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"wrote {file}: 2024-12-06 to 2025-02-04, ")
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--from", "yesterday"], "--from yesterday: write a day as YYYY-MM-DD"),
        (["--days", "0"], "--days 0"),
        (["--from", "2024-12-08", "--to", "2024-12-07"], "a period cannot end"),
    ],
)
def test_wrong_periods_are_refused(
    first: FirstRun, tmp_path: Path, options: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.html"
    assert main(["report", "--store", str(first.store), "-o", str(file), *options]) == 2
    assert complaint in capsys.readouterr().err
    assert not file.exists()
