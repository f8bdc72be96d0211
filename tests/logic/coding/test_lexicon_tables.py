"""Tables of a lexicon that lack what is read of them are named."""

from pathlib import Path

import pytest

from schemas import ConfigError
from tests.logic.coding.test_lexicon_loading import COUNTRIES, fault, folder
from transforms.logic.coding import Coder
from transforms.logic.coding.lexicon import load_lexicon
from transforms.logic.coding.lexicon.layers import COLUMNS


@pytest.mark.parametrize(("stem", "columns"), COLUMNS.items())
def test_a_table_of_words_that_lacks_a_column_is_named(
    stem: str, columns: tuple[str, ...], tmp_path: Path
) -> None:
    for column in columns:
        header = "\t".join(name for name in (*columns, "x") if name != column)
        assert f"{stem}.tsv: lacks the column {column}" in fault(folder(tmp_path, **{stem: f"{header}\nA\n"}))


@pytest.mark.parametrize(
    ("stem", "row"),
    [
        ("countries", "code\tname\nXYZ\t\n"),
        ("leaders", "name\twho\tside\n\tSYR\tstate\n"),
        ("places", "name\tcountry\tkind\n\tSYR\tcity\n"),
    ],
)
def test_a_blank_name_is_named(stem: str, row: str, tmp_path: Path) -> None:
    base = folder(tmp_path / "base", countries=COUNTRIES)
    said = fault(base, folder(tmp_path / "over", **{stem: row}))
    assert f"{stem}.tsv:2: the name is blank" in said


def test_a_modality_that_does_not_exist_is_named(tmp_path: Path) -> None:
    table = folder(tmp_path, govern="modality\tverbs\tnouns\tadjectives\nperhaps\tmight\t\t\n")
    with pytest.raises(ConfigError, match=r"govern\.tsv:2: modality is 'perhaps', not one of actual, "):
        Coder(load_lexicon(table))
