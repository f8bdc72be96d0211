"""What is fuzzed: each target is a property of any bytes, and sound inputs to begin from."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.fuzz import dictionaries, reading, texts

Check = Callable[[bytes], None]


class Target(NamedTuple):
    """A property, which raises where it does not hold, and inputs for which it does."""

    check: Check
    seeds: Callable[[], Iterator[bytes]]


TARGETS = {
    **{name: Target(reading.check_of(group.formats), group.seeds) for name, group in reading.GROUPS.items()},
    "packed": Target(reading.check_packed, reading.packed_seeds),
    "normalising": Target(texts.check_normalising, texts.normalising_seeds),
    "coding": Target(texts.check_coding, texts.coding_seeds),
    "lexicons": Target(dictionaries.check_lexicons, dictionaries.lexicon_seeds),
    "phoenix": Target(dictionaries.check_phoenix, dictionaries.phoenix_seeds),
}
