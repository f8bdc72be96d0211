"""Articles taken out of a store, with all that came of them, as if it had never had them."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.patching import patch_rows, recount
from pipeline.store.commit import OpenRun, commit_run, open_run
from pipeline.store.history import StoreHistory
from pipeline.store.rewriting import Rewrite
from pipeline.store.store import Store
from schemas import ConfigError, InputError
from schemas.lexicon import Lexicon
from schemas.tables import FORGETTING, RUN, AliasRow, RunRow
from transforms.logic.counting import count_activity, count_dyads, story_row
from transforms.logic.deduplicating.buckets import similar_pairs
from transforms.logic.deduplicating.components import Components
from transforms.logic.deduplicating.history import Known
from transforms.logic.deduplicating.placing import Placing, place_component
from transforms.logic.deduplicating.postings import ARTICLE_ID
from transforms.logic.deduplicating.similarity import WINDOW_DAYS
from transforms.logic.deduplicating.stories import StoryTally
from transforms.logic.deduplicating.texts import TEXT_BYTES, TEXT_IDENTITY, Copies, label_of
from transforms.revise import DROP, Patch, patch


@dataclass(frozen=True)
class Wanted:
    """What is to be forgotten: ids of articles, and outlets all of whose articles go."""

    articles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Gone:
    """The articles that go: their ids, the components they leave, and the texts that no article has then."""

    ids: frozenset[str]
    components: frozenset[str]
    texts: frozenset[bytes]


def forget(uri: str, run_id: str, wanted: Wanted, lexicon: Lexicon) -> int:
    """Remove articles, their events and what they add to counts, in one commit with a row in `runs`.

    Stories that lose articles are formed anew of the others, and the months whose counts change are counted
    again with the lexicon. Older versions keep what was removed until `maintain` clears them.

    Returns:
        How many articles were removed.

    Raises:
        ConfigError: nothing is named.
        InputError: there is no store, or it lacks an article or an outlet that is named; nothing was changed.
        StoreBusyError: a run is at work.
    """
    if not wanted.articles and not wanted.outlets:
        raise ConfigError("name what to forget: --article ID or --outlet NAME")
    Store.open(uri)
    with open_run(uri, run_id) as run:
        gone = _gone(run.seen, wanted)
        placings = list(_placings(run.seen, gone))
        rewrite = Rewrite(run)
        _remove(rewrite, gone, placings, lexicon)
        commit_run(run, rewrite.files, _row(run, wanted, len(gone.ids), lexicon), rewrite.replaced)
        return len(gone.ids)


def _gone(store: Store, wanted: Wanted) -> _Gone:
    query = (
        "SELECT article_id, coalesce(chain, story_id), text_key, outlet FROM articles "
        "WHERE article_id IN (SELECT unnest(?::VARCHAR[])) OR outlet IN (SELECT unnest(?::VARCHAR[]))"
    )
    with store.connect() as connection:
        rows = connection.execute(query, [list(wanted.articles), list(wanted.outlets)]).fetchall()
        ids = frozenset(row[0] for row in rows)
        kept = connection.execute(
            "SELECT DISTINCT text_key FROM articles WHERE article_id NOT IN (SELECT unnest(?::VARCHAR[]))",
            [sorted(ids)],
        ).fetchall()
    missing = {*wanted.articles, *wanted.outlets} - ids - {row[3] for row in rows}
    if missing:
        raise InputError(
            f"the store has no article or outlet {', '.join(sorted(missing))}; nothing was changed"
        )
    texts = {bytes(row[2]) for row in rows} - {bytes(key) for (key,) in kept}
    return _Gone(ids, frozenset(row[1] for row in rows), frozenset(texts))


def _placings(store: Store, gone: _Gone) -> Iterator[Placing]:
    """What becomes of the articles that stay in the components that others leave."""
    history, window = StoreHistory.of(store), _window(store)
    labels = {label_of(component) for component in gone.components}
    known = [one for part in history.parts() for one in history.of_components(part, labels)]
    stories = {one.placement.story_id for one in known}
    staying = [one for one in known if one.article_id not in gone.ids]
    for members in _still_connected(staying, window):
        yield place_component({}, members, window)
    yield Placing(retired=stories)


def _still_connected(staying: Sequence[Known], window: int) -> Iterator[list[Known]]:
    """Components fall apart where the text that joined them is gone."""
    copies: defaultdict[bytes, Copies] = defaultdict(Copies)
    for one in staying:
        copies[one.text].add(one.copies())
    texts = [replace(some.text(key), fresh=True) for key, some in copies.items()]
    components = Components.of(similar_pairs(texts, window))
    groups: defaultdict[bytes, list[Known]] = defaultdict(list)
    for one in staying:
        groups[components.root(one.text)].append(one)
    yield from groups.values()


def _window(store: Store) -> int:
    options = [json.loads(row.options) for row in store.runs() if row.kind == RUN]
    return int(options[-1].get("dedup_window", WINDOW_DAYS)) if options else WINDOW_DAYS


def _remove(rewrite: Rewrite, gone: _Gone, placings: Sequence[Placing], lexicon: Lexicon) -> None:
    run_id = rewrite.run.run_id
    drops: list[Patch] = [(one, DROP) for one in gone.ids]
    moves = [move for placing in placings for move in placing.moves]
    places = [
        patch(move.placement.article_id, move.placement.model_dump(mode="json", exclude={"article_id"}))
        for move in moves
    ]
    stories = [
        patch(move.placement.article_id, {"story_id": move.placement.story_id})
        for move in moves
        if move.placement.story_id != move.was
    ]
    patch_rows(rewrite, "articles", "article_id", [*drops, *places])
    retired = {one for placing in placings for one in placing.retired}
    patch_rows(rewrite, "stories", "story_id", [(one, DROP) for one in retired])
    rewrite.add("stories", [story_row(story, run_id) for story in _stories(placings)])
    patch_rows(rewrite, "aliases", "old_story_id", drops)
    aliases = [alias for placing in placings for alias in placing.aliases]
    rewrite.add("aliases", [AliasRow(**dict(alias), run_id=run_id) for alias in aliases])
    rewrite.change("postings", lambda rows: _unposted(rows, gone))
    patches = [*drops, *stories]
    recount(rewrite, "events", "activity", count_activity, lexicon, patches)
    recount(rewrite, "dyad_events", "dyads", count_dyads, lexicon, patches)


def _stories(placings: Sequence[Placing]) -> Iterator[Any]:
    tallies: defaultdict[str, StoryTally] = defaultdict(StoryTally)
    for story_id, tally in (pair for placing in placings for pair in placing.tallies):
        tallies[story_id].add(tally)
    return (tally.story(story_id) for story_id, tally in sorted(tallies.items()))


def _unposted(rows: pa.Table, gone: _Gone) -> pa.Table:
    """Blocks of the index without the ids and the texts that are gone; empty ones go."""
    ids = np.array(sorted(bytes.fromhex(one) for one in gone.ids), f"V{TEXT_BYTES}")
    texts = np.array(sorted(gone.texts), f"V{TEXT_IDENTITY}")
    after = []
    for row in rows.to_pylist():
        pieces = np.frombuffer(row["block"], np.uint8).reshape(-1, TEXT_BYTES)
        whole = row["kind"] == ARTICLE_ID
        keys = pieces if whole else np.ascontiguousarray(pieces[:, -TEXT_IDENTITY:])
        lost = np.isin(keys.view(f"V{keys.shape[1]}").ravel(), ids if whole else texts)
        after.append(pieces[~lost].tobytes())
    if after == rows["block"].to_pylist():
        return rows
    changed = rows.set_column(rows.schema.get_field_index("block"), rows.schema.field("block"), [after])
    return changed.filter(pa.array([bool(block) for block in after]))


def _row(run: OpenRun, wanted: Wanted, count: int, lexicon: Lexicon) -> RunRow:
    now = datetime.now(UTC)
    numbers = "records_read articles_kept duplicates replays rejects outside events".split()
    told = {"articles": wanted.articles, "outlets": wanted.outlets, "forgotten": count}
    return RunRow(
        run_id=run.run_id,
        kind=FORGETTING,
        started=now,
        finished=now,
        inputs="[]",
        lexicon_version=lexicon.version,
        code_version=version("wiretally"),
        options=json.dumps(told),
        versions="{}",
        **dict.fromkeys(numbers, 0),
    )
