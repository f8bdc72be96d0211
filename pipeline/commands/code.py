"""`wiretally code`: the coded events of articles as JSON lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from pipeline.commands.articles import ArticleSource, open_source
from pipeline.commands.coder import load_coder
from pipeline.errors import remark
from pipeline.files import chunks_to
from schemas import Article, Coding, Event
from transforms.logic.coding import Coder


def code_command(
    file: str, format_name: str | None, mapping: Path | None, lexicons: Sequence[Path], with_text: bool
) -> int:
    """Write the events; see `docs/cli.md`."""
    coder, _ = load_coder(lexicons)
    with open_source(file, format_name, mapping) as source:
        chunks_to(_lines(source, coder, with_text), None)
        source.require_articles()
    return 0


def _lines(source: ArticleSource, coder: Coder, with_text: bool) -> Iterator[bytes]:
    uncoded: Counter[str] = Counter()
    for article, coding in source.coded(coder):
        if coding.status != "coded":
            uncoded[coding.status] += 1
        yield orjson.dumps(coded_article(article, coding, with_text), option=orjson.OPT_APPEND_NEWLINE)
    for status, count in sorted(uncoded.items()):
        remark(f"note: {count} of {source.read} articles have no events because they are {status}")


def coded_article(article: Article, coding: Coding, with_text: bool) -> dict[str, Any]:
    """The line of one article: its own id or else ours, its events of every modality, its text if wanted."""
    line: dict[str, Any] = {
        "id": article.record_id or article.article_id,
        "events": [coded_event(event) for event in coding.events],
    }
    return line | {"text": article.text} if with_text else line


def coded_event(event: Event) -> dict[str, Any]:
    """One event as `code` writes it; offsets count code points of the normalised text."""
    return {
        "type": event.event_type,
        "subtype": event.subtype,
        "role": event.role,
        "actor": f"{event.actor_who}:{event.actor_side}",
        "actor_id": event.actor_id,
        "modality": event.modality,
        "evidence": event.evidence.model_dump(),
        "rule": event.rule,
    }
