"""What the tests of constructions share."""

from collections.abc import Callable

import pytest

from tests.logic.coding.coded import events_of

Code = Callable[[str, str], set[str]]


@pytest.fixture(scope="session")
def code() -> Code:
    """What a text reports, as `type role WHO:side modality`."""

    def coded(text: str, published: str) -> set[str]:
        return {
            f"{e.event_type} {e.role} {e.actor_who}:{e.actor_side} {e.modality}"
            for e in events_of(text, published)
        }

    return coded
