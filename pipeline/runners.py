"""The runner `flink`: a Flink cluster through Beam's portable runner, with pools of Python workers."""

import contextlib
import shutil
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from schemas import ConfigError

if TYPE_CHECKING:
    from apache_beam.options.pipeline_options import PipelineOptions

FLINK = "flink"
_ANSWER_SECONDS = 10
_DEFAULTS = {
    "environment_type": "EXTERNAL",
    "environment_config": "localhost:50000",  # each TaskManager asks the pool on its own machine
    "environment_cache_millis": "60000",  # else workers start anew, and load the lexicon, for every stage
}


class JobFailedError(Exception):
    """The cluster gave the job up: a worker died too often, or code of ours failed there."""


def flink_arguments(master: str, given: Sequence[str]) -> list[str]:
    """Beam's options for a Flink cluster; what is given wins over what is chosen here."""
    named = {word.split("=")[0] for word in given}
    chosen = [f"--{name}={value}" for name, value in _DEFAULTS.items() if f"--{name}" not in named]
    return ["--runner=FlinkRunner", f"--flink_master={master}", *chosen, *given]


def check_cluster(master: str | None, options: "PipelineOptions") -> None:
    """See that a cluster answers and that its job server can be started, before anything runs.

    Raises:
        ConfigError: no cluster there, no such jar, or no Java to start it with.
    """
    if master is None:
        return
    known = options.get_all_options()
    jar = known["flink_job_server_jar"]
    if jar and not urlsplit(jar).scheme and not Path(jar).is_file():
        raise ConfigError(f"--flink_job_server_jar {jar}: no such file")
    if not known["job_endpoint"] and not shutil.which(known["job_server_java_launcher"]):
        raise ConfigError("no Java to start Beam's job server with; install one, or name a --job_endpoint")
    reach("--flink-master", master, "Flink")


def reach(option: str, place: str, what: str) -> None:
    """See that something answers at a place that an option names.

    Raises:
        ConfigError: nothing does, or it is not written as HOST:PORT; the message names the option.
    """
    address = urlsplit(place if "://" in place else f"//{place}")
    try:
        port = address.port
        if not address.hostname or not port:
            raise ConfigError(f"{option} {place}: write it as HOST:PORT")
        socket.create_connection((address.hostname, port), timeout=_ANSWER_SECONDS).close()
    except (OSError, ValueError) as error:
        raise ConfigError(f"{option} {place}: no {what} answers there ({error})") from error


@contextlib.contextmanager
def job_failures_named(master: str | None, left: str = "nothing was committed") -> Iterator[None]:
    """Turn what Beam raises when a job fails on the cluster into one line; `left` is what that left.

    Raises:
        JobFailedError: the job failed.
    """
    try:
        yield
    except RuntimeError as error:
        if master is None:
            raise
        raise JobFailedError(
            f"the job failed on {master} and {left}: {' '.join(str(error).split())}; "
            "once the cluster is well, run the same command again"
        ) from error
