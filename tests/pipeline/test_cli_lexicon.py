"""`wiretally lexicon`."""

import json
import re
from pathlib import Path

import pytest

from pipeline.__main__ import main
from tests.pipeline.quick import use_quick
from transforms.logic.coding import load_lexicon

ACTORS = "actor_id\twho\tside\tkind\tname\taliases\texample\tcounter\n"
VERBS = "lemmas\tparticle\ttype\tsubtype\tframe\tobject\tblock\texample\tcounter\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = ("coder", "lexicon", "importing")
    use_quick(monkeypatch, *(f"pipeline.commands.{name}" for name in commands))
    monkeypatch.setenv("COLUMNS", "300")  # whatever the length of the test's own paths


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_the_lexicon_that_ships_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "check"]) == 0
    assert re.fullmatch(
        r"\d+ tables, [\d,]+ examples and \d+ counter-examples: all is well\n", capsys.readouterr().out
    )


def test_examples_of_ones_own_are_run_too(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = "qarnaz-guard\tSYR\tarmed\tgroup\tQarnaz Guard\t\tThe Qarnaz Guard sang.\tThe Qarnaz hotel burnt.\n"
    (own / "actors.tsv").write_text(ACTORS + row)
    assert main(["lexicon", "check", "--lexicon", str(own)]) == 0


def test_what_is_wrong_is_named_by_file_and_row(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mute = "qarnaz-guard\tSYR\tarmed\tgroup\tQarnaz Guard\t\tNobody sang.\t\n"
    (own / "actors.tsv").write_text(ACTORS + mute)
    rows = [
        "hurrah\t\toffensive\toperation\tattack\t\t\tRebels sang at the army.\t",
        "shell\t\tstrike\tartillery\tattack\t\t\t\tTroops shelled rebels.",
    ]
    (own / "verbs.tsv").write_text(VERBS + "\n".join(rows))
    assert main(["lexicon", "check", "--lexicon", str(own)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "error: the lexicon has 3 wrong examples:",
        f"  {own}/actors.tsv:2: the example 'Nobody sang.' has no surface of the row",
        f"  {own}/verbs.tsv:2: the example 'Rebels sang at the army.' gives no offensive",
        f"  {own}/verbs.tsv:3: the counter-example 'Troops shelled rebels.' gives strike by verb:shell",
    ]


def test_a_lexicon_that_does_not_load_is_wrong(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "actors.tsv").write_text(ACTORS + "Qarnaz Guard\tSYR\tarmed\tgroup\tQarnaz Guard\n")
    assert main(["lexicon", "check", "--lexicon", str(own)]) == 2
    assert f"{own}/actors.tsv:2: actor_id is 'Qarnaz Guard'" in capsys.readouterr().err


def test_stats_count_rows_and_give_the_version(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "actors.tsv").write_text(ACTORS + "qarnaz-guard\tSYR\tarmed\tgroup\tQarnaz Guard\tQG Force\n")
    counts, versions = [], set()
    for words in ([], ["--lexicon", str(own)]):
        assert main(["lexicon", "stats", *words]) == 0
        shown = capsys.readouterr().out
        row = re.search(r"^actors +([\d,]+) +([\d,]+) ", shown.partition("\n\n")[2], re.M)
        assert row
        counts.append([int(cell.replace(",", "")) for cell in row.groups()])
        versions.add(re.search(r"^version +([0-9a-f]{12})$", shown, re.M)[1])  # type: ignore[index]
    assert [after - before for before, after in zip(*counts, strict=True)] == [1, 2]
    assert len(versions) == 2


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    texts = [
        "The Qarnaz Guard captured the town of Palmyra on Friday.",
        "The Qarnaz Guard shelled the Syrian army in Homs. The Zarn Front sang.",
        "On Friday the Zarn Front stormed an army base in Mali.",
    ]
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


def test_unknown_names_are_ranked_with_an_example(dump: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "unknown", str(dump)]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert re.match(r"Qarnaz Guard +2 +2 +offensive 1, strike 1 +The Qarnaz Guard captured", lines[2])
    assert re.match(r"Zarn Front +1 +1 +offensive 1 +On Friday", lines[3])
    assert lines[4] == "2 unknown names in 3 articles"


def test_unknown_names_as_json_and_only_the_first(
    dump: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["lexicon", "unknown", str(dump), str(dump.parent), "--top", "1", "--json"]) == 0
    (only,) = map(json.loads, capfdbinary.readouterr().out.splitlines())
    assert list(only) == ["name", "articles", "sentences", "types", "example"]
    assert (only["name"], only["articles"]) == ("Qarnaz Guard", 2)


def test_a_name_that_is_added_is_unknown_no_more(
    dump: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "actors.tsv").write_text(ACTORS + "qarnaz-guard\tSYR\tarmed\tgroup\tQarnaz Guard\n")
    assert main(["lexicon", "unknown", str(dump), "--lexicon", str(own)]) == 0
    assert "Qarnaz" not in capsys.readouterr().out


def test_unknown_of_nothing_is_an_input_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "unknown", str(tmp_path / "none")]) == 3
    (tmp_path / "empty.json").write_text("[]")
    assert main(["lexicon", "unknown", str(tmp_path / "empty.json")]) == 3
    assert "it holds no record" in capsys.readouterr().err


PHOENIX = "QARNAZ_GUARD_ [SYRREB]\n+GUARD_OF_QARNAZ_\nJO_ZARN\n\t[MLIGOV 200101-211231]\n\t[MLIELI]\n"
AGENTS = "QARNWARD [~MIL]\nHEXER [~CRM]\n"


@pytest.fixture
def dictionaries(tmp_path: Path) -> list[str]:
    (tmp_path / "My.actors.txt").write_text(PHOENIX)
    (tmp_path / "my.agents").write_text(AGENTS)
    return [str(tmp_path / "My.actors.txt"), str(tmp_path / "my.agents")]


def test_an_import_is_a_folder_that_layers_over_ours(
    dictionaries: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "folder"
    assert main(["lexicon", "import", "phoenix", *dictionaries, "-o", str(out)]) == 0
    shown = capsys.readouterr().out
    assert f"use it with --lexicon {out}" in shown
    lexicon = load_lexicon(out)
    assert lexicon.version in shown
    assert lexicon.actors["qarnaz-guard"].parents == ("SYR:armed",)
    assert lexicon.roles["qarnwards"].plural
    assert (out / "unmapped.txt").read_text().splitlines() == [
        "My.actors.txt:5: Jo Zarn: MLIELI has no role that makes a side",
        "my.agents:2: hexer: ~CRM has no role that makes a side",
    ]
    text = tmp_path / "one.txt"
    text.write_text("The Guard of Qarnaz captured the town of Palmyra on Friday, a resident said.")
    for command in ("code", "explain"):
        assert main([command, str(text), "--lexicon", str(out)]) == 0
        assert "qarnaz-guard" in capsys.readouterr().out


def test_a_malformed_file_is_refused_by_line_or_its_lines_are_listed(
    dictionaries: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(dictionaries[0]).write_text(PHOENIX + "ZED [ZZZ\n")
    out = tmp_path / "out"
    words = ["lexicon", "import", "phoenix", *dictionaries, "--output", str(out)]
    assert main(words) == 3
    assert "My.actors.txt:6: '[ZZZ' is no code in brackets" in capsys.readouterr().err
    assert not out.exists()
    assert main([*words, "--skip-malformed"]) == 0
    assert (out / "unmapped.txt").read_text().startswith("My.actors.txt:6: '[ZZZ' is no code")


def test_imports_that_cannot_be_are_refused(
    dictionaries: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> tuple[int, str]:
        return main(["lexicon", "import", *words]), capsys.readouterr().err

    there = tmp_path / "there"
    there.mkdir()
    fresh = str(tmp_path / "fresh")
    assert said("phoenix", *dictionaries, "-o", str(there)) == (
        2, f"error: {there} is there already; name a new folder\n"
    )  # fmt: skip
    other = tmp_path / "verbs.txt"
    other.write_text("x")
    assert said("phoenix", str(other), "-o", fresh)[0] == 2
    assert said("phoenix", str(tmp_path / "no.actors"), "-o", fresh)[0] == 3
    assert said("icews", *dictionaries, "-o", fresh)[0] == 2
    (tmp_path / "none.agents").write_text("HEXER [~CRM]\n")
    code, text = said("phoenix", str(tmp_path / "none.agents"), "-o", fresh)
    assert (code, "nothing in these files has a place" in text) == (3, True)
    assert not Path(fresh).exists()
