"""Lexicons of any size: the one that ships, with invented groups over it."""

import random
from collections.abc import Iterator
from pathlib import Path

from transforms.logic.coding import load_lexicon

_SYLLABLES = "ba dor el fam gir hol ik jas kel lum mar nov or pes qua rit sol tam ur vek wis yal zen".split()
_COLUMNS = ("actor_id", "who", "side", "kind", "name", "aliases")
_NAMES_OF_A_ROW = 3


def write_lexicon(folder: Path, times: int) -> tuple[int, list[str]]:
    """Write invented groups so that there are so many times as many names as the lexicon has that ships.

    Each has a name and two aliases of two or three words that no text has, so that a run finds what it found.

    Returns:
        How many names there are then, and the words that tell a run of them.
    """
    shipped = len(load_lexicon().names)
    if times == 1:
        return shipped, []
    folder.mkdir()
    rows = (times - 1) * shipped // _NAMES_OF_A_ROW
    lines = ["\t".join(_COLUMNS), *_groups(rows, random.Random(times))]
    (folder / "actors.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return shipped + rows * _NAMES_OF_A_ROW, ["--lexicon", str(folder)]


def _groups(count: int, dice: random.Random) -> Iterator[str]:
    taken: set[str] = set()
    for number in range(count):
        names: list[str] = []
        while len(names) < _NAMES_OF_A_ROW:
            name = " ".join(_word(dice) for _ in range(dice.randint(2, 3)))
            if name not in taken:
                taken.add(name)
                names.append(name)
        yield "\t".join((f"invented-{number}", "SYR", "armed", "group", names[0], ";".join(names[1:])))


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))).capitalize()
