"""Many runs on one store leave what one run over all their dumps leaves."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.store import Store, delta
from pipeline.store.maintenance import maintain
from tests.pipeline.invented import an_article, the_articles, write_dump
from tests.pipeline.run_helpers import comparable, rows, run

Record = dict[str, Any]
OF_THE_SET = ("articles", "stories", "events", "dyad_events", "activity", "dyads")


def telling(store: Path) -> dict[str, list[dict[str, Any]]]:
    """What depends on the set of articles alone: not where one was read, nor by which run."""
    found = {name: comparable(rows(store, name)) for name in OF_THE_SET}
    for row in found["articles"]:
        del row["source_file"], row["position"]
    return {name: sorted(some, key=repr) for name, some in found.items()}


def edited(text: str, number: int) -> str:
    """The text with one word in twenty replaced."""
    return " ".join(f"w{number}" if at % 20 == number % 20 else word for at, word in enumerate(text.split()))


def a_story_that_grows() -> list[Record]:
    """Every kind of article that finds, or becomes, something older: 24 records, some out of order."""
    records = the_articles()[:10]
    texts = [record["text"] for record in records]
    more: list[tuple[int, str | None, str]] = [
        (0, "2024-12-05T06:00:00Z", "an earlier copy"),
        (0, "2025-01-20T06:00:00Z", "a late copy"),
        (3, "2024-11-20T06:00:00Z", "weeks before"),
        (5, None, "undated"),
        (5, "2025-03-30T06:00:00Z", "beyond the window of the first"),
        (7, "2025-01-01T06:00:00Z", "a market report"),
    ]
    for number, (of, published, title) in enumerate(more, 100):
        records.append(an_article(number, texts[of], published, f"paper{number}.example", title))
        text = edited(texts[of], number)
        records.append(an_article(number + 50, text, published, f"daily{number}.example", title))
    records.append(an_article(200, texts[0] + " " + texts[5], "2024-12-01T00:00:00Z", "example.com", "Both"))
    records.append(an_article(201, "Troops left the town.", "2024-12-02T00:00:00Z", "example.com", "Short"))
    return records


def run_in_dumps(store: Path, dumps: Sequence[Sequence[Record]]) -> None:
    for number, dump in enumerate(dumps):
        path = write_dump(store.parent / f"{store.name}-{number}.jsonl", dump)
        run(store, path)


def cut(records: Sequence[Record], parts: int, replays: int, rng: Random) -> list[list[Record]]:
    dumps: list[list[Record]] = [[] for _ in range(parts)]
    for record in [*records, *rng.choices(records, k=replays)]:
        dumps[rng.randrange(parts)].append(record)
    for dump in dumps:
        rng.shuffle(dump)
    return dumps


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("once") / "store"
    run_in_dumps(store, [a_story_that_grows()])
    return store


@pytest.mark.slow
@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.integers(2, 4), st.integers(0, 6), st.randoms(use_true_random=False))
def test_splits_orders_and_replays_leave_the_same(
    at_once: Path, parts: int, replays: int, rng: Random
) -> None:
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        run_in_dumps(store, cut(a_story_that_grows(), parts, replays, rng))
        assert telling(store) == telling(at_once)


@pytest.mark.slow
def test_latest_first_with_upkeep_in_between(at_once: Path, tmp_path: Path) -> None:
    """Every run brings articles that lead some of what is there; it finds copies in compacted files, too."""
    records = sorted(a_story_that_grows(), key=lambda record: record["published"] or "", reverse=True)
    store = tmp_path / "store"
    run_in_dumps(store, [records[:8], records[8:16]])
    before, counts = telling(store), Store.open(str(store)).counts()
    reader = Store.open(str(store)).connect()
    upkeep = maintain(str(store), "upkeep", keep_days=0)
    assert sum(upkeep.after.values()) < sum(upkeep.before.values())
    assert telling(store) == before
    assert Store.open(str(store)).counts() == counts | {"runs": 3}
    assert Store.open(str(store)).runs()[-1].kind == "maintenance"
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (counts["articles"],)
    run(store, write_dump(tmp_path / "rest.jsonl", records[16:]))
    assert telling(store) == telling(at_once)
    assert maintain(str(store), "upkeep2", keep_days=0).removed > 0
    assert telling(store) == telling(at_once)
    check_old_stories_resolve(store)


def check_old_stories_resolve(store: Path) -> None:
    with Store.open(str(store)).connect() as connection:
        gone = connection.execute("SELECT old_story_id FROM aliases").fetchall()
        unresolved = connection.execute(
            "SELECT old_story_id FROM aliases ANTI JOIN resolved_stories USING (old_story_id)"
        ).fetchall()
        wrong = connection.execute(
            "SELECT * FROM resolved_stories WHERE story_id NOT IN (SELECT story_id FROM stories)"
        ).fetchall()
    assert gone
    assert unresolved == wrong == []


@pytest.mark.slow
def test_the_window_decides_what_is_near(tmp_path: Path) -> None:
    text = the_articles()[0]["text"]
    first = an_article(1, text, "2024-12-01T00:00:00Z", "example.com", "First")
    later = an_article(2, edited(text, 1), "2025-01-10T00:00:00Z", "example.org", "Later")
    dump = write_dump(tmp_path / "dump.jsonl", [first, later])
    counts = {}
    for window in (40, 39):
        run(tmp_path / str(window), dump, dedup_window=window)
        counts[window] = Store.open(str(tmp_path / str(window))).counts()["stories"]
    assert counts == {40: 1, 39: 2}
    options = json.loads(Store.open(str(tmp_path / "39")).runs()[-1].options)
    assert options == {"dedup_window": 39}


@pytest.mark.parametrize("dies_in", ["compact", "commit"])
def test_maintenance_that_dies_leaves_the_pinned_versions(
    at_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    store = Path(shutil.copytree(at_once, tmp_path / "store"))
    maintain(str(store), "first", keep_days=0)
    step = getattr(delta, dies_in)
    calls: list[object] = []

    def dying(*arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) == (3 if dies_in == "compact" else 1):
            raise KeyboardInterrupt
        return step(*arguments)

    monkeypatch.setattr(delta, dies_in, dying)
    with pytest.raises(KeyboardInterrupt):
        maintain(str(store), "second", keep_days=0)
    monkeypatch.undo()
    assert telling(store) == telling(at_once)
    maintain(str(store), "third", keep_days=0)
    assert telling(store) == telling(at_once)
    assert [row.run_id for row in Store.open(str(store)).runs()][1:] == ["first", "third"]
