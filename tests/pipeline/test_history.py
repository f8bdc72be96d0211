"""Many runs on one store leave what one run over all their dumps leaves."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.store import Store
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


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.integers(2, 4), st.integers(0, 6), st.randoms(use_true_random=False))
def test_splits_orders_and_replays_leave_the_same(
    at_once: Path, parts: int, replays: int, rng: Random
) -> None:
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        run_in_dumps(store, cut(a_story_that_grows(), parts, replays, rng))
        assert telling(store) == telling(at_once)


def test_latest_first_in_a_dump_each(at_once: Path, tmp_path: Path) -> None:
    """Every run brings an article that leads some of what is there."""
    records = sorted(a_story_that_grows(), key=lambda record: record["published"] or "", reverse=True)
    store = tmp_path / "store"
    run_in_dumps(store, [records[at : at + 4] for at in range(0, len(records), 4)])
    assert telling(store) == telling(at_once)
    with Store.open(str(store)).connect() as connection:
        gone = connection.execute("SELECT DISTINCT old_story_id FROM aliases").fetchall()
        assert gone
        unresolved = connection.execute(
            "SELECT old_story_id FROM aliases WHERE old_story_id NOT IN (SELECT old_story_id FROM resolved_stories)"
        ).fetchall()
        wrong = connection.execute(
            "SELECT * FROM resolved_stories WHERE story_id NOT IN (SELECT story_id FROM stories)"
        ).fetchall()
    assert unresolved == wrong == []


def test_the_window_decides_what_is_near(tmp_path: Path) -> None:
    text = the_articles()[0]["text"]
    first = an_article(1, text, "2024-12-01T00:00:00Z", "example.com", "First")
    later = an_article(2, edited(text, 1), "2025-01-10T00:00:00Z", "example.org", "Later")
    dumps = [write_dump(tmp_path / f"{record['id']}.jsonl", [record]) for record in (first, later)]
    counts = {}
    for window in (60, 40, 39):
        for dump in dumps:
            run(tmp_path / str(window), dump, dedup_window=window)
        counts[window] = Store.open(str(tmp_path / str(window))).counts()["stories"]
    assert counts == {60: 1, 40: 1, 39: 2}
    options = json.loads(Store.open(str(tmp_path / "39")).runs()[-1].options)
    assert options == {"dedup_window": 39}
