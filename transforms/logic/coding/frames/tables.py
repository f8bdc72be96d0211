"""Whether the tables of the lexicon name frames that there are."""

from collections.abc import Collection, Iterator, Mapping

from schemas.lexicon import FILE_KEY, ROW_KEY, Lexicon
from schemas.reject import ConfigError
from transforms.logic.coding.frames import nominal, verbal


def check_frames(lexicon: Lexicon) -> None:
    """Nothing, if every row of `verbs.tsv` and `nouns.tsv` names a frame that the cascade has.

    Raises:
        ConfigError: some do not; names the file, row and frame of each, and the frames to choose from.
    """
    faults = [
        *_unknown(lexicon.tables.get("verbs", ()), verbal.FRAMES),
        *_unknown(lexicon.tables.get("nouns", ()), nominal.FRAMES),
    ]
    if faults:
        raise ConfigError("\n".join(faults))


def _unknown(rows: Collection[Mapping[str, str]], frames: Collection[str]) -> Iterator[str]:
    for row in rows:
        if row["frame"] not in frames:
            where = f"{row[FILE_KEY]}:{row[ROW_KEY]}"
            yield f"{where}: frame is {row['frame']!r}, not one of {', '.join(sorted(frames))}"
