"""The report in a real browser: offline, without a complaint, for everybody."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import Report, read_report, shapes
from pipeline.report.page import name_of
from pipeline.report.queries import choose_span
from pipeline.report.views import CELLS, Choice, actor_rows
from pipeline.store import Store
from schemas import EventType, Modality, Role
from schemas.lexicon import Lexicon
from tests.browser.conftest import Opener
from tests.pipeline.report_rows import SHOWN

pytestmark = pytest.mark.browser

TABLES = ("movers", "actors", "heat", "matrix")
BODIES = """names => names.map(name => document.querySelector(`table[data-table="${name}"]`).innerHTML
  .replaceAll(/\\s+/g, " ").replaceAll("> <", "><").replaceAll('<button type="button" class="sort">', ""))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def axe_violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]} ({len(one['nodes'])})" for one in found["violations"]
    ]


def settled(page: Any, act: Callable[[], Any]) -> None:
    """Do something that draws the tables anew, and wait until they are."""
    times = int(page.evaluate("document.documentElement.dataset.drawn ?? 0"))
    act()
    page.wait_for_selector(f'html[data-drawn="{times + 1}"]')


def choose(page: Any, name: str, **option: Any) -> None:
    settled(page, lambda: page.locator(f"[name={name}]").select_option(**option))


def reset(page: Any) -> None:
    settled(page, page.locator("button[type=reset]").click)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["sample", "empty", "one", "hostile", "crowded"])
def test_axe_finds_nothing(opened: Opener, name: str, theme: str) -> None:
    page = opened(name, theme=theme)
    assert axe_violations(page) == []
    if page.locator("[data-go]").count():
        page.locator("[data-go]").first.click()
        assert axe_violations(page) == []


@pytest.mark.parametrize("width", [390, 820, 1600])
@pytest.mark.parametrize("name", ["sample", "empty", "one", "hostile", "crowded"])
def test_the_page_is_never_wider_than_the_screen(opened: Opener, name: str, width: int) -> None:
    assert opened(name, width=width).evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("name", ["sample", "empty", "one", "hostile", "crowded"])
def test_the_script_draws_what_the_server_drew(opened: Opener, name: str) -> None:
    page = opened(name)
    before = page.evaluate(BODIES, TABLES)
    notes = [page.locator(f"#{place}").inner_text() for place in ("window", "shown", "hidden-pairs")]
    choose(page, "role", label="agent")
    reset(page)
    assert page.evaluate(BODIES, TABLES) == before
    assert [page.locator(f"#{place}").inner_text() for place in ("window", "shown", "hidden-pairs")] == notes


@pytest.fixture(scope="module")
def sample(pages: dict[str, Path], lexicon: Lexicon) -> Report:
    store = Store.open(str(pages["sample"].with_suffix("")))
    with store.connect() as connection:
        span = choose_span(connection, None, None)
    return read_report(store, lexicon, span)


@pytest.mark.parametrize(
    "choice",
    [
        Choice(EventType.EVACUATION),
        Choice(role=Role.PATIENT),
        Choice(modality=None),
        Choice(modality=Modality.PLANNED),
        Choice(EventType.OFFENSIVE, Role.AGENT, undated=True),
    ],
)
def test_filters_count_as_the_server_does(opened: Opener, sample: Report, choice: Choice) -> None:
    page = opened("sample")
    for name in ("type", "role", "modality"):
        value = getattr(choice, {"type": "event_type"}.get(name, name))
        choose(page, name, label=value or ("anything" if name == "modality" else "any"))
    if choice.undated:
        settled(page, page.locator("[name=undated]").check)
    rows = actor_rows(sample, choice)[:50]
    cells = page.locator("table[data-table=heat] tbody td").all_inner_texts()
    heads = page.locator("table[data-table=heat] tbody th").all_inner_texts()
    drawn = page.locator("table[data-table=actors] tbody .bar").evaluate_all(
        "all => all.map(one => one.getAttribute('d'))"
    )
    assert heads == [name_of(sample, row.actor).name for row in rows]
    assert cells == [str(count) for row in rows for count in row.cells]
    assert drawn == [shapes.bars(row.series) for row in rows]


def test_actor_parent_side_words_and_period_narrow_what_is_shown(opened: Opener) -> None:
    page = opened("sample")
    heads = page.locator("table[data-table=actors] tbody th")
    everybody = heads.count()
    settled(page, lambda: page.locator("[name=actor]").fill("quds"))
    assert heads.all_inner_texts() == ["Quds Force"]
    reset(page)
    assert heads.count() == everybody
    choose(page, "parent", label="Iran: state")
    assert set(heads.all_inner_texts()) == {"Iran: state", "Quds Force", "Islamic Revolutionary Guard Corps"}
    reset(page)
    choose(page, "side", label="civil")
    ids = heads.locator("button").evaluate_all("all => all.map(one => one.title)")
    assert ids
    assert all(actor.endswith(":civil") for actor in ids)
    reset(page)
    settled(page, lambda: page.locator("[name=words]").fill("quds commanders"))
    assert 0 < heads.count() < everybody
    reset(page)
    choose(page, "to", label="2024-12-01")
    lasts = page.locator("table[data-table=actors] tbody td:last-child").all_inner_texts()
    assert lasts
    assert max(lasts) <= "2024-12-01"


