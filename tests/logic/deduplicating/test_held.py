"""Ids held in memory: exactly those of the history."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.deduplicating.held import HeldIds
from transforms.logic.deduplicating.history import NO_HISTORY, NoHistory
from transforms.logic.deduplicating.postings import Block, id_blocks

# Few distinct halves, so that ids often share the first or the second, and differ.
halves = st.sampled_from([b"\0" * 8, b"\0" * 7 + b"\1", b"\x80" + b"\0" * 7, b"\xff" * 8])
ids = st.builds(lambda first, second: first + second, halves, halves)


class _Store(NoHistory):
    def __init__(self, held: set[bytes]) -> None:
        self._held = held

    def ids(self, shard: int) -> list[Block]:
        return id_blocks(one for one in self._held if one[0] >> 4 == shard)


@given(st.sets(ids), ids)
def test_an_id_is_held_if_the_history_has_it(held: set[bytes], asked: bytes) -> None:
    found = HeldIds.of(_Store(held))
    assert len(found) == len(held)
    assert all(one.hex() in found for one in held)
    assert (asked.hex() in found) == (asked in held)


def test_without_a_history_nothing_is_held() -> None:
    assert "00" * 16 not in HeldIds.of(NO_HISTORY)
