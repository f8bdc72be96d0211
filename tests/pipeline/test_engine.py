"""Beam's options and noise."""

import logging
import pickle
import subprocess
import sys

import pytest
from apache_beam.options.pipeline_options import DirectOptions

from pipeline.config import RunConfig
from pipeline.engine import beam_options, without_noise
from pipeline.errors import FAILURE, exit_code
from pipeline.runners import JobFailedError, check_cluster, job_failures_named
from schemas import ConfigError
from tests.conftest import ROOT


def _arguments(**options: object) -> list[str]:
    return RunConfig.of(inputs=("d",), store="s", **options).beam_arguments()


def test_direct_is_the_engine_in_this_process() -> None:
    assert _arguments() == ["--runner=FnApiRunner"]


@pytest.mark.parametrize("words", [("--runner=DirectRunner",), ("--runner", "DirectRunner")])
def test_a_runner_of_beams_own_options_wins(words: tuple[str, ...]) -> None:
    assert _arguments(beam_options=words) == list(words)


def test_other_runners_and_options_pass_through() -> None:
    words = ("--direct_num_workers=2", "--direct_running_mode=multi_processing")
    assert _arguments(runner="PortableRunner", beam_options=words) == ["--runner=PortableRunner", *words]
    options = beam_options(_arguments(beam_options=words)).get_all_options()
    assert (options["direct_num_workers"], options["direct_running_mode"]) == (2, "multi_processing")


def test_flink_needs_its_master_only_and_what_is_given_wins() -> None:
    given = ("--parallelism=4", "--environment_config=pool:1")
    assert _arguments(runner="flink", flink_master="host:8081", beam_options=given) == [
        "--runner=FlinkRunner",
        "--flink_master=host:8081",
        "--environment_type=EXTERNAL",
        "--environment_cache_millis=60000",
        *given,
    ]


@pytest.mark.parametrize(
    ("master", "words", "message"),
    [
        ("nowhere", (), "nowhere: write it as HOST:PORT"),
        ("localhost:many", (), "localhost:many: no Flink answers there"),
        ("127.0.0.1:1", (), "127.0.0.1:1: no Flink answers there .*refused"),
        ("127.0.0.1:1", ("--flink_job_server_jar=gone.jar",), "gone.jar: no such file"),
        ("127.0.0.1:1", ("--job_server_java_launcher=no-java",), "no Java .* --job_endpoint"),
    ],
)
def test_a_cluster_that_cannot_be_used_is_named_before_anything_runs(
    master: str, words: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None if name == "no-java" else name)
    options = beam_options(_arguments(runner="flink", flink_master=master, beam_options=words))
    with pytest.raises(ConfigError, match=message):
        check_cluster(master, options)


def test_a_failed_job_is_one_line_and_other_runners_faults_stay_faults(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fault = RuntimeError("Pipeline x failed in state FAILED:\n lost TaskManager")
    with pytest.raises(JobFailedError) as failed, job_failures_named("host:8081"):
        raise fault
    assert exit_code(failed.value) == FAILURE
    told = capsys.readouterr().err
    assert told.startswith("error: the job failed on host:8081 and nothing was committed: Pipeline x failed")
    assert "a fault in wiretally" not in told
    assert told.count("\n") == 1
    with pytest.raises(RuntimeError) as untouched, job_failures_named(None):
        raise fault
    assert untouched.value is fault


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"inputs": ()}, "at least one dump"),
        ({"published_from": "2024-12-09", "published_to": "2024-12-08"}, "--from 2024-12-09 is after"),
        ({"published_from": "yesterday"}, "--from: .*'yesterday'"),
        ({"runner": "Flink", "beam_options": ("--runner=x",)}, "given twice"),
        ({"runner": "flink"}, "go together"),
        ({"flink_master": "host:8081"}, "go together"),
        ({"colour": "red"}, "--colour"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        RunConfig.of(**({"inputs": ("d",), "store": "s"} | options))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--no_such_option=1"], "no option --no_such_option"),
        (["--direct_num_workers=many"], "direct_num_workers.*many"),
        (["--runner=NoSuchRunner"], "NoSuchRunner"),
    ],
)
def test_what_beam_does_not_know_is_a_config_error(
    arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ConfigError, match=message):
        beam_options(arguments)
    assert capfd.readouterr().err == ""


def test_importing_beam_says_nothing_and_leaves_the_root_logger_alone() -> None:
    program = (
        "import logging\nfrom pipeline.engine import import_beam\nimport_beam()\n"
        "assert not logging.getLogger().handlers\nassert logging.getLogger().isEnabledFor(logging.WARNING)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_only_noise_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    with without_noise():
        logging.warning("This output type hint will be ignored and not used")
        logging.warning("the disk is nearly full")
    assert caplog.messages == ["the disk is nearly full"]
    logging.warning("This output type hint will be ignored again")
    assert len(caplog.messages) == 2


def test_a_view_of_options_is_made_once_and_shares_their_values() -> None:
    options = beam_options(["--runner=FnApiRunner", "--direct_num_workers=2"])
    view = options.view_as(DirectOptions)
    assert view is options.view_as(DirectOptions)
    view.direct_num_workers = 3
    assert options.get_all_options()["direct_num_workers"] == 3
    assert pickle.loads(pickle.dumps(options)).view_as(DirectOptions).direct_num_workers == 3
