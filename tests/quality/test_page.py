"""The page of figures says what was measured, and where it says so."""

import re
from pathlib import Path

import pytest

from tests.quality import page
from tests.quality.gate import OWN, SETS
from transforms.logic.coding import Coder
from transforms.logic.coding.ablation import Feature
from transforms.logic.evaluating import judge, score

PARTS = ("figures", "types", "modalities", "rules", "ablation")


def test_a_part_is_replaced_and_the_rest_stays() -> None:
    text = "before\n<!-- rules -->\nold\nolder\n<!-- end rules -->\nafter"
    assert page.put(text, "rules", ["new"]) == "before\n<!-- rules -->\nnew\n<!-- end rules -->\nafter"
    with pytest.raises(ValueError, match="0 parts types"):
        page.put(text, "types", ["new"])


def test_a_step_is_added_at_the_end_of_the_history() -> None:
    text = "| a |\n<!-- end history -->\nafter"
    assert page.add_step(text, "| b |") == "| a |\n| b |\n<!-- end history -->\nafter"
    with pytest.raises(ValueError, match="no history"):
        page.add_step("after", "| b |")


def test_the_page_has_every_part_with_a_table_of_today() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    for name in PARTS:
        part = re.search(f"<!-- {name} -->\n(.*?)\n<!-- end {name} -->", text, re.DOTALL)
        assert part
        rows = [line for line in part[1].splitlines() if line.startswith("|")]
        assert len(rows) > 4
        assert len({row.count("|") for row in rows}) == 1
    named = set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE))
    assert named >= set(Feature)


def test_the_tables_are_of_the_scores(coder: Coder) -> None:
    gold = page.read_sets({name: SETS[name] for name in OWN})
    scores = page.scored(gold, coder)
    wanted = score(judge(gold["sentences"], coder), resamples=0)
    assert scores["sentences"] == wanted
    line = page.figures(scores)[2]
    assert line.startswith(
        f"| sentences | {wanted.items} | {wanted.labels} | {wanted.triples.precision:.3f} |"
    )
    assert line.endswith(f" {wanted.exact.right} of {wanted.items} |")
    assert page.types(scores)[0] == "| set | evacuation | offensive | strike |"
    counts = [
        (int(r), int(w)) for r, w in re.findall(r"\| (\d+) \| (\d+) \|$", "\n".join(page.rules(wanted)), re.M)
    ]
    assert all(right + wrong >= page.RULES_FROM for right, wrong in counts)
    assert [wrong for _, wrong in counts] == sorted((wrong for _, wrong in counts), reverse=True)


def test_without_all_sets_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "ALL", {"train": tmp_path / "none.jsonl"})
    assert page.main([], tmp_path / "page.md") == 1
    assert "there is no" in capsys.readouterr().err
    assert not (tmp_path / "page.md").exists()
