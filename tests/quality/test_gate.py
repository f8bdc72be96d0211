"""The coder is as good as it ever was."""

from pathlib import Path

import pytest

from tests.quality.gate import BESIDE, OWN, SETS, below, measure, read_floors, sha256_of
from transforms.logic.coding import Coder

REMEDY = "If the gold was mended on purpose, run python -m tests.quality.raise_floors."


def hold(name: str, coder: Coder) -> None:
    floor = read_floors()[name]
    assert sha256_of(SETS[name]) == floor.sha256, f"{SETS[name].name} is not the file of its floors. {REMEDY}"
    assert below(floor.figures, measure(SETS[name], coder)) == []


@pytest.mark.parametrize("name", OWN)
def test_our_own_gold(name: str, coder: Coder) -> None:
    hold(name, coder)


@pytest.mark.dumps
@pytest.mark.parametrize("name", BESIDE)
def test_the_sets_beside_the_project(name: str, coder: Coder, shared_dir: Path) -> None:
    assert SETS[name].is_relative_to(shared_dir)
    if not SETS[name].is_file():
        pytest.skip(f"no {SETS[name].name} beside the project")
    hold(name, coder)
