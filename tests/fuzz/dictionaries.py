"""Files that users bring: tables of a lexicon, mappings of fields, dictionaries of Phoenix.

Whatever is in them, they are taken or refused by the one error that is about them.
"""

import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from schemas import Article, ConfigError
from schemas.lexicon import Lexicon
from tests.conftest import ROOT
from tests.fuzz.texts import article_of
from tests.logic.reading.reading_helpers import jsonl, read_bytes, record
from tests.logic.reading.test_reading_shapes import OWN
from transforms.logic.coding import Coder
from transforms.logic.coding.lexicon.layers import COLUMNS
from transforms.logic.coding.lexicon.load import read_lexicon
from transforms.logic.coding.lexicon.phoenix import Faults, read_actors, read_agents
from transforms.logic.coding.lexicon.phoenix_tables import HEADERS, to_tables
from transforms.logic.reading import load_shapes

SHIPPED = ROOT / "seeds" / "lexicon"
ROWS = 20
"""Rows kept of each large table below the user's, so that an input takes milliseconds."""
WHOLE = ("contexts", "episodes", "govern", "homes", "light", "nouns", "verbs", "words")
COUNTRIES = frozenset("SYR IRN IRQ ISR DNK RUS UKR USA GBR LBN".split())
"""The countries that are kept, with the actors that are of one of them."""
NAMES = ("countries", "actors", "roles")
"""The tables that dictionaries of names lie over."""
MARK = b"\n=="
"""Before the name of a table, where several are in one input."""

ACTORS = b"""QARNAZ_FRONT_ [SYRREB]
+QARNAZ_MOVEMENT_
JO_QARN
\t[SYRGOV 010203-020304]
+J_QARN
[SYRELI <820701]
BO_LAND [DNK] # a comment
"""
AGENTS = b"""!PERSON! = MAN, MEN, WOMAN, WOMEN
SOLDIER [~MIL]
FISHERMAN {FISHERMEN} [~LAB]
POLICE!PERSON! [~COP]
"""


def check_lexicons(data: bytes) -> None:
    """Tables over a small lexicon, or a mapping of fields, are used or refused."""
    if data[:1] == b"\0":
        _check_mapping(data[1:])
    elif data:
        _check_tables(data[1:])


def lexicon_seeds() -> Iterator[bytes]:
    """The first rows of every table that ships, and two mappings."""
    for path in sorted(SHIPPED.glob("*.tsv")):
        lines = path.read_bytes().splitlines()[:8]
        yield b"\1==" + path.stem.encode() + b"\n" + b"\n".join(lines)
    yield b"\0" + OWN.encode()
    shapes = (ROOT / "seeds" / "shapes.toml").read_bytes()
    for shape in shapes.split(b"\n\n"):
        yield b"\0" + shape


def check_phoenix(data: bytes) -> None:
    """What is read of a dictionary becomes tables that load over ours."""
    if not data:
        return
    faults = Faults("f")
    ours = _lexicon()
    if data[0] % 2:
        imported = to_tables([("f", read_actors(data[1:], faults))], [], ours)
    else:
        imported = to_tables([], [("f", read_agents(data[1:], faults))], ours)
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in imported.tables.items():
            text = "\n".join("\t".join(cells) for cells in (HEADERS[name], *rows)) + "\n"
            (Path(folder) / f"{name}.tsv").write_text(text, encoding="utf-8")
        if any(imported.tables.values()):
            read_lexicon([_below(*NAMES), Path(folder)])


def phoenix_seeds() -> Iterator[bytes]:
    """A dictionary of actors and one of agents, with the forms that they use."""
    yield b"\1" + ACTORS
    yield b"\0" + AGENTS


def _check_tables(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for piece in data.removeprefix(b"==").split(MARK):
            stem, _, content = piece.partition(b"\n")
            if stem.isalpha() or stem == b"verb_forms":
                (folder / f"{stem[:20].decode()}.tsv").write_bytes(content)
        words = any(path.stem in COLUMNS for path in folder.iterdir())
        try:
            lexicon = read_lexicon([_below() if words else _below(*NAMES), folder])
            if words:
                Coder(lexicon).code(_sample())
        except ConfigError as error:
            assert str(error)  # noqa: PT017 - any message will do, none will not


def _check_mapping(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(data)
        file.flush()
        try:
            shapes = load_shapes(user=Path(file.name))
        except ConfigError as error:
            assert file.name in str(error)  # noqa: PT017 - the message names the file
            return
    assert len(read_bytes("a.jsonl", jsonl(record(1), record(2)), shapes=shapes)) == 2


@cache
def _below(*tables: str) -> Path:
    """The shipped lexicon, or some tables of it, with few rows in its large ones."""
    folder = Path(tempfile.mkdtemp(prefix="wiretally-fuzz-"))
    for path in SHIPPED.glob("*.tsv"):
        if tables and path.stem not in tables:
            continue
        if path.stem in WHOLE:
            shutil.copy(path, folder)
        else:
            (folder / path.name).write_text("\n".join(_first_rows(path)) + "\n", encoding="utf-8")
    return folder


def _first_rows(path: Path) -> Iterator[str]:
    """The header and the first rows that name no other actor."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    at = lines[0].split("\t").index("parents") if "parents" in lines[0] else None
    yield lines[0]
    ours = (line for line in lines[1:] if path.stem == "roles" or COUNTRIES & set(line.split("\t")[:2]))
    alone = (line for line in ours if at is None or not line.split("\t")[at : at + 1] > [""])
    if path.stem != "leaders":
        yield from islice(alone, ROWS)


@cache
def _lexicon() -> Lexicon:
    return read_lexicon([_below(*NAMES)])


@cache
def _sample() -> Article:
    text = (ROOT / "seeds" / "sample" / "texts" / "2024-12-07_iran_evacuation.txt").read_text("utf-8")
    article = article_of(b"\0Iran leaves\x1f" + text.encode())
    assert article
    return article
