"""Dumps in an object store, read from a server that speaks S3."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.objects.server import BUCKET, uploaded
from tests.pipeline.run_helpers import run, tables
from transforms.objects import ObjectPath

pytestmark = pytest.mark.s3


@pytest.fixture(scope="module")
def dumps(address: str, sample_dump: Path) -> str:
    """The URI of a folder that holds the sample dump."""
    return uploaded(sample_dump, ObjectPath(BUCKET, "day"))


def test_a_dump_in_an_object_store_gives_what_its_files_give(
    dumps: str, sample_dump: Path, tmp_path: Path
) -> None:
    told = run(tmp_path / "far", dumps)
    near = run(tmp_path / "near", sample_dump)
    assert told.reckoning == near.reckoning
    far, here = tables(tmp_path / "far"), tables(tmp_path / "near")
    for name in ("stories", "events", "activity", "dyads", "postings"):
        assert far[name] == here[name]
    assert {row["source_file"].split("/day/")[0] for row in far["articles"]} == {f"s3://{BUCKET}"}


def test_a_worker_that_was_given_no_options_reads_it_too(dumps: str, sample_dump: Path) -> None:
    program = "import sys; from transforms.read import open_raw; print(len(open_raw(sys.argv[1]).read()))"
    name = "meridian_wire.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", program, f"{dumps}/{name}"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) == (sample_dump / name).stat().st_size
