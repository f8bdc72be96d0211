"""The article that the owner gave as the project's seed, coded as the command line codes it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

ALLOWED_BESIDE = {("evacuation", "patient", "IRN:civil")}
EXPECTED = {
    ("evacuation", "agent", "IRN:state"),
    ("evacuation", "patient", "IRN:state"),
    ("offensive", "agent", "SYR:armed"),
    ("offensive", "patient", "SYR:state"),
}


@pytest.mark.dumps
def test_the_owners_article_says_what_a_careful_reader_says(shared_dir: Path) -> None:
    (article,) = (shared_dir / "seeds").glob("*.txt")
    result = CliRunner().invoke(app, ["code", str(article), "--with-text"])
    assert result.exit_code == 0, result.output
    coded = json.loads(result.stdout)
    actual = {(e["type"], e["role"], e["actor"]) for e in coded["events"] if e["modality"] == "actual"}
    assert actual >= EXPECTED
    assert actual - EXPECTED <= ALLOWED_BESIDE
    assert "nytimes" not in coded["text"]
    for event in coded["events"]:
        evidence = event["evidence"]
        assert coded["text"][evidence["start"] : evidence["end"]] == evidence["text"]
