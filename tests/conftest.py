"""Fixtures that all tests share."""

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.streaming.kafka import Broker

ROOT = Path(__file__).resolve().parent.parent

# A shell that runs the tests in the background has them ignore Ctrl-C, and with them all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("quick", max_examples=50, deadline=None)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of real dumps beside the project; tests that need it skip where it is not."""
    folder = ROOT.parent / "shared"
    if not (folder / "dumps").is_dir():
        pytest.skip("no folder of real dumps beside the project")
    return folder


@pytest.fixture(scope="session")
def sample_dump() -> Path:
    """The invented sample dump that ships with the project."""
    return ROOT / "seeds" / "sample"


@pytest.fixture(scope="session")
def broker() -> "Broker":
    """The broker that the script of `examples/kafka` started; its client is of an extra."""
    folder = os.environ.get("WIRETALLY_TEST_KAFKA")
    if not folder:
        pytest.skip("WIRETALLY_TEST_KAFKA names no folder of examples/kafka")
    from tests.streaming.kafka import Broker

    return Broker(Path(folder))
