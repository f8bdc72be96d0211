"""`wiretally evaluate`."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.commands.evaluate import EvaluateOptions, variants
from tests.pipeline.quick import use_quick
from transforms.logic.coding.ablation import Feature

SENTENCES = [
    (
        "right",
        "Ukrainian forces shelled Russian troops in Kherson.",
        [("strike", "agent", "UKR:state"), ("strike", "patient", "RUS:state")],
    ),
    ("wrong", "Rebels captured the town of Palmyra on Friday.", []),
    ("missed", "A quiet day in Homs.", [("evacuation", "patient", "SYR:civil")]),
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    use_quick(monkeypatch, "pipeline.commands.evaluate")
    monkeypatch.setenv("COLUMNS", "300")  # whatever the length of the test's own paths


def gold_file(path: Path, items: list[tuple[str, str, list[tuple[str, str, str]]]]) -> Path:
    rows = [
        {
            "id": name,
            "text": text,
            "published": "2023-02-03",
            "events": [{"type": t, "role": r, "actor": a, "modality": "actual"} for t, r, a in events],
        }
        for name, text, events in items
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return gold_file(tmp_path / "gold.jsonl", SENTENCES)


def scores(words: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["evaluate", *words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert re.fullmatch("[0-9a-f]{12}", document["lexicon_version"])
    return document["results"]  # type: ignore[no-any-return]


def test_a_row_for_each_file(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = gold_file(tmp_path / "other.jsonl", SENTENCES[:1])
    assert main(["evaluate", str(gold), str(other)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.sub(" +", " ", lines[0]) == (
        "gold items precision recall F1 95 % of F1 types F1 modality exact"
    )
    assert re.search(r"gold\.jsonl +3 +0\.667 +0\.667 +0\.667 +\S+ to \S+ +0\.500 +1\.000 +1 of 3$", lines[2])
    assert re.search(r"other\.jsonl +1 +1\.000 +1\.000 +1\.000 +.* 1 of 1$", lines[3])


def test_parts_and_errors_with_their_sentences(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = ["type", "role", "side", "modality", "rule", "cause"]
    assert main(["evaluate", str(gold), *(f"--by={part}" for part in parts), "--errors", "5"]) == 0
    shown = capsys.readouterr().out
    assert [part for part in parts if f"gold.jsonl by {part}" in shown] == parts
    assert re.search(r"^strike +1\.000 +1\.000 +1\.000 +2 +0 +0$", shown, re.M)
    assert re.search(r"^verb:capture +0\.000 +0 +1$", shown, re.M)
    assert re.search(r"^false alarm +nothing there +1$", shown, re.M)
    alarm = shown[shown.index("false alarm  offensive agent SYR:armed  wrong") :]
    assert "“Rebels captured the town of Palmyra on Friday.”" in alarm
    assert re.search(r"our rule +verb:capture at “captured”", alarm)
    assert "miss  evacuation patient SYR:civil  missed" in shown


def test_as_many_errors_of_each_kind_as_asked(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [len(scores([str(gold), "--errors", str(n)], capsys)[0]["errors"]) for n in (0, 1, 9)] == [0, 2, 2]


def test_json_has_everything(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (only,) = scores([str(gold)], capsys)
    assert list(only) == [
        "file", "without", "items", "labels", "triples", "interval", "types", "any_modality",
        "every_modality", "modality", "exact", "by", "rules", "causes", "errors",
    ]  # fmt: skip
    assert only["triples"] == {
        "precision": pytest.approx(2 / 3), "recall": pytest.approx(2 / 3), "f1": pytest.approx(2 / 3),
        "right": 2, "wrong": 1, "missed": 1,
    }  # fmt: skip
    assert only["by"]["type"]["evacuation"]["precision"] is None
    assert sorted(only["causes"]) == [["false alarm", "nothing there", 1], ["miss", "nothing there", 1]]


def test_the_same_again_is_the_same(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [str(gold), "--errors", "9"]
    assert scores(words, capsys) == scores(words, capsys)


def test_a_feature_left_out_is_beside_the_whole(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with gold.open("a") as file:
        event = {"type": "offensive", "role": "agent", "actor": "SYR:armed", "modality": "actual"}
        text = "An offensive by Syrian rebels began on Friday."
        file.write(json.dumps({"id": "noun", "text": text, "events": [event]}) + "\n")
    whole, less = scores([str(gold), "--without", "nouns"], capsys)
    assert (whole["without"], less["without"]) == ([], ["nouns"])
    assert less["triples"]["right"] == whole["triples"]["right"] - 1
    assert main(["evaluate", str(gold), "--without", "nouns", "--by", "type"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"gold\.jsonl nouns +4 .* -0\.\d{3} ", shown)
    assert "gold.jsonl without nouns by type" in shown


def test_each_leaves_out_one_feature_after_the_other() -> None:
    found = variants(EvaluateOptions([], (), 0, ("each",), ()))
    assert found == [frozenset(), *(frozenset((feature,)) for feature in Feature)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--without", "viktims"], "no feature is called 'viktims'; there are nouns, "),
        (["--without", "each", "--without", "nouns"], "--without each goes with no other"),
        (["--without", "each", "--errors", "3"], "--without each goes with no other"),
        (["--by", "colour"], "'colour'"),
        (["--errors", "-1"], "--errors"),
    ],
)
def test_wrong_options_exit_2(
    words: list[str], said: str, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(gold), *words]) == 2
    assert said in capsys.readouterr().err


def test_gold_that_cannot_be_read_exits_3(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold.write_text('{"id": "a"}\n')
    assert main(["evaluate", str(gold)]) == 3
    assert "gold.jsonl:1: not a gold item (no key 'text')" in capsys.readouterr().err
    assert main(["evaluate", str(gold.parent / "none.jsonl")]) == 3
    assert "none.jsonl: No such file" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--errors", "1"], ["--by", "cause"]])
def test_errors_of_a_blind_set_are_refused(
    words: list[str], gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blind = gold.rename(gold.with_name("My-Blind.jsonl"))
    gold.symlink_to(blind)
    for path in (blind, gold):
        assert main(["evaluate", str(path), *words]) == 2
        shown = capsys.readouterr()
        assert "blind set" in shown.err
        assert "Palmyra" not in shown.err + shown.out


def test_a_blind_set_is_scored_without_causes(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blind = gold.rename(gold.with_name("blind.jsonl"))
    (only,) = scores([str(blind)], capsys)
    assert (only["triples"]["right"], only["causes"], only["errors"]) == (2, None, [])


def test_a_lexicon_of_ones_own_is_scored(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "lexicon"
    own.mkdir()
    header = "actor_id\twho\tside\tkind\tname\n"
    (own / "actors.tsv").write_text(header + "qarnaz-guard\tIRQ\tarmed\tgroup\tQarnaz Guard\n")
    text = "The Qarnaz Guard captured the town of Tikrit on Friday."
    gold_file(gold, [("own", text, [("offensive", "agent", "IRQ:armed")])])
    rights = [
        scores([str(gold), *words], capsys)[0]["triples"]["right"] for words in ([], ["--lexicon", str(own)])
    ]
    assert rights == [0, 1]
