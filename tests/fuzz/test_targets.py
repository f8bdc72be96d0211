"""Every target holds for what it begins from; the hunt itself is `make fuzz`."""

import random

import pytest

from tests.fuzz.targets import TARGETS

AT_ONCE = 30


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_for_its_seeds(name: str) -> None:
    seeds = list(TARGETS[name].seeds())
    for seed in random.Random(0).sample(seeds, min(AT_ONCE, len(seeds))):
        TARGETS[name].check(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_for_anything(name: str) -> None:
    dice = random.Random(1)
    for seed in [b"", b"\0", *(dice.randbytes(60) for _ in range(5))]:
        TARGETS[name].check(seed)
