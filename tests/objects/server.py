"""Servers that speak S3 on loopback: moto's or versitygw, and one before it that spoils what it is told to.

`python -m tests.objects.server COMMAND...` runs a command with a server that its `AWS_*` variables lead to.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.conftest import ROOT
from transforms.objects import ObjectPath

BUCKET = "news"
VERSITYGW = os.environ.get("WIRETALLY_TEST_VERSITYGW")
"""The program of the server, where it is to be versitygw on a folder instead of moto's."""
REFUSAL = (
    "answers XAdminUserNotFound"
    if VERSITYGW
    else "refuses access (InvalidAccessKeyId); look at the AWS_* variables"
)
"""What the server says to somebody whom it does not know, as we put it."""


@contextmanager
def object_store() -> Iterator[str]:
    """The address of a server with an empty bucket."""
    with TemporaryDirectory(prefix="objects-") as folder, _serving(Path(folder)) as address:
        with led_to(address):
            make_bucket(BUCKET)
        yield address


def make_bucket(name: str) -> None:
    """An empty bucket of the server to which the variables lead."""
    import boto3

    boto3.client("s3").create_bucket(Bucket=name)


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    port = _free_port()
    moto = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    told = environment(address := f"http://127.0.0.1:{port}")
    keys = ("--access", told["AWS_ACCESS_KEY_ID"], "--secret", told["AWS_SECRET_ACCESS_KEY"])
    words = [VERSITYGW, "--port", f"127.0.0.1:{port}", *keys, "posix", str(folder)] if VERSITYGW else moto
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield address
    finally:
        server.kill()
        server.wait(10)


def environment(address: str, who: str = "reader") -> Mapping[str, str]:
    """The variables that lead to a server."""
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": who,
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }


@contextmanager
def led_to(address: str, who: str = "reader") -> Iterator[None]:
    """The variables set in this process, and so in those that it starts."""
    before = dict(os.environ)
    os.environ.update(environment(address, who))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def uploaded(folder: Path, place: ObjectPath) -> str:
    """The URI of a folder in an object store that holds the files of one here."""
    for path in folder.rglob("*"):
        if path.is_file():
            (place / str(path.relative_to(folder))).upload(path)
    return str(place)


def check_credentials_at(address: str) -> None:
    """Have moto's server ask for credentials from now on; it knows none. versitygw always asks."""
    if VERSITYGW:
        return
    place = http.client.HTTPConnection(address.removeprefix("http://"))
    place.request("POST", "/moto-api/reset-auth", b"0")
    assert place.getresponse().status == 200


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server of the object store does not answer")


class Between:
    """A server in a process of its own (`tests/objects/between.py`) that is told what to spoil."""

    def __init__(self, address: str) -> None:
        self.address = address

    @classmethod
    @contextmanager
    def before(cls, address: str) -> Iterator["Between"]:
        """A server that hands on to the one at the address, and spoils nothing yet."""
        port = _free_port()
        words = [sys.executable, "-m", "tests.objects.between", str(port), address.removeprefix("http://")]
        server = subprocess.Popen(words, cwd=ROOT)
        try:
            _await(port)
            yield cls(f"http://127.0.0.1:{port}")
        finally:
            server.kill()
            server.wait(10)

    def spoil(self, **what: Any) -> None:
        """Spoil this from now on, and nothing else."""
        self._ask("PUT", json.dumps(what).encode())

    def lost(self) -> list[str]:
        """The requests so far whose answers were lost."""
        found: list[str] = json.loads(self._ask("GET", b""))
        return found

    def _ask(self, method: str, body: bytes) -> bytes:
        place = http.client.HTTPConnection(self.address.removeprefix("http://"))
        place.request(method, "/-/spoil", body)
        return place.getresponse().read()


if __name__ == "__main__":
    with object_store() as address, led_to(address):
        sys.exit(subprocess.run(sys.argv[1:]).returncode)
