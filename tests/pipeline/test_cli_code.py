"""code and explain, over real reading, normalising and coding of invented articles."""

import gzip
import io
import json
import re
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.rules import rule_rows
from transforms.logic.coding import load_lexicon

SENTENCE = "Syrian troops evacuated civilians from Aleppo."
BODY = f"{SENTENCE} The buses left the invented district of Qarnaz before dawn, a resident said."


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    records = [
        {"id": "a-1", "title": "Buses leave Qarnaz", "text": BODY, "published": "2016-12-15"},
        {
            "title": "A quiet day",
            "text": "Nothing of note happened in the invented town of Qarnaz on this day.",
        },
        {"id": "a-3", "title": "", "text": ""},
    ]
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join(map(json.dumps, records)) + "\n")
    return path


def lines(words: list[str], capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[list[dict[str, object]], str]:
    assert main(["code", *words]) == 0
    shown = capfdbinary.readouterr()
    return [json.loads(line) for line in shown.out.splitlines()], shown.err.decode()


def test_a_line_for_each_article_as_agreed(dump: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (first, second), _ = lines([str(dump)], capfdbinary)
    assert list(first) == ["id", "events"]
    assert first["id"] == "a-1"
    assert re.fullmatch(r"[0-9a-f]{32}", str(second["id"]))
    assert second["events"] == []
    events = first["events"]
    assert isinstance(events, list)
    assert {(event["type"], event["role"], event["actor"], event["modality"]) for event in events} == {
        ("evacuation", "agent", "SYR:state", "actual"),
        ("evacuation", "patient", "SYR:civil", "actual"),
    }
    for event in events:
        assert list(event) == [
            "type", "subtype", "role", "actor", "actor_id", "modality", "evidence", "rule"
        ]  # fmt: skip
        assert list(event["evidence"]) == ["start", "end", "text"]


def test_offsets_count_in_the_text_that_with_text_adds(
    dump: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (first, _), _ = lines([str(dump), "--with-text"], capfdbinary)
    evidence = first["events"][0]["evidence"]  # type: ignore[index]
    assert str(first["text"])[evidence["start"] : evidence["end"]] == evidence["text"] == SENTENCE


def test_rejects_are_named_and_the_rest_goes_on(
    dump: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    coded, said = lines([str(dump)], capfdbinary)
    assert len(coded) == 2
    assert re.fullmatch(r"rejected: \S+dump\.jsonl#\d+: no_text: [^\n]+\n", said)


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_may_be_of_any_format(
    dump: Path, packed: bool, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = dump.read_bytes()
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(data) if packed else data))
    monkeypatch.setattr("sys.stdin", stdin)
    piped, _ = lines(["-"], capfdbinary)
    assert piped == lines([str(dump)], capfdbinary)[0]


def test_a_plain_text_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BODY.encode())))
    ((only,), _) = lines(["-"], capfdbinary)
    assert len(only["events"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("command", ["code", "explain"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[]", "it holds no record"),
        (b"", "its only record is no article"),
        (b'[{"id": "x", "title": ""}, {"id": "y", "title": ""}]', "none of its 2 records is an article"),
    ],
)
def test_nothing_to_read_is_an_input_error(
    command: str, content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dump.json").write_bytes(content)
    assert main([command, str(tmp_path / "dump.json")]) == 3
    assert said in capsys.readouterr().err


def test_articles_in_other_languages_are_counted(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = "Die Armee hat am Freitag die Bewohner der Stadt in Sicherheit gebracht, sagte ein Sprecher. " * 4
    (tmp_path / "dump.jsonl").write_text(json.dumps({"id": "d", "text": text, "language": "de"}))
    (only,), said = lines([str(tmp_path / "dump.jsonl")], capfdbinary)
    assert only["events"] == []
    assert said == "note: 1 of 1 articles have no events because they are uncoded:de\n"


def test_a_lexicon_of_ones_own_is_laid_over(
    dump: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    own = tmp_path / "lexicon"
    own.mkdir()
    header = "actor_id\twho\tside\tkind\tname\taliases\n"
    (own / "actors.tsv").write_text(header + "qarnaz-guard\tSYR\tarmed\tgroup\tQarnaz Guard\t\n")
    text = tmp_path / "one.txt"
    text.write_text("The Qarnaz Guard captured the town of Palmyra on Friday, a resident said.")
    (only,), _ = lines([str(text), "--lexicon", str(own)], capfdbinary)
    assert "qarnaz-guard" in [event["actor_id"] for event in only["events"]]  # type: ignore[attr-defined]
    assert main(["code", str(text), "--lexicon", str(tmp_path / "none")]) == 2


@pytest.mark.parametrize("part", ["normalise_article", "Coder.code"])
def test_a_fault_of_ours_names_the_record(
    part: str, dump: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("oops")

    place = "transforms.logic.coding." if part == "Coder.code" else "pipeline.commands.articles."
    monkeypatch.setattr(place + part, fail)
    assert main(["code", str(dump)]) == 1
    said = capsys.readouterr().err
    assert re.fullmatch(r"error: ZeroDivisionError: oops \(at \S+dump.jsonl#0; a fault in .*\)\n", said)


def test_explain_marks_and_gives_reasons(
    dump: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["explain", str(dump), "--id", "a-1"]) == 0
    shown = capsys.readouterr().out
    assert "[troops|agent 1] {evacuated|evacuation 1,2} [civilians|patient 2]" in shown.replace("\n", " ")
    assert "  1  evacuation/civilian  agent  SYR:state  actual\n" in shown
    assert f"     “{SENTENCE}”\n" in shown
    assert re.search(r"     rule +verb:evacuate\n +verbs\.tsv:\d+, as in “", shown)
    assert "A quiet day" not in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_explain_says_when_there_are_no_events(dump: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(dump)]) == 0
    shown = capsys.readouterr().out
    assert "A quiet day" in shown
    assert "no events" in shown


def test_explain_of_an_unknown_id_is_an_input_error(dump: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(dump), "--id", "z"]) == 3
    assert "no article has the id z" in capsys.readouterr().err


def test_rules_lead_to_their_rows() -> None:
    lexicon = load_lexicon()
    for rule in ("verb:evacuate", "noun:offensive", "verb:pull+~out of"):
        rows = rule_rows(rule, lexicon)
        assert rows, rule
        assert all(row.example and re.fullmatch(r"(verbs|nouns)\.tsv:\d+", row.place) for row in rows)
    assert rule_rows("victims:kill", lexicon) == []
    assert rule_rows("verb:unheard-of", lexicon) == []
