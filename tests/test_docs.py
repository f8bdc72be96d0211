"""What the documentation says of the program is so."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks import tables
from benchmarks.report import Report
from docs.renew import (
    DICTIONARY,
    PERFORMANCE,
    README,
    SAMPLE,
    TIMINGS,
    column_notes,
    dictionary,
    kept_timings,
    sample_block,
    with_block,
)
from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seeds/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")


def test_the_data_dictionary_is_up_to_date() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary(), "run make docs"


def test_every_column_is_explained() -> None:
    assert not [column for column, note in column_notes().items() if not note]


@pytest.mark.slow
def test_the_readme_shows_what_the_sample_gives() -> None:
    assert README.read_text(encoding="utf-8") == with_block(README, SAMPLE, sample_block()), "run make docs"


@pytest.mark.parametrize(("page", "shown"), [(README, tables.digest), (PERFORMANCE, tables.page)])
def test_pages_show_the_timings_that_are_kept(page: Path, shown: Callable[[Report], str]) -> None:
    assert page.read_text(encoding="utf-8") == with_block(page, TIMINGS, shown(kept_timings())), (
        "run make docs"
    )


def _anchors(page: Path) -> Iterator[str]:
    for heading in re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        yield re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        there = (page.parent / target) if target else page
        assert there.exists(), target
        assert not anchor or anchor in set(_anchors(there)), f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tops = "pipeline|transforms|schemas|seeds|tests|docs|benchmarks"
    named = re.findall(rf"`((?:{tops})/[\w./-]+)`", text)
    assert not [name for name in named if not (ROOT / name).exists()]


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    records = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert records
    assert re.findall(r"\]\((\d[^)]+)\)", listed) == records


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    names = {re.split(r"[\[<>=]", one)[0] for one in wanted}
    record = (ROOT / "docs" / "decisions" / "0009-dependencies.md").read_text(encoding="utf-8")
    assert not {name for name in names if not re.search(rf"\b{name}\b", record)}
