"""Fixtures that all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

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
