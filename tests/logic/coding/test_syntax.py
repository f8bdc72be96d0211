"""The syntax under the frames, and that tables name frames that there are."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from schemas import ConfigError
from schemas.lexicon import FILE_KEY, ROW_KEY, Lexicon
from transforms.logic.coding import Coder, load_lexicon


@pytest.mark.parametrize("table", ["verbs", "nouns"])
def test_a_frame_that_does_not_exist_is_reported_when_the_coder_is_built(table: str) -> None:
    lexicon = load_lexicon()
    rows = lexicon.tables[table]
    wrong = _with_frame(lexicon, table, rows[-1], "teleport")
    with pytest.raises(ConfigError) as caught:
        Coder(wrong)
    assert f"{rows[-1][FILE_KEY]}:{rows[-1][ROW_KEY]}: frame is 'teleport'" in str(caught.value)


def _with_frame(lexicon: Lexicon, table: str, row: Mapping[str, str], frame: str) -> Lexicon:
    rows = tuple({**r, "frame": frame} if r is row else r for r in lexicon.tables[table])
    return replace(lexicon, tables={**lexicon.tables, table: rows})
