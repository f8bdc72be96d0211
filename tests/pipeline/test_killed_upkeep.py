"""Commands that change what a store has, killed at every step: it is as it was, and the command completes."""

import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.store import Store
from pipeline.store.commit import STAGING
from tests.pipeline import killing
from tests.pipeline.invented import the_articles, write_dump
from tests.pipeline.run_helpers import exported, run, tables

pytestmark = pytest.mark.slow

DONE = "after:runs"
"""The one step after which the command has happened."""

REWRITTEN = ("written", "staged", "before:events", "after:events", "after:activity", "before:runs", DONE)
STEPS = {
    "forget": (*REWRITTEN, "before:articles", "after:articles", "after:stories", "after:postings"),
    "recode": (*REWRITTEN, "after:dyads"),
    "maintain": (
        *(
            f"{what}:{table}"
            for what in ("vacuumed", "compacted")
            for table in ("articles", "activity", "runs")
        ),
        "before:runs",
        DONE,
    ),
}
KILLED = (-signal.SIGKILL, "")
DONE_WELL = (0, "")


class Lived(NamedTuple):
    """A store with texts after two runs and a `forget`, and what each command makes of it undisturbed."""

    store: Path
    words: dict[str, Sequence[str]]
    made: dict[str, dict[str, list[dict[str, Any]]]]

    def verify(self, command: str) -> list[str]:
        """The check of a store under the lexicon of the command."""
        return ["verify", *(self.words[command][1:] if command == "recode" else ())]


@pytest.fixture(scope="module")
def lived(ask: killing.Ask, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("lived")
    store, half = folder / "store", len(the_articles()) // 2
    for name, some in (("first", the_articles()[:half]), ("second", the_articles()[half:])):
        run(store, write_dump(folder / f"{name}.jsonl", some), keep_text=True)
    lead = next(row["story_id"] for row in tables(store)["stories"] if row["near_copies"])
    assert ask(["forget", "--outlet", "example.net", "--store", str(store)], None) == DONE_WELL
    words: dict[str, Sequence[str]] = {
        "forget": ["forget", "--article", lead],
        "recode": ["recode", "--lexicon", str(_lexicon(folder))],
        "maintain": ["maintain", "--keep-days", "0"],
    }
    made = {}
    for command in words:
        copy = Path(shutil.copytree(store, folder / command))
        assert ask([*words[command], "--store", str(copy)], None) == DONE_WELL
        made[command] = tables(copy)
    assert made["maintain"] == tables(store)
    assert made["forget"] != tables(store) != made["recode"]
    return Lived(store, words, made)


def _lexicon(folder: Path) -> Path:
    """A layer that knows the Quds Force by another name only."""
    made = folder / "lexicon"
    made.mkdir()
    rows = "actor_id\twho\tside\tkind\tname\nquds-force\tIRN\tstate\tbranch\tQarnaz Force\n"
    (made / "actors.tsv").write_text(rows, "utf-8")
    return made


@pytest.mark.parametrize(
    ("command", "point"), [(command, point) for command, points in STEPS.items() for point in points]
)
def test_killed_at_any_step_it_changes_nothing_and_can_be_run_again(
    command: str, point: str, ask: killing.Ask, lived: Lived, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(lived.store, tmp_path / "store"))
    words, at = lived.words[command], ["--store", str(store)]
    assert ask([*words, *at], point) == KILLED
    runs = len(Store.open(str(lived.store)).runs())
    if point == DONE:
        assert len(Store.open(str(store)).runs()) == runs + 1
    else:
        assert exported(store, tmp_path / "after") == exported(lived.store, tmp_path / "before")
        assert ask(["verify", *at], None) == DONE_WELL
        assert ask([*words, *at], None) == DONE_WELL
        assert not list((store / STAGING).iterdir())
    assert tables(store) == lived.made[command]
    assert ask([*lived.verify(command), *at], None) == DONE_WELL


@pytest.mark.parametrize("command", STEPS)
def test_killed_again_while_it_recovers(command: str, ask: killing.Ask, lived: Lived, tmp_path: Path) -> None:
    store = Path(shutil.copytree(lived.store, tmp_path / "store"))
    words = [*lived.words[command], "--store", str(store)]
    for point in ("before:runs", "restored", "restored"):
        assert ask(words, point) == KILLED
    assert exported(store, tmp_path / "after") == exported(lived.store, tmp_path / "before")
    assert ask(words, None) == DONE_WELL
    assert tables(store) == lived.made[command]
