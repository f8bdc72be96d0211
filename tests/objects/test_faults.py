"""An object store that is away, refuses, or answers badly: one line, exit code 1, and the store as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.store import Store
from pipeline.store.commit import commit_run, open_run
from tests.objects.conftest import Copied, First
from tests.objects.server import REFUSAL, VERSITYGW, Between, check_credentials_at, led_to, object_store
from tests.pipeline import killing
from tests.pipeline.run_helpers import exported
from tests.pipeline.store_helpers import a_reject_row, a_run_row, write
from transforms import objects

pytestmark = pytest.mark.s3

MENDED = "nothing is half done: run the same command again when that is mended"

Told = Callable[[], list[str]]


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str]) -> Told:
    """The lines of standard error since last asked."""
    return lambda: capfd.readouterr().err.splitlines()


def _commands(first: First, store: str, folder: Path) -> list[list[str]]:
    return [
        ["run", str(first.dump), "--store", store, "-q"],
        ["report", "--store", store, "-o", str(folder / "report.html")],
        ["maintain", "--store", store],
    ]


def test_wrong_credentials(first: First, told: Told, tmp_path: Path) -> None:
    with object_store() as other, led_to(other, "nobody"):
        check_credentials_at(other)
        for words in _commands(first, "s3://news/a/store", tmp_path):
            assert main(words) == 1
            (line,) = told()
            assert line.startswith("error: s3://news/a/store: the object store at http://127.0.0.1:")
            assert line.endswith(f" {REFUSAL}; {MENDED}")


def test_a_bucket_that_is_not_there(first: First, told: Told, tmp_path: Path) -> None:
    for words in _commands(first, "s3://nowhere/a/store", tmp_path):
        assert main(words) == 1
        (line,) = told()
        assert line.startswith("error: s3://nowhere/a/store: there is no such bucket at http://127.0.0.1:")


def test_a_store_that_is_not_there(first: First, place: str, told: Told) -> None:
    assert main(["status", "--store", place]) == 3
    assert told() == [f"error: {place}: no store here; `wiretally run DUMP --store {place}` makes one"]


def test_nobody_answers(first: First, told: Told, tmp_path: Path) -> None:
    with led_to("http://127.0.0.1:9"):
        for words in _commands(first, "s3://news/a/store", tmp_path):
            assert main(words) == 1
            (line,) = told()
            silent = "the object store at http://127.0.0.1:9 does not answer"
            assert line == f"error: s3://news/a/store: {silent}; {MENDED}"


@pytest.mark.parametrize("words", [["report", "-o", "REPORT"], ["sql", "from events"]], ids=str)
def test_the_server_goes_while_somebody_reads(
    words: list[str], first: First, between: Between, told: Told, tmp_path: Path
) -> None:
    between.spoil(gone=["GET", "/events/month="])
    report = tmp_path / "report.html"
    assert main([*(str(report) if word == "REPORT" else word for word in words), "--store", first.uri]) == 1
    (line,) = told()
    assert f"the object store at {between.address} does not answer; " in line
    assert line.endswith("run the same command again when that is mended")
    assert not report.exists()


MOMENTS = {
    "the workers write": "/articles/month=",
    "the first table is committed": "/articles/_delta_log/",
    "a later table is committed": "/activity/_delta_log/",
    "the row of the run is committed": "/runs/_delta_log/",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_server_goes_in_the_middle_of_a_run(
    moment: str, first: First, between: Between, ask: killing.Ask, copied: Copied, tmp_path: Path
) -> None:
    uri = copied(first.uri)
    dump = tmp_path / "new.jsonl"
    dump.write_text(first.dump.read_text("utf-8").replace("inv-", "new-").replace("Homs", "Idlib"), "utf-8")
    between.spoil(gone=["PUT", MOMENTS[moment]])
    words = ["run", str(dump), "--store", uri, "-q"]
    silent = f"the object store at {between.address} does not answer"
    assert ask(words, None) == (1, f"error: {uri}: {silent}; {MENDED}\n")
    between.spoil()
    assert exported(uri, tmp_path / "after") == first.tables
    assert ask(words, None) == (0, "")
    assert main(["verify", "--store", uri]) == 0
    assert len(Store.open(uri).runs()) == 2


@pytest.mark.parametrize("part", ["/_lock", "/rejects/_delta_log/", "/runs/_delta_log/"])
def test_an_answer_that_is_lost_is_no_conflict(part: str, between: Between, place: str) -> None:
    """A put that was carried out is tried again and finds itself there."""
    with open_run(place, "r1") as run:
        commit_run(run, {}, a_run_row("r1"))
    between.spoil(unheard=["PUT", f"{place.removeprefix('s3://')}{part}"])
    with open_run(place, "r2") as run:
        file = write(run, "rejects", [a_reject_row("a", "r2")])
        commit_run(run, {"rejects": [file]}, a_run_row("r2"))
    assert part in between.lost()[-1]
    assert [row.run_id for row in Store.open(place).runs()] == ["r1", "r2"]
    assert Store.open(place).counts()["rejects"] == 1


@pytest.mark.parametrize(
    ("how", "said"),
    [("careless", "puts objects whatever the condition"), ("unable", "does not put objects on conditions")],
)
def test_a_server_without_conditions_is_refused(
    how: str,
    said: str,
    first: First,
    between: Between,
    place: str,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if how == "careless" and VERSITYGW:
        pytest.skip("it checks signatures, which cover the conditions")
    monkeypatch.setattr(objects, "PATIENCE_SECONDS", 1)
    between.spoil(**{how: True})
    assert main(["run", str(first.dump), "--store", place, "-q"]) == 2
    (line,) = told()
    assert line.startswith(f"error: --store {place}: this object store {said} (If-None-Match, If-Match)")
