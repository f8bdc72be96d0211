"""The coder that the gate scores."""

import pytest

from schemas.lexicon import Lexicon
from transforms.logic.coding import Coder, load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    return load_lexicon()


@pytest.fixture(scope="session")
def coder(lexicon: Lexicon) -> Coder:
    """The whole coder."""
    return Coder(lexicon)
