"""A Flink cluster of `examples/flink`, and runs on it and in this process to compare."""

import hashlib
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.store import TABLES, Store
from tests.conftest import ROOT
from tests.services import ports_of
from tests.streaming.live import Started, started

SCRIPT = ROOT / "examples" / "flink" / "cluster"


@dataclass(frozen=True)
class Cluster:
    """A running cluster, by the folder that it was started with."""

    folder: Path

    @property
    def ports(self) -> dict[str, str]:
        """`REST_PORT` and `POOL_PORT`."""
        return ports_of(self.folder)

    @property
    def master(self) -> str:
        """Where the cluster answers."""
        return f"127.0.0.1:{self.ports['REST_PORT']}"

    def beam_options(self, workers: int) -> list[str]:
        """How Beam finds the job server and the pools."""
        return [
            f"--flink_job_server_jar={self.folder / 'lib' / 'job-server.jar'}",
            f"--environment_config=worker-pool:{self.ports['POOL_PORT']}",
            f"--parallelism={workers}",
        ]

    def command(self, dump: Path | str, store: Path | str, workers: int) -> list[str]:
        """The command that runs a dump on the cluster."""
        return [
            *(sys.executable, "-m", "pipeline", "run", str(dump), "--store", str(store), "--log-json"),
            *("--runner", "flink", "--flink-master", self.master, "--"),
            *self.beam_options(workers),
        ]

    def streaming(self, source: Path | str, store: Path, *words: str) -> AbstractContextManager[Started]:
        """The command `stream` on the cluster, with many checkpoints."""
        flink = ("--runner", "flink", "--flink-master", self.master)
        beam = (*self.beam_options(workers=2), "--checkpointing_interval=2000")
        return started(source, store, *words, *flink, beam=beam)

    def start(self, dump: Path | str, store: Path | str, workers: int) -> "subprocess.Popen[str]":
        """Begin a run."""
        command = self.command(dump, store, workers)
        return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def ask(self, path: str) -> Any:
        """What Flink says at a path of its REST API."""
        with urllib.request.urlopen(f"http://{self.master}{path}", timeout=10) as answer:
            return json.load(answer)

    def newest_job(self) -> dict[str, Any]:
        """The newest job, and how many checkpoints it made and was restored from."""
        job = max(self.ask("/jobs/overview")["jobs"], key=lambda job: job["start-time"])
        return job | self.ask(f"/jobs/{job['jid']}/checkpoints")["counts"]  # type: ignore[no-any-return]

    def wait_for_work(self, seconds: float) -> None:
        """Return once a job has been running for so long."""
        for _ in range(3000):
            jobs = [job for job in self.ask("/jobs/overview")["jobs"] if job["state"] == "RUNNING"]
            if any(job["duration"] > 1000 * seconds for job in jobs):
                return
            time.sleep(0.2)
        raise TimeoutError("no job came to run")

    def tell(self, *words: str) -> None:
        """Have the script of the cluster do something."""
        subprocess.run([SCRIPT, *words, self.folder], check=True, stdout=subprocess.DEVNULL)


def finished(process: "subprocess.Popen[str]") -> tuple[int, dict[str, Any]]:
    """The exit code of a run, and the last line of its log."""
    _, log = process.communicate(timeout=7200)
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return process.returncode, events[-1]


def run_here(dump: Path | str, store: Path) -> None:
    """Run a dump in one process on this machine."""
    command = [sys.executable, "-m", "pipeline", "run", str(dump), "--store", str(store), "--log-json"]
    code, told = finished(subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True))
    assert code == 0, told


def report_of(store: Path) -> dict[str, Any]:
    """The report of a store's last run."""
    run = Store.open(str(store)).runs()[-1]
    report: dict[str, Any] = json.loads((store / "run_reports" / f"{run.run_id}.json").read_bytes())
    return report


def table_hashes(store: Path | str) -> dict[str, str]:
    """A hash of every table but `runs`, over all rows in the order of all columns but the run's id."""
    return {name: digest.hexdigest() for name, digest in _digests(Store.open(str(store)))}


def _digests(store: Store) -> Iterator[tuple[str, Any]]:
    with store.connect() as connection:
        for name in TABLES:
            if name not in ("runs", "postings"):
                digest = hashlib.sha256()
                rows = connection.execute(f"SELECT * EXCLUDE (run_id) FROM {name} ORDER BY ALL")
                while some := rows.fetchmany(10_000):
                    digest.update(repr(some).encode())
                yield name, digest
        yield "postings", _postings(connection.execute("SELECT kind, prefix, block FROM postings").fetchall())


def _postings(rows: list[tuple[str, int, bytes]]) -> Any:
    """Postings one by one, since a dump that is placed in parts cuts the same ones into other blocks."""
    digest = hashlib.sha256()
    for key in sorted({(kind, prefix) for kind, prefix, _ in rows}):
        block = b"".join(block for *of, block in rows if tuple(of) == key)
        digest.update(repr(key).encode())
        digest.update(b"".join(sorted(block[at : at + 16] for at in range(0, len(block), 16))))
    return digest
