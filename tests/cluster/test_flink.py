"""On a Flink cluster: the same tables as in one process, whatever the workers, and after losing one."""

from pathlib import Path

import pytest

from pipeline.store import Store
from tests.cluster.flink import Cluster, finished, report_of, run_here, table_hashes

pytestmark = pytest.mark.flink
Figures = list[tuple[str, str]]


def _told(hashes: dict[str, str]) -> str:
    return f"activity {hashes['activity'][:12]}, all {len(hashes)} tables as in one process"


def test_the_sample_gives_the_same_tables(
    cluster: Cluster, sample_dump: Path, tmp_path: Path, figures: Figures
) -> None:
    run_here(sample_dump, tmp_path / "here")
    code, told = finished(cluster.start(sample_dump, tmp_path / "there", workers=2))
    assert code == 0, told
    hashes = table_hashes(tmp_path / "there")
    assert hashes == table_hashes(tmp_path / "here")
    figures.append(("sample, 2 workers", f"{told['seconds']:.0f} s, {_told(hashes)}"))
    code, told = finished(cluster.start(sample_dump, tmp_path / "there", workers=2))
    assert (code, told["reckoning"]["replays"]) == (0, 62)
    assert table_hashes(tmp_path / "there") == hashes


@pytest.mark.parametrize("workers", [1, 2])
def test_a_made_dump_gives_the_same_tables(
    cluster: Cluster, made: Path, here: Path, articles: int, workers: int, tmp_path: Path, figures: Figures
) -> None:
    code, told = finished(cluster.start(made, tmp_path / "there", workers))
    assert code == 0, told
    hashes = table_hashes(tmp_path / "there")
    assert hashes == table_hashes(here)
    speed = report_of(tmp_path / "there")["articles_per_second"]
    name = f"{articles:,} articles, Flink, {workers} worker{'s' * (workers > 1)}"
    figures.append((name, f"{speed:,.0f} a second, {_told(hashes)}"))


def test_a_run_that_loses_a_worker_ends_right_or_not_at_all(
    cluster: Cluster, made: Path, here: Path, tmp_path: Path, figures: Figures
) -> None:
    store = tmp_path / "there"
    run = cluster.start(made, store, workers=2)
    cluster.wait_for_work(seconds=5)
    cluster.tell("kill-worker", "1")
    code, told = finished(run)
    outcome = "the job went on and ended right"
    if code != 0:
        assert "nothing was committed" in told["message"], told
        assert Store.open(str(store)).runs() == ()
        outcome = "the job failed and a rerun completed"
        code, told = finished(cluster.start(made, store, workers=2))
    assert code == 0, told
    assert table_hashes(store) == table_hashes(here)
    cluster.tell("start-worker", "1")
    figures.append(("TaskManager killed mid-run", outcome))
