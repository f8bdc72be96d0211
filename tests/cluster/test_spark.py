"""On Spark's local master: the same tables as in one process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster.flink import finished, run_here, table_hashes
from tests.conftest import ROOT

pytestmark = pytest.mark.spark


def test_the_sample_gives_the_same_tables(sample_dump: Path, tmp_path: Path) -> None:
    jar = os.environ["WIRETALLY_TEST_SPARK"]
    command = [
        *(sys.executable, "-m", "pipeline", "run", str(sample_dump), "--store", str(tmp_path / "there")),
        *("--log-json", "--runner", "SparkRunner", "--", f"--spark_job_server_jar={jar}"),
        *("--spark_master_url=local[2]", "--environment_type=LOOPBACK"),
    ]
    code, told = finished(subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True))
    assert code == 0, told
    run_here(sample_dump, tmp_path / "here")
    assert table_hashes(tmp_path / "there") == table_hashes(tmp_path / "here")
