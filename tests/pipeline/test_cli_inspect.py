"""inspect says how files would be read, over real reading and normalising."""

import json
import os
import re
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.inputs import list_dumps
from schemas import InputError

BODY = "Rebels took the invented town of Qarnaz on Friday after a week of fighting, its mayor said. " * 3


def record(number: int, **more: object) -> dict[str, object]:
    return {
        "id": f"r{number}",
        "title": f"Rebels take Qarnaz, part {number}",
        "text": f"{BODY} Part {number}.",
        "published": f"2024-12-0{number}T10:00:00Z",
    } | more


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    lines = [json.dumps(record(number)) for number in (1, 2, 3, 4)]
    lines += [json.dumps(record(5, text="", title="")), "{broken", json.dumps(record(6, published=None))]
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def shown(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["inspect", *words]) == 0
    return capsys.readouterr().out


def test_it_names_format_fields_dates_and_rejects(dump: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown([str(dump)], capsys)
    assert "  format   jsonl, shape generic\n" in text
    assert "  records  7 records: 5 articles, 2 rejected\n" in text
    assert "  dates    4 stated, 0 inferred, 1 missing\n" in text
    assert "  body       from text\n" in text
    assert re.search(r"  1 no_text     for example \S+dump\.jsonl#\d+: ", text)
    assert re.search(r"  1 bad_syntax  for example \S+dump\.jsonl#\d+: ", text)


def test_it_shows_three_articles(dump: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown([str(dump)], capsys)
    assert [n for n in range(1, 7) if f"Rebels take Qarnaz, part {n}" in text] == [1, 2, 3]
    assert "2024-12-01 10:00 UTC" in text


def test_files_that_are_read_alike_are_shown_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(record(number)) + "\n")
    text = shown([str(tmp_path)], capsys)
    assert "1.jsonl and 2 other files like it" in text
    assert "3 records: 3 articles" in text


def test_a_mapping_of_ones_own_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "odd.jsonl").write_text(json.dumps({"kopf": "Rebels take Qarnaz", "rumpf": BODY}) + "\n")
    mapping = tmp_path / "odd.toml"
    mapping.write_text('[odd]\nneeds = ["kopf"]\n[odd.fields]\ntitle = "kopf"\nbody = "rumpf"\n')
    text = shown([str(tmp_path / "odd.jsonl"), "--mapping", str(mapping)], capsys)
    assert "shape odd" in text
    assert re.search(r"^  body +from rumpf$", text, re.M)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["{here}/none.jsonl"], 3, "no such file, or an empty folder"),
        (["{here}/*.parquet"], 3, "no such file, or an empty folder"),
        (["nowhere://bucket/dump.jsonl"], 3, "nowhere://bucket/dump.jsonl: "),
        (["{here}/dump.jsonl", "--format", "jsonnet"], 2, "no such format"),
        (["{here}/dump.jsonl", "--mapping", "{here}/none.toml"], 2, "none.toml"),
    ],
)
def test_what_cannot_be_inspected_is_said_in_a_line(
    dump: Path, words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", *(word.format(here=dump.parent) for word in words)]) == code
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert said in error


def test_names_stand_for_files_folders_globs_and_uris(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/c.csv", ".hidden/d.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)

    def names(of: str) -> list[str]:
        return [os.path.relpath(file.path, tmp_path) for file in list_dumps([of]).files]

    assert names(str(tmp_path)) == ["a.txt", "b.txt", "deep/c.csv"]
    assert names(f"{tmp_path}/*.txt") == ["a.txt", "b.txt"]
    assert names(f"{tmp_path}/**/*.csv") == ["deep/c.csv"]
    assert names(f"file://{tmp_path}/a.txt") == ["a.txt"]
    assert list_dumps([f"{tmp_path}/a.txt"]).files[0].size == len("a.txt")
    with pytest.raises(InputError):
        list_dumps([str(tmp_path / "none")])


def test_a_name_with_brackets_is_a_file_when_it_is_one(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("x")
    assert len(list_dumps([str(tmp_path / "a[1].txt")]).files) == 1
