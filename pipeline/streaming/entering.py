"""One commit of a stream: what was delivered enters the store as a run of the batch on the same articles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from pipeline.patching import patch_rows, recount
from pipeline.reckoning import Reckoning, run_row
from pipeline.store.commit import commit_run, open_run
from pipeline.store.history import StoreHistory
from pipeline.store.rewriting import Rewrite
from pipeline.store.store import Store
from schemas import Delivery, Reject
from schemas.lexicon import Lexicon
from schemas.tables import AliasRow, PostingRow, RejectRow, RunRow
from transforms.logic.counting import (
    article_row,
    count_activity,
    count_dyads,
    dyad_rows,
    event_rows,
    story_row,
)
from transforms.logic.deduplicating import Placements, place_articles
from transforms.logic.deduplicating.placing import Move
from transforms.logic.rejecting import reject_row
from transforms.logic.streaming.offsets import Span
from transforms.revise import DROP, Patch, patch


@dataclass(frozen=True)
class Told:
    """What a commit's row in `runs` says of the stream: what is done, the clock, what fired.

    `offsets` are those of messages that are done, by topic and partition; `done` are stamps of files.
    """

    folder: str
    dedup_window: int
    done: tuple[str, ...]
    clock: int | None
    firings: dict[str, int]
    offsets: dict[str, dict[str, list[Span]]] = field(default_factory=dict)

    def options(self) -> str:
        """As JSON, beside the options of a run."""
        stream: dict[str, object] = {"done": self.done, "clock": self.clock, "firings": self.firings}
        stream |= {"offsets": self.offsets} if self.offsets else {}
        return orjson.dumps({"dedup_window": self.dedup_window, "stream": stream}).decode()


def enter(uri: str, run_id: str, delivery: Delivery, told: Told, lexicon: Lexicon) -> RunRow:
    """Commit a delivery: all of it or nothing; what the store has already changes nothing.

    Articles that the store holds are replays, rejects that it holds are not added again. So a delivery that
    comes twice, because a worker died between the commit and the word of it, adds nothing.

    Returns:
        The row of the commit in `runs`.

    Raises:
        StoreBusyError: another run is at work; nothing was changed.
        ReckoningError: records were lost or made up, a fault of ours; nothing was changed.
    """
    started = datetime.now(UTC)
    with open_run(uri, run_id) as run:
        placements = place_articles(delivery.articles, StoreHistory.of(run.seen), told.dedup_window)
        rewrite = Rewrite(run)
        events = _add_articles(rewrite, placements, lexicon)
        _add_stories(rewrite, placements)
        rewrite.add("rejects", _new_rejects(run.seen, delivery.rejects, run_id))
        sums = _reckoning(delivery, placements)
        sums.check()
        row = run_row(run_id, started, [told.folder], told.options(), lexicon, sums, events)
        versions = commit_run(run, rewrite.files, row, rewrite.replaced)
        return row.model_copy(update={"versions": orjson.dumps(versions).decode()})


def _add_articles(rewrite: Rewrite, placements: Placements, lexicon: Lexicon) -> int:
    """Write the rows of new articles and move old ones; say how many events were coded."""
    run_id, placed, moves = rewrite.run.run_id, placements.placed, placements.moves
    rewrite.add("articles", [article_row(*pair, run_id) for pair in placed])
    patch_rows(rewrite, "articles", "article_id", [_place_patch(move) for move in moves])
    stories = [_story_patch(move) for move in moves if move.placement.story_id != move.was]
    events = [row for pair in placed for row in event_rows(*pair, run_id, lexicon.version)]
    dyads = [row for pair in placed for row in dyad_rows(*pair, run_id, lexicon.version)]
    recount(rewrite, "events", "activity", count_activity, lexicon, stories, events)
    recount(rewrite, "dyad_events", "dyads", count_dyads, lexicon, stories, dyads)
    return len(events)


def _place_patch(move: Move) -> Patch:
    return patch(move.placement.article_id, move.placement.model_dump(mode="json", exclude={"article_id"}))


def _story_patch(move: Move) -> Patch:
    return patch(move.placement.article_id, {"story_id": move.placement.story_id})


def _add_stories(rewrite: Rewrite, placements: Placements) -> None:
    run_id = rewrite.run.run_id
    patch_rows(rewrite, "stories", "story_id", [(one, DROP) for one in placements.retired])
    rewrite.add("stories", [story_row(story, run_id) for story in placements.stories])
    rewrite.add("aliases", [AliasRow(**dict(alias), run_id=run_id) for alias in placements.aliases])
    blocks = [
        PostingRow(prefix=prefix, kind=kind, block=block, run_id=run_id)
        for kind, (prefix, block) in placements.blocks
    ]
    rewrite.add("postings", blocks)


def _new_rejects(store: Store, rejects: Sequence[Reject], run_id: str) -> list[RejectRow]:
    """The rows of rejects that the store does not have, each once."""
    rows = {row.reject_id: row for row in sorted((reject_row(one, run_id) for one in rejects), key=_detail)}
    if not rows:
        return []
    with store.connect() as connection:
        known = connection.execute(
            "SELECT reject_id FROM rejects WHERE reject_id IN (SELECT unnest(?::VARCHAR[]))", [sorted(rows)]
        ).fetchall()
    return [row for reject_id, row in rows.items() if (reject_id,) not in set(known)]


def _detail(row: RejectRow) -> str:
    return row.detail


def _reckoning(delivery: Delivery, placements: Placements) -> Reckoning:
    reasons = Counter(reject.reason for reject in delivery.rejects)
    kept = sum(place.duplicate_of is None for _, place in placements.placed)
    return Reckoning(
        read=len(delivery.articles) + len(delivery.rejects) + len(delivery.replays),
        kept=kept,
        duplicates=len(placements.placed) - kept,
        replays=len(placements.replays) + len(delivery.replays),
        rejects=len(delivery.rejects),
        outside=0,
        rejects_by_reason=dict(reasons),
    )
