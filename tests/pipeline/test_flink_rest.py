"""Cancelling a job by Flink's REST interface, against a server that answers as Flink does."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from pipeline.flink import cancel_job
from pipeline.runners import JobFailedError


class Flink(HTTPServer):
    """Jobs by id; one that is told to cancel has ended at the second look, unless it is `stubborn`."""

    def __init__(self, *jobs: dict[str, Any], stubborn: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.jobs = list(jobs)
        self.stubborn = stubborn
        self.asked: list[str] = []


class _Answers(BaseHTTPRequestHandler):
    server: Flink

    def do_GET(self) -> None:
        for job in self.server.jobs:
            if job["state"] == "CANCELLING" and not self.server.stubborn:
                job["state"] = "CANCELED"
        self._answer({"jobs": self.server.jobs})

    def do_PATCH(self) -> None:
        self.server.asked.append(self.path)
        for job in self.server.jobs:
            if self.path == f"/jobs/{job['jid']}?mode=cancel":
                job["state"] = "CANCELLING"
        self._answer({})

    def _answer(self, content: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def job(jid: str, name: str, start: int, state: str = "RUNNING") -> dict[str, Any]:
    return {"jid": jid, "name": name, "start-time": start, "state": state}


@contextmanager
def serving(flink: Flink) -> Iterator[str]:
    thread = threading.Thread(target=flink.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"127.0.0.1:{flink.server_port}"
    finally:
        flink.shutdown()
        thread.join()
        flink.server_close()


@pytest.mark.parametrize("scheme", ["", "http://"])
def test_the_newest_job_of_that_name_is_cancelled_and_no_other(scheme: str) -> None:
    flink = Flink(job("a", "ours", 1), job("b", "ours", 2), job("c", "theirs", 3))
    with serving(flink) as master:
        cancel_job(scheme + master, "ours", 10)
    assert flink.asked == ["/jobs/b?mode=cancel"]


def test_a_job_that_has_ended_is_left_alone() -> None:
    flink = Flink(job("a", "ours", 1, "FAILED"))
    with serving(flink) as master:
        cancel_job(master, "ours", 10)
        cancel_job(master, "never was", 10)
    assert flink.asked == []


def test_a_job_that_does_not_end_and_a_cluster_that_is_gone_are_said() -> None:
    flink = Flink(job("a", "ours", 1), stubborn=True)
    with serving(flink) as master, pytest.raises(JobFailedError, match=r"ours may go on .* still cancelling"):
        cancel_job(master, "ours", 0.2)
    with pytest.raises(JobFailedError, match="cancel it on the cluster's page"):
        cancel_job(master, "ours", 10)
