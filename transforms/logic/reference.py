"""The whole pipeline without Beam: what the graph must agree with, made of the same pure functions."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from schemas import PreparedArticle, RawArticle, Reject, RejectableError
from schemas.base import Record
from schemas.lexicon import Lexicon
from schemas.tables import AliasRow, PostingRow
from transforms.logic.coding import Coder
from transforms.logic.counting import (
    article_row,
    count_activity,
    count_dyads,
    dyad_rows,
    event_rows,
    story_row,
)
from transforms.logic.deduplicating import History, place_articles
from transforms.logic.deduplicating.similarity import WINDOW_DAYS
from transforms.logic.preparing import Preparer
from transforms.logic.recounting import lineage_of
from transforms.logic.rejecting import reject_of, reject_row
from transforms.logic.tables import TABLES


def run_in_memory(
    raws: Iterable[RawArticle],
    lexicon: Lexicon,
    run_id: str,
    *,
    rejects: Iterable[Reject] = (),
    keep_text: bool = False,
    published_from: date | None = None,
    published_to: date | None = None,
    history: History | None = None,
    window_days: int = WINDOW_DAYS,
) -> dict[str, list[Record]]:
    """The rows that a run on an empty store writes, by table, each table in the order of its key.

    Args:
        raws: the records read, in any order.
        lexicon: what the coder knows.
        run_id: written into the rows.
        rejects: what could not be read.
        keep_text: keep the texts in `articles`.
        published_from: first day of publication to take, in UTC.
        published_to: last day of publication to take.
        history: articles known already; they are replays, or copies of new ones.
        window_days: days within which near copies count.
    """
    preparer = Preparer(Coder(lexicon), keep_text, published_from, published_to)
    prepared, rejected = _prepare(raws, preparer)
    placements = place_articles(prepared, history, window_days)
    placed, stamp, lineage = placements.placed, (run_id, lexicon.version), lineage_of(lexicon)
    events = [row for pair in placed for row in event_rows(*pair, *stamp)]
    dyads = [row for pair in placed for row in dyad_rows(*pair, *stamp)]
    rows = {reject.reject_id: reject for reject in (reject_row(one, run_id) for one in (*rejects, *rejected))}
    tables: dict[str, Iterable[Record]] = {
        "articles": [article_row(*pair, run_id) for pair in placed],
        "stories": [story_row(story, run_id) for story in placements.stories],
        "events": events,
        "dyad_events": dyads,
        "activity": count_activity(events, lineage, *stamp),
        "dyads": count_dyads(dyads, lineage, *stamp),
        "rejects": rows.values(),
        "postings": [
            PostingRow(prefix=prefix, kind=kind, block=block, run_id=run_id)
            for kind, (prefix, block) in placements.blocks
        ],
        "aliases": [AliasRow(**dict(alias), run_id=run_id) for alias in placements.aliases],
    }
    return in_order(tables)


def in_order(tables: Mapping[str, Iterable[Record]]) -> dict[str, list[Record]]:
    """Each table's rows in the order of its key, nulls last."""
    return {name: sorted(rows, key=partial(_place, TABLES[name].key)) for name, rows in tables.items()}


def _place(key: tuple[str, ...], row: Any) -> tuple[tuple[bool, Any], ...]:
    values = (getattr(row, column) for column in key)
    return tuple((value is None, value if value is not None else 0) for value in values)


def _prepare(raws: Iterable[RawArticle], preparer: Preparer) -> tuple[list[PreparedArticle], list[Reject]]:
    prepared, rejects = [], []
    for raw in raws:
        try:
            article = preparer.prepare(raw)
        except RejectableError as error:
            rejects.append(reject_of(raw, error))
        else:
            prepared += [article] if isinstance(article, PreparedArticle) else []
    return prepared, rejects
