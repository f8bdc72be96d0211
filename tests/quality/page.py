"""Renew the figures on `docs/quality.md`: `python -m tests.quality.page [--step "what changed"]`."""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from schemas import EventType, Modality
from tests.conftest import ROOT
from tests.quality.gate import SETS
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.coding.ablation import Feature
from transforms.logic.evaluating import GoldItem, Scores, judge, parse_gold, score

PAGE = ROOT / "docs" / "quality.md"
ALL: Mapping[str, Path] = {"train": ROOT.parent / "shared" / "gold" / "train.jsonl", **SETS}
ABLATED = ("train", "blind", "sentences", "articles")
RULES_FROM = 12
"""Events that a rule must have to be on the page."""

Gold = Mapping[str, list[GoldItem]]


def main(argv: Sequence[str] | None = None, page: Path = PAGE) -> int:
    """Score every set that is there and write the page; 1 when one is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.page", description=__doc__)
    parser.add_argument("--step", help="add a line to the history, saying what changed")
    options = parser.parse_args(argv)
    missing = [str(path) for path in ALL.values() if not path.is_file()]
    if missing:
        sys.stderr.write(f"the page needs all sets; there is no {', '.join(missing)}\n")
        return 1
    lexicon, gold = load_lexicon(), read_sets(ALL)
    coder = Coder(lexicon)
    scores = scored(gold, coder, resamples=1000)
    parts = {
        "figures": [f"{_today()}, lexicon {lexicon.version}:", "", *figures(scores)],
        "types": types(scores),
        "modalities": modalities(scores),
        "rules": rules(scores["train"]),
        "ablation": ablation({name: gold[name] for name in ABLATED}, coder, scores),
    }
    text = page.read_text(encoding="utf-8")
    for name, table in parts.items():
        text = put(text, name, table)
    if options.step:
        text = add_step(text, history_row(options.step, scores))
    page.write_text(text, encoding="utf-8")
    return 0


def read_sets(paths: Mapping[str, Path]) -> Gold:
    """The items of every set."""
    return {name: parse_gold(path.name, path.open("rb")) for name, path in paths.items()}


def scored(gold: Gold, coder: Coder, resamples: int = 0) -> dict[str, Scores]:
    """The scores of every set."""
    return {name: score(judge(items, coder), resamples) for name, items in gold.items()}


def figures(scores: Mapping[str, Scores]) -> list[str]:
    """The headline of every set."""
    heading = "set | items | labels | P | R | F1 | 95 % | types F1 | modality | every modality F1 | exact"
    return table(heading, ([name, *_headline(s)] for name, s in scores.items()))


def _headline(scores: Scores) -> Iterator[object]:
    triples, exact = scores.triples, scores.exact
    yield from (
        scores.items,
        scores.labels,
        _f(triples.precision),
        _f(triples.recall),
        f"**{_f(triples.f1)}**",
    )
    yield " to ".join(map(_f, scores.interval or ()))
    yield from (_f(scores.types.f1), _f(scores.modality.value), _f(scores.every_modality.f1))
    yield f"{exact.right} of {exact.of}"


def types(scores: Mapping[str, Scores]) -> list[str]:
    """F1 of triples by type."""
    rows = ([name, *(_part(s, "type", kind) for kind in EventType)] for name, s in scores.items())
    return table(" | ".join(("set", *EventType)), rows)


def modalities(scores: Mapping[str, Scores]) -> list[str]:
    """F1 of triples with their modality, by modality."""
    rows = ([name, *(_part(s, "modality", kind) for kind in Modality)] for name, s in scores.items())
    return table(" | ".join(("set", *Modality)), rows)


def _part(scores: Scores, by: str, name: str) -> str:
    tally = scores.by[by].get(name)
    return _f(tally.f1 if tally else None)


def rules(scores: Scores) -> list[str]:
    """The precision of the rules that matter, those that do the most harm first."""
    shown = [(rule, s) for rule, s in scores.rules.items() if s.of >= RULES_FROM]
    shown.sort(key=lambda item: (item[1].right - item[1].of, -item[1].of, item[0]))
    rows = ([f"`{rule}`", _f(s.value), s.right, s.of - s.right] for rule, s in shown)
    return table("rule | precision | right | wrong", rows)


def ablation(gold: Gold, coder: Coder, whole: Mapping[str, Scores]) -> list[str]:
    """What F1 loses without each feature."""
    rows = []
    for feature in Feature:
        less = scored(gold, coder.lacking(frozenset((feature,))))
        rows.append([f"`{feature}`", *(_change(less[name], whole[name]) for name in gold)])
    return table(" | ".join(("without", *gold)), rows)


def _change(less: Scores, whole: Scores) -> str:
    return f"{(less.triples.f1 or 0) - (whole.triples.f1 or 0):+.3f}"


def history_row(step: str, scores: Mapping[str, Scores]) -> str:
    """A line of the history: the day, what changed, the F1 of every set, the exact probes."""
    cells = [_today(), step, *(_f(scores[n].triples.f1) for n in ("train", "blind"))]
    cells += [
        str(scores["probes"].exact.right),
        *(_f(scores[n].triples.f1) for n in ("sentences", "articles")),
    ]
    return f"| {' | '.join(cells)} |"


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def table(heading: str, rows: Iterable[Sequence[object]]) -> list[str]:
    """The lines of a table; all columns but the first align right."""
    marks = ["---", *("--:" for _ in heading.split("|")[1:])]
    return [f"| {heading} |", f"|{'|'.join(marks)}|", *(f"| {' | '.join(map(str, row))} |" for row in rows)]


def _f(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def put(text: str, name: str, lines: Sequence[str]) -> str:
    """The text with these lines between the marks of a part."""
    start, end = f"<!-- {name} -->\n", f"\n<!-- end {name} -->"
    pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
    renewed, count = pattern.subn(lambda _: start + "\n".join(lines) + end, text)
    if count != 1:
        raise ValueError(f"the page has {count} parts {name}")
    return renewed


def add_step(text: str, row: str) -> str:
    """The text with a row at the end of the history."""
    mark = "\n<!-- end history -->"
    if text.count(mark) != 1:
        raise ValueError("the page has no history")
    return text.replace(mark, f"\n{row}{mark}")


if __name__ == "__main__":
    sys.exit(main())
