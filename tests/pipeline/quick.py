"""The lexicon and coders kept between tests, since each command builds its own."""

from functools import lru_cache
from pathlib import Path

import pytest

from schemas.lexicon import Lexicon
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.coding.ablation import NOTHING, Features

_loaded: dict[str, Lexicon] = {}


@lru_cache(maxsize=1)
def _built_in() -> Lexicon:
    return load_lexicon()


def quick_lexicon(*folders: Path) -> Lexicon:
    """The built-in lexicon from memory; any other is loaded."""
    lexicon = load_lexicon(*folders) if folders else _built_in()
    _loaded[lexicon.version] = lexicon
    return lexicon


def quick_coder(lexicon: Lexicon, without: Features = NOTHING) -> Coder:
    """The coder of a lexicon; the last few are kept."""
    _loaded[lexicon.version] = lexicon
    return _coder(lexicon.version, without)


@lru_cache(maxsize=3)
def _coder(version: str, without: Features) -> Coder:
    return Coder(_loaded[version], without)


def use_quick(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Let these modules of commands take what is kept, where they load or build."""
    for module in modules:
        monkeypatch.setattr(f"{module}.load_lexicon", quick_lexicon, raising=False)
        monkeypatch.setattr(f"{module}.Coder", quick_coder, raising=False)
