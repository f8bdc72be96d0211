"""`wiretally lexicon unknown`: how a lexicon grows."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from pipeline.commands.articles import ArticleSource, open_sources
from pipeline.commands.coder import load_coder
from pipeline.files import write_chunks
from pipeline.terminal import counted, page, sheet, table
from transforms.logic.coding import Coder
from transforms.logic.coding.coder import LANGUAGES
from transforms.logic.evaluating.unknowns import RankedName, UnknownName, rank_names, unknown_names

_COLUMNS = ("name", "articles", "sentences", "would do", "for example")


def unknown_command(
    dumps: Sequence[str],
    format_name: str | None,
    mapping: Path | None,
    lexicons: Sequence[Path],
    top: int,
    as_json: bool,
) -> int:
    """Rank the names; see `docs/cli.md`."""
    coder, _ = load_coder(lexicons)
    with open_sources(dumps, format_name, mapping) as source:
        ranked = rank_names(_found(source, coder))
        source.require_articles()
    if as_json:
        lines = (orjson.dumps(_line(row), option=orjson.OPT_APPEND_NEWLINE) for row in ranked[:top])
        write_chunks(lines, sys.stdout.buffer)
        return 0
    if ranked:
        rows = [_row(row) for row in ranked[:top]]
        sheet().print(table(_COLUMNS, rows, _COLUMNS[1:3], folding=[_COLUMNS[4]]))
    page().print(f"{counted(len(ranked), 'unknown name')} in {counted(source.read, 'article')}")
    return 0


def _found(source: ArticleSource, coder: Coder) -> Iterator[Iterator[UnknownName]]:
    for article in source.articles():
        if article.language is None or article.language in LANGUAGES:
            yield unknown_names(coder, article)


def _row(row: RankedName) -> tuple[object, ...]:
    types = ", ".join(f"{name} {count}" for name, count in row.types.items())
    return row.name, row.articles, row.sentences, types, row.example


def _line(row: RankedName) -> dict[str, Any]:
    types = {kind.value: count for kind, count in row.types.items()}
    return row._asdict() | {"types": types}