def test_a_count_leads_to_its_stories_and_the_words_that_made_it(opened: Opener) -> None:
    page = opened("sample")
    cell = page.get_by_role("button", name=re.compile("Iran: state, evacuation, agent"))
    stories = int(cell.inner_text())
    cell.click()
    dialog = page.get_by_role("dialog", name="Iran: state · evacuation · agent")
    assert dialog.locator("#drill-list > li").count() == stories
    assert dialog.locator("blockquote").count() >= stories
    assert dialog.locator("mark.what").count() > 0
    assert dialog.locator("mark.who").count() > 0
    links = dialog.locator("a").evaluate_all("all => all.map(one => [one.protocol, one.rel])")
    assert links
    assert all(protocol in ("http:", "https:") and "noopener" in rel for protocol, rel in links)
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert cell.evaluate("one => one === document.activeElement")


def test_every_cell_of_the_matrix_leads_to_its_stories(opened: Opener) -> None:
    page = opened("sample")
    cells = page.locator("table[data-table=matrix] td button")
    assert cells.count() > 3
    for place in range(cells.count()):
        stories = int(cells.nth(place).inner_text())
        cells.nth(place).click()
        assert page.locator("#drill-list > li").count() == stories
        page.locator("#close").click()


def test_a_series_is_walked_with_the_arrow_keys(opened: Opener) -> None:
    page = opened("sample")
    page.get_by_role("button", name=re.compile("^Syria: state: .* stories, most")).focus()
    page.keyboard.press("ArrowLeft")
    said = page.locator("#said").inner_text()
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d): (\d+) stor(?:y|ies).*", said)
    assert found
    day, stories = found.groups()
    page.keyboard.press("Enter")
    assert page.locator("#drill-title").inner_text() == f"Syria: state · {day}"
    assert page.locator("#drill-list > li").count() == int(stories)


def test_columns_sort_both_ways(opened: Opener) -> None:
    page = opened("sample")
    for order in ("ascending", "descending"):
        settled(page, page.get_by_role("button", name="Actor", exact=True).first.click)
        page.wait_for_selector(f"th[data-sort=name][aria-sort={order}]")
        names = page.locator("table[data-table=actors] tbody th").all_inner_texts()
        assert names == sorted(names, key=str.lower, reverse=order == "descending")


def test_a_choice_lives_in_the_address(opened: Opener) -> None:
    page = opened("sample", hash="#?type=0&modality=")
    assert page.locator("[name=type]").input_value() == "0"
    assert page.locator("[name=modality]").input_value() == ""
    shown = page.locator("#shown").inner_text()
    reset(page)
    assert page.locator("#shown").inner_text() != shown
    assert page.evaluate("location.hash") == ""


def download(page: Any, name: str) -> list[list[str]]:
    with page.expect_download() as waiting:
        page.locator(f"[data-csv={name}]").click()
    return list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8"))))


def test_csv_holds_what_is_shown(opened: Opener) -> None:
    page = opened("sample")
    choose(page, "side", label="armed")
    head, *rows = download(page, "actors")
    assert [row[1] for row in rows] == page.locator("table[data-table=actors] tbody th").all_inner_texts()
    assert head[:8] == [
        "actor_id",
        "actor",
        "belongs_to",
        "side",
        "stories",
        "articles",
        "outlets",
        "unusual",
    ]
    assert all(len(row) == len(head) for row in rows)
    heat = download(page, "heat")
    assert [count for row in heat[1:] for count in row[4:]] == page.locator(
        "[data-table=heat] td"
    ).all_inner_texts()
    assert len(CELLS) == len(heat[0]) - 4


def test_no_cell_of_a_csv_begins_a_formula(opened: Opener) -> None:
    page = opened("hostile")
    page.locator("[data-go]").first.click()
    rows = download(page, "drill")
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@")]


def test_texts_of_strangers_stay_texts(opened: Opener) -> None:
    page = opened("hostile")
    title = page.title()
    assert page.locator("img, b").count() == 0
    for place in range(page.locator("table[data-table=heat] td button").count()):
        page.locator("table[data-table=heat] td button").nth(place).click()
        assert SHOWN in page.locator("#drill-list").inner_text()
        assert page.locator("#drill img, #drill b").count() == 0
        assert page.locator("#drill a").evaluate_all("all => all.every(one => one.protocol === 'https:')")
        assert page.locator("#drill mark.what").first.inner_text() == "bombed"
        page.locator("#close").click()
    assert page.title() == title


def test_without_scripts_the_tables_are_there(opened: Opener) -> None:
    page = opened("sample", java_script_enabled=False)
    assert page.locator("table[data-table=actors] tbody tr").count() > 10
    assert not page.locator("#filters").is_visible()
    assert "need JavaScript" in page.locator("noscript").inner_text()


def test_all_actors_are_shown_when_asked_for(opened: Opener) -> None:
    page = opened("crowded")
    rows = page.locator("table[data-table=actors] tbody tr")
    assert rows.count() == 50
    page.locator("#all").click()
    assert rows.count() == int(page.locator("#found").inner_text().split()[0]) >= 200


def test_a_printed_page_holds_tables_and_no_controls(opened: Opener) -> None:
    page = opened("sample")
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible()
    assert not page.locator("[data-csv=actors]").is_visible()
    assert page.locator("table[data-table=matrix]").is_visible()
    assert page.pdf(format="A4")[:4] == b"%PDF"
