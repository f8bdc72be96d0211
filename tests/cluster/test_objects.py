"""On a Flink cluster with dump and store in an object store: the same tables as in a folder."""

import secrets
from pathlib import Path

import pytest

from pipeline.__main__ import main
from tests.cluster.flink import Cluster, finished, run_here, table_hashes
from tests.objects.server import BUCKET, uploaded
from transforms.objects import ObjectPath

pytestmark = pytest.mark.flink


def test_a_dump_and_a_store_in_an_object_store(
    cluster: Cluster, sample_dump: Path, tmp_path: Path, figures: list[tuple[str, str]]
) -> None:
    place = ObjectPath(BUCKET, secrets.token_hex(4))
    dump, store = uploaded(sample_dump, place / "day"), str(place / "store")
    run_here(dump, tmp_path / "here")
    code, told = finished(cluster.start(dump, store, workers=2))
    assert code == 0, told
    hashes = table_hashes(store)
    assert hashes == table_hashes(tmp_path / "here")
    figures.append(
        (
            "sample, 2 workers, all at s3://",
            f"{told['seconds']:.0f} s, {len(hashes)} tables as in one process",
        )
    )
    assert main(["verify", "--store", store]) == 0
    code, told = finished(cluster.start(dump, store, workers=2))
    assert (code, told["reckoning"]["replays"]) == (0, 62)
    assert table_hashes(store) == hashes
