"""Jobs on a Flink cluster, by its REST interface: for what Beam's job server does not do to them."""

import json
import time
import urllib.request
from typing import Any

from pipeline.runners import JobFailedError

_ANSWER_SECONDS = 10
_LOOK_SECONDS = 0.5
_OVER = ("FINISHED", "CANCELED", "FAILED", "SUSPENDED")


def cancel_job(master: str, name: str, patience: float) -> None:
    """Cancel the newest job of a name and see it end; nothing if it has ended.

    Beam's job server calls a stream's job cancelled and leaves it running.

    Raises:
        JobFailedError: the cluster does not answer, or the job has not ended after `patience` seconds.
    """
    end = time.monotonic() + patience
    try:
        while (job := _newest(master, name)) is not None and job["state"] not in _OVER:
            if time.monotonic() > end:
                raise TimeoutError(f"it is still {job['state'].lower()}")
            if job["state"] != "CANCELLING":
                _ask(master, f"/jobs/{job['jid']}?mode=cancel", "PATCH")
            time.sleep(_LOOK_SECONDS)
    except OSError as error:
        raise JobFailedError(
            f"the job {name} may go on on {master}, where it could not be cancelled: {error}; "
            "cancel it on the cluster's page"
        ) from error


def _newest(master: str, name: str) -> dict[str, Any] | None:
    jobs = [job for job in _ask(master, "/jobs/overview")["jobs"] if job["name"] == name]
    return max(jobs, key=lambda job: job["start-time"], default=None)


def _ask(master: str, path: str, method: str = "GET") -> Any:
    root = master if "://" in master else f"http://{master}"
    request = urllib.request.Request(root.rstrip("/") + path, method=method)
    with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:
        return json.load(answer)
