"""Every stage and whole runs on the sample, on made news and on real dumps where there are any; how runs grow
with what; and peers on the same texts, where they are installed.

Prints tables in Markdown and writes them, beside the figures with machine and versions as JSON. Processor
seconds are of one core and hardly depend on what else the machine does; wall seconds do.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import (
    coding,
    committing,
    counting,
    deduplicating,
    fingerprinting,
    growth,
    language,
    normalising,
    parsing,
    placing,
    plain,
    reading,
    shuffling,
    tables,
    tagging,
    whole,
    writing,
)
from benchmarks.common import Dump, Tools
from benchmarks.made import make_dump
from benchmarks.report import Copies, Report, machine, now, software

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "dumps" / "real_10k.jsonl.gz"
_STAGES = (
    reading,
    parsing,
    normalising,
    language,
    fingerprinting,
    coding,
    placing,
    shuffling,
    counting,
    writing,
    committing,
    plain,
)


def main(words: Sequence[str]) -> None:
    """Measure, print, write."""
    options = _parser().parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        dumps = _dumps(options.dump, options.made, Path(folder))
        report = _report(dumps, options)
    page = tables.page(report)
    print(page)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    markdown = options.json.with_suffix(".md")
    markdown.write_text(page, encoding="utf-8")
    print(f"The figures, the machine and the versions are in {options.json}, the tables in {markdown}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("dump", nargs="*", type=Path, help="dumps to measure on, besides the sample")
    parser.add_argument("--made", type=int, default=2_000, help="articles of made news")
    parser.add_argument("--originals", type=int, default=2_000, help="originals to find copies of")
    parser.add_argument(
        "--workers", type=int, default=2, help="worker processes of a second run of each dump"
    )
    parser.add_argument(
        "--grown",
        type=int,
        default=growth.Axes().articles,
        help="articles of the runs that show how runs grow, 0 for none; benchmarks.growth has more options",
    )
    parser.add_argument("--json", type=Path, default=ROOT / "out" / "bench.json", help="where to write")
    return parser


def _dumps(named: Sequence[Path], made: int, folder: Path) -> list[Dump]:
    sample = Dump("sample", ROOT / "seeds" / "sample")
    real = [Dump("real, mixed", REAL)] if REAL.exists() else []
    return [sample, make_dump(sample, made, folder), *([Dump(path.name, path) for path in named] or real)]


def _report(dumps: Sequence[Dump], options: argparse.Namespace) -> Report:
    tools, load = Tools(), machine()
    return Report(
        at=now(),
        machine=load,
        software=software(),
        lexicon_version=tools.lexicon.version,
        stages=tuple(stage.measure(dump, tools) for dump in dumps for stage in _STAGES),
        runs=tuple(whole.measure(dump, workers) for dump in dumps for workers in (1, options.workers)),
        growth=tuple(growth.measure(growth.Axes(options.grown)) if options.grown else ()),
        tagging=tuple(tagging.measure(dumps[-1], tools)),
        copies=tuple(_copies(options.originals)),
    )


def _copies(originals: int) -> Iterator[Copies]:
    ours = deduplicating.measure(originals)
    for by, result in {"wiretally": ours, "datasketch": deduplicating.rival_of(ours.corpus)}.items():
        if result:
            yield Copies(
                by=by,
                articles=len(result.corpus),
                copies=result.score.asked.total(),
                recall=result.score.recall,
                precision=result.score.precision,
                templates_merged=result.score.templates_merged,
                fingerprint_seconds=result.print_seconds,
                place_seconds=result.place_seconds,
                state_bytes=result.state,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
