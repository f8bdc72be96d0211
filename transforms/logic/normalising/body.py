"""The body of an article, whatever it came wrapped in."""

import re
from dataclasses import dataclass
from datetime import datetime

from schemas import DatePrecision, RawArticle
from transforms.logic.normalising.boilerplate import strip_boilerplate, strip_inline
from transforms.logic.normalising.clean import clean_text
from transforms.logic.normalising.heads import strip_head
from transforms.logic.normalising.markup import (
    fragment_text,
    looks_like_fragment,
    looks_like_page,
    strip_wiki,
    unescape_markup,
)
from transforms.logic.normalising.pages import Page, read_page
from transforms.logic.normalising.titles import clean_title
from transforms.logic.normalising.wrap import unwrap

_SOURCE = re.compile(r"(?:^|(?<=[.!?…\"”’)])) ?[^\w\s]{0,3}Original Source ?:\s*(.{0,120})$", re.I)


@dataclass(frozen=True)
class Body:
    """A clean body, one paragraph a line, and what it said beside the story.

    `outlet` is what an "Original Source:" line names; the `page_` fields are an HTML page's metadata as
    stated.
    """

    text: str
    outlet: str | None = None
    byline: str | None = None
    head_date: tuple[datetime, DatePrecision] | None = None
    page_title: str | None = None
    page_date: str | None = None
    page_url: str | None = None
    page_language: str | None = None


def read_body(raw: RawArticle, title: str | None) -> Body:
    """Return the clean body of a record: no mark-up, head, boilerplate or source line.

    `title` is the record's clean title, which the head may repeat.
    """
    text, page = _unwrapped(raw)
    lines = _clean_lines(text)
    page_title = clean_title(page.title, (page.site,)) if page else None
    head = strip_head(lines, title or page_title)
    lines, source = strip_source(head.lines)
    text = "\n".join(strip_boilerplate(lines))
    if page is None:
        return Body(text, source, head.byline, head.stated)
    return Body(
        text,
        outlet=source or page.site,
        byline=page.author or head.byline,
        head_date=head.stated,
        page_title=page_title,
        page_date=page.published,
        page_url=page.url,
        page_language=page.language,
    )


def strip_source(lines: list[str]) -> tuple[list[str], str | None]:
    """Return the lines without "Original Source: ..." lines and endings, and the first outlet named."""
    kept: list[str] = []
    source: str | None = None
    for line in lines:
        match = _SOURCE.search(line) if "ource" in line or "OURCE" in line else None
        if match:
            source = source or match[1].strip() or None
            line = line[: match.start()].rstrip()
        if line:
            kept.append(line)
    return kept, source


def _unwrapped(raw: RawArticle) -> tuple[str, Page | None]:
    """Return the text out of page, fragment or fixed-width lines."""
    text = unescape_markup(raw.body or "")
    if looks_like_page(text):
        page = read_page(text)
        return page.text, page
    if raw.body_is_html or looks_like_fragment(text):
        return fragment_text(text), None
    return unwrap(text), None


def _clean_lines(text: str) -> list[str]:
    cleaned = clean_text(text)
    stripped = strip_inline(strip_wiki(cleaned))
    if stripped is not cleaned:
        stripped = clean_text(stripped)
    return stripped.split("\n") if stripped else []
