"""Dumps in an object store, read from a server that speaks S3."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pipeline.run_helpers import run, tables

pytestmark = pytest.mark.s3


@pytest.fixture(scope="module")
def dumps(sample_dump: Path) -> Iterator[str]:
    """The URI of a folder that holds the sample dump, and the environment that leads there."""
    import boto3

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "reader",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stderr=subprocess.DEVNULL
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        _await(port)
        store = boto3.client("s3")
        store.create_bucket(Bucket="dumps")
        for path in sample_dump.rglob("*"):
            if path.is_file():
                store.upload_file(str(path), "dumps", f"day/{path.relative_to(sample_dump)}")
        yield "s3://dumps/day"
    server.terminate()
    server.wait(10)


def _await(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server of the object store does not answer")


def test_a_dump_in_an_object_store_gives_what_its_files_give(
    dumps: str, sample_dump: Path, tmp_path: Path
) -> None:
    told = run(tmp_path / "far", dumps)
    near = run(tmp_path / "near", sample_dump)
    assert told.reckoning == near.reckoning
    far, here = tables(tmp_path / "far"), tables(tmp_path / "near")
    for name in ("stories", "events", "activity", "dyads", "postings"):
        assert far[name] == here[name]
    assert {row["source_file"].split("/day/")[0] for row in far["articles"]} == {"s3://dumps"}


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
