"""Servers that speak S3 on loopback: moto's, and one before it that spoils what it is told to."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.conftest import ROOT

BUCKET = "news"


@contextmanager
def object_store() -> Iterator[str]:
    """The address of a server with an empty bucket."""
    import boto3

    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port)
        address = f"http://127.0.0.1:{port}"
        told = environment(address)
        boto3.client(
            "s3",
            endpoint_url=address,
            aws_access_key_id=told["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"],
            region_name=told["AWS_DEFAULT_REGION"],
        ).create_bucket(Bucket=BUCKET)
        yield address
    finally:
        server.kill()
        server.wait(10)


def environment(address: str) -> Mapping[str, str]:
    """The variables that lead to a server."""
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "reader",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }


@contextmanager
def led_to(address: str) -> Iterator[None]:
    """The variables set in this process, and so in those that it starts."""
    before = dict(os.environ)
    os.environ.update(environment(address))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def check_credentials_at(address: str) -> None:
    """Have moto's server ask for credentials from now on; it knows none."""
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
