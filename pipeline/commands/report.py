"""`wiretally report`: what a store says of a period, as one HTML file."""

from datetime import date
from pathlib import Path

from pipeline.errors import remark
from pipeline.files import chunks_to
from pipeline.report import read_report, render_report
from pipeline.report.queries import choose_span
from pipeline.store import Store
from pipeline.terminal import counted
from schemas import ConfigError
from transforms.logic.coding import load_lexicon

_LARGE = 1_000_000
"""Bytes above which a page is slow to open, and said to be large."""


def report_command(
    store: str, file: Path, first_day: str | None, last_day: str | None, days: int, lexicons: list[Path]
) -> int:
    """Write the report; see `docs/report.md`."""
    first, last = _day("--from", first_day), _day("--to", last_day)
    if days < 1:
        raise ConfigError(f"--days {days}: a report needs at least one day")
    if not file.absolute().parent.is_dir():
        raise ConfigError(f"there is no folder {file.absolute().parent} to write {file.name} in")
    opened = Store.open(store)
    with opened.connect() as connection:
        span = choose_span(connection, first, last, days)
    report = read_report(opened, load_lexicon(*lexicons), span)
    page = render_report(report)
    content = page.html.encode()
    chunks_to([content], file)
    period = f"{span.first} to {span.last}" if span else "no dated article"
    remark(f"wrote {file}: {period}, {len(content) / 1000:,.0f} kB")
    if page.without_details:
        stories = counted(page.without_details, "story", "stories")
        remark(f"{stories} without their sentences, to keep the page small; a shorter period shows them")
    if len(content) > _LARGE:
        remark("this page is large and slow to open; a shorter period makes it smaller")
    return 0


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{option} {text}: write a day as YYYY-MM-DD") from error
