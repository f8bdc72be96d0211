"""run as a person sees it: the table, the reckoning, the next steps; and what goes wrong."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.commands.run import folded, program, reckoning_facts, run_facts
from pipeline.config import RunConfig
from pipeline.reckoning import Reckoning, RunReport
from pipeline.store import Store, StoreBusyError
from pipeline.summary import top_actors
from pipeline.terminal import counted
from schemas import RejectReason
from tests.pipeline.run_helpers import FirstRun
from transforms.logic.coding import load_lexicon

Told = list[RunConfig]


@pytest.fixture
def told(first: FirstRun, monkeypatch: pytest.MonkeyPatch) -> Told:
    """The configs of runs that are not run; each reports what the first run did."""
    configs: Told = []

    def run_dump(config: RunConfig, _: Callable[..., None]) -> RunReport:
        configs.append(config)
        return first.report

    monkeypatch.setattr("pipeline.commands.run.run_dump", run_dump)
    return configs


def test_a_second_run_shows_the_counts_and_that_nothing_is_new(
    first: FirstRun,
    dump: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(first.store, "again")
    assert main(["run", str(dump), "--store", "again"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert re.search(
        r"^actor +event +role +stories +articles +outlets +first seen +last seen$", shown.out, re.M
    )
    assert re.search(r"^\S+ +(evacuation|offensive|strike) +(agent|patient) +\d+ +\d+ +\d+ ", shown.out, re.M)
    sums = first.report.reckoning
    replays, rejects = counted(sums.read - sums.rejects, "replay"), counted(sums.rejects, "reject")
    assert f"read     {sums.read} = 0 kept + 0 duplicates + {replays} + {rejects}\n" in shown.out
    assert f"rejects  {dict(reckoning_facts(sums))['rejects']}\n" in shown.out
    assert f"next     {program()} status --store again\n" in shown.out
    assert max(map(len, shown.out.splitlines())) <= 80


def test_the_table_agrees_with_the_activity_of_single_months(first: FirstRun) -> None:
    with Store.open(str(first.store)).connect() as connection:
        told = {row[:5]: row[5:] for row in top_actors(connection, load_lexicon(), limit=1_000)}
        counted_rows = connection.execute(
            "SELECT actor_id, actor_who, actor_side, event_type, role, any_value(stories),"
            " any_value(articles), any_value(outlets), any_value(first_seen), any_value(last_seen)"
            " FROM activity"
            " WHERE period = 'month' AND subtype = 'all' AND modality = 'actual'"
            " GROUP BY actor_id, actor_who, actor_side, event_type, role HAVING count(*) = 1"
        ).fetchall()
    assert counted_rows
    assert {row[:5]: row[5:] for row in counted_rows}.items() <= told.items()


@pytest.mark.parametrize(
    ("called", "on_path", "name"),
    [
        (".venv/bin/wiretally", False, ".venv/bin/wiretally"),
        (".venv/bin/wiretally", True, "wiretally"),
        ("my tools/wiretally", False, "'my tools/wiretally'"),
        ("pipeline/__main__.py", False, "python -m pipeline"),
    ],
)
def test_the_next_steps_can_be_typed_as_they_stand(
    called: str, on_path: bool, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if on_path:
        (tmp_path / "wiretally").touch(mode=0o755)
    monkeypatch.setattr("sys.argv", [called, "run"])
    assert program() == name


@pytest.mark.parametrize(("read", "told"), [(999, False), (1_000, True)])
def test_the_speed_of_a_small_run_is_not_told(read: int, told: bool, first: FirstRun) -> None:
    sums = first.report.reckoning.model_copy(update={"read": read})
    facts = dict(run_facts(first.report.model_copy(update={"reckoning": sums})))
    assert ("articles/s" in str(facts["took"])) == told


def test_quiet_says_nothing(first: FirstRun, told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "x.jsonl", "--store", str(first.store), "-q"]) == 0
    assert tuple(capsys.readouterr()) == ("", "")


def test_every_option_arrives(first: FirstRun, told: Told) -> None:
    words = ["run", "a.jsonl", "b.csv", "--store", str(first.store), "--format", "csv", "--mapping", "m.toml"]
    words += [
        "--from",
        "2024-12-01",
        "--to",
        "2024-12-31",
        "--lexicon",
        "one",
        "--lexicon",
        "two",
        "--keep-text",
    ]
    assert main([*words, "--quiet", "--runner", "Flink", "--", "--parallelism=2"]) == 0
    assert told == [
        RunConfig.of(
            inputs=("a.jsonl", "b.csv"),
            store=str(first.store),
            format="csv",
            mapping=Path("m.toml"),
            lexicons=(Path("one"), Path("two")),
            published_from="2024-12-01",
            published_to="2024-12-31",
            keep_text=True,
            runner="Flink",
            beam_options=("--parallelism=2",),
        )
    ]


def test_warnings_reach_stderr(
    first: FirstRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = first.report.model_copy(update={"warnings": ("the dumps hold no record",)})
    monkeypatch.setattr("pipeline.commands.run.run_dump", lambda *_: report)
    assert main(["run", "x", "--store", str(first.store), "-q"]) == 0
    assert capsys.readouterr().err == "warning: the dumps hold no record\n"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (StoreBusyError("run r1 has been writing to the store for 3 s"), 1, "error: run r1 has been writing"),
        (KeyboardInterrupt(), 130, "error: interrupted; a store is as it was before"),
    ],
)
def test_a_run_that_ends_early_says_why(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("pipeline.commands.run.run_dump", fail)
    assert main(["run", "x", "--store", "y"]) == code
    assert capsys.readouterr().err.startswith(said)


def test_the_reckoning_is_a_sum_and_its_reasons() -> None:
    reasons = {RejectReason.NO_TEXT: 1, RejectReason.BAD_SYNTAX: 2}
    sums = Reckoning(
        read=1_010, kept=1_000, duplicates=2, replays=3, rejects=3, outside=2, rejects_by_reason=reasons
    )
    assert reckoning_facts(sums) == [
        ("read", "1,010 = 1,000 kept + 2 duplicates + 3 replays + 3 rejects + 2 outside the chosen days"),
        ("rejects", "2 bad_syntax, 1 no_text"),
    ]


@pytest.mark.parametrize(
    ("name", "width", "lines"),
    [
        ("HEZBOLLAH:armed", 15, "HEZBOLLAH:armed"),
        ("HEZBOLLAH:armed", 14, "HEZBOLLAH:\narmed"),
        ("syrian-national-army", 14, "syrian-\nnational-army"),
        ("SYR:armed", 3, "SYR:\narmed"),
    ],
)
def test_a_long_actor_breaks_where_its_parts_meet(name: str, width: int, lines: str) -> None:
    assert folded(name, width).plain == lines
