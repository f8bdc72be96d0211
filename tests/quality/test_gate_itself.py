"""The gate closes when it should, and its floors only rise."""

import json
from pathlib import Path

import pytest

from schemas.lexicon import Lexicon
from tests.quality import gate, raise_floors
from tests.quality.gate import (
    EPSILON,
    OWN,
    SETS,
    Floor,
    LoweredError,
    below,
    measure,
    raised,
    read_floors,
    write_floors,
)
from transforms.logic.coding import Coder
from transforms.logic.coding.ablation import Feature

OLD = Floor("a", {"f1": 0.6, "exact": 0.5})
GOLD = {
    "id": "a",
    "published": "2023-01-02",
    "text": "Ukrainian forces shelled Russian troops in Kherson.",
    "events": [
        {"type": "strike", "role": "agent", "actor": "UKR:state", "modality": "actual"},
        {"type": "strike", "role": "patient", "actor": "RUS:state", "modality": "actual"},
    ],
}


def test_every_set_has_floors_of_the_same_figures() -> None:
    floors = read_floors()
    assert set(floors) == set(SETS)
    assert len({tuple(sorted(floor.figures)) for floor in floors.values()}) == 1


def test_floors_are_floors_of_something() -> None:
    for name, floor in read_floors().items():
        assert all(0 < value < 1 or name == "probes" for value in floor.figures.values()), name


@pytest.mark.parametrize(
    ("f1", "fallen"), [(0.7, False), (0.6, False), (0.6 - EPSILON / 2, False), (0.6 - 2 * EPSILON, True)]
)
def test_a_figure_may_not_lie_below_its_floor(f1: float, fallen: bool) -> None:
    assert bool(below(OLD.figures, {"f1": f1, "exact": 0.5})) is fallen


def test_a_figure_that_is_gone_has_fallen() -> None:
    assert below(OLD.figures, {"f1": 0.9}) == ["exact is 0.0000, its floor 0.5000"]


def test_a_worse_coder_is_caught(coder: Coder) -> None:
    worse = coder.lacking(frozenset((Feature.VICTIMS, Feature.MODALITY)))
    floors = read_floors()
    assert all(below(floors[name].figures, measure(SETS[name], worse)) for name in OWN)


def test_floors_rise_to_what_was_measured_less_the_margin() -> None:
    new = raised(OLD, "b", {"f1": 0.71239, "exact": 0.505}, 0.01, may_fall=False)
    assert new == Floor("b", {"f1": 0.7023, "exact": 0.5})


def test_floors_fall_only_when_that_is_asked_for() -> None:
    measured = {"f1": 0.55, "exact": 0.6}
    with pytest.raises(LoweredError, match=r"f1 is 0\.5500, its floor 0\.6000"):
        raised(OLD, "b", measured, 0.0, may_fall=False)
    assert raised(OLD, "b", measured, 0.0, may_fall=True).figures == measured


def test_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    write_floors({"b": OLD, "a": OLD}, path)
    assert read_floors(path) == {"a": OLD, "b": OLD}
    assert list(json.loads(path.read_text())) == ["a", "b"]


@pytest.fixture
def one_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lexicon: Lexicon, coder: Coder) -> Path:
    monkeypatch.setattr(raise_floors, "load_lexicon", lambda: lexicon)
    monkeypatch.setattr(raise_floors, "Coder", lambda _: coder)
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD))
    monkeypatch.setattr(raise_floors, "SETS", {"one": gold})
    monkeypatch.setattr(gate, "SETS", {"one": gold})
    return gold


def test_the_script_raises_refuses_and_lowers(
    one_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    assert raise_floors.main(["--margin", "0.25"], path) == 0
    assert read_floors(path)["one"].figures["f1"] == 0.75
    assert raise_floors.main([], path) == 0
    assert read_floors(path)["one"].figures["f1"] == 1.0
    one_set.write_text(json.dumps(GOLD | {"text": "Nothing happened in Kherson."}))
    before = path.read_text()
    assert raise_floors.main([], path) == 1
    assert path.read_text() == before
    assert "f1 is 0.0000, its floor 1.0000" in capsys.readouterr().err
    assert raise_floors.main(["--allow-regression"], path) == 0
    assert read_floors(path)["one"].figures["f1"] == 0.0
