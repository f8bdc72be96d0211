"""How scores look: tables for people, one object for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.choices import Breakdown
from pipeline.terminal import facts, table
from pipeline.visible import visible
from transforms.logic.coding.ablation import Features
from transforms.logic.evaluating import Error, Kind, Scores, Share, Tally

_NONE = "-"
"""Stands where a share is of nothing."""


class Card(NamedTuple):
    """The scores of a coder without these features on one gold file.

    `errors` is None where they may not be shown. `base` is the F1 of the whole coder, None for itself.
    """

    file: str
    without: Features
    scores: Scores
    errors: Sequence[Error] | None
    base: float | None


def left_out(features: Features) -> str:
    """The features by name, sorted."""
    return ", ".join(sorted(features))


def scores_table(cards: Sequence[Card]) -> Table:
    """One row for each file and each coder: the headline figures."""
    ablated = any(card.without for card in cards)
    columns = ["gold", *(["without"] if ablated else []), "items", "precision", "recall", "F1"]
    columns += ["change"] if ablated else ["95 % of F1"]
    columns += ["types F1", "modality", "exact"]
    rows = [_score_row(card, ablated) for card in cards]
    return table(columns, rows, columns[1 + ablated :])


def _score_row(card: Card, ablated: bool) -> list[object]:
    scores, triples = card.scores, card.scores.triples
    row: list[object] = [card.file, *([left_out(card.without)] if ablated else []), scores.items]
    row += [_figure(triples.precision), _figure(triples.recall), _figure(triples.f1)]
    row.append(_change(card) if ablated else _bounds(scores.interval))
    return [*row, _figure(scores.types.f1), _figure(scores.modality.value), _of(scores.exact)]


def _figure(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"


def _change(card: Card) -> str:
    if card.base is None or card.scores.triples.f1 is None:
        return ""
    return f"{card.scores.triples.f1 - card.base:+.3f}"


def _bounds(interval: tuple[float, float] | None) -> str:
    return _NONE if interval is None else f"{interval[0]:.3f} to {interval[1]:.3f}"


def _of(share: Share) -> str:
    return f"{share.right} of {share.of}"


def part_table(card: Card, part: Breakdown) -> Table:
    """The scores of the parts of one file."""
    if part is Breakdown.RULE:
        return _rules_table(card.scores.rules)
    if part is Breakdown.CAUSE:
        return _causes_table(card.errors or ())
    columns = [part.value, "precision", "recall", "F1", "right", "wrong", "missed"]
    rows = [
        (name, _figure(t.precision), _figure(t.recall), _figure(t.f1), *t)
        for name, t in card.scores.by[part].items()
    ]
    return table(columns, rows, columns[1:])


def _rules_table(rules: Mapping[str, Share]) -> Table:
    """Those that do the most harm first."""
    ordered = sorted(rules.items(), key=lambda item: (item[1].right - item[1].of, -item[1].of, item[0]))
    rows = [(rule, _figure(s.value), s.right, s.of - s.right) for rule, s in ordered]
    columns = ["rule", "precision", "right", "wrong"]
    return table(columns, rows, columns[1:])


def _causes_table(errors: Iterable[Error]) -> Table:
    rows = [(kind, cause, count) for (kind, cause), count in _causes(errors)]
    return table(["error", "cause", "count"], rows, ["count"])


def _causes(errors: Iterable[Error]) -> list[tuple[tuple[str, str], int]]:
    """Misses, then false alarms, the most frequent causes first."""
    counts = Counter((error.kind.value, error.cause.value) for error in errors)
    return sorted(counts.items(), key=lambda item: (item[0][0] != Kind.MISS, -item[1], item[0]))


def show_errors(console: Console, errors: Iterable[Error], most: int) -> None:
    """Draw the first errors of each kind, each with its sentence."""
    for kind in Kind:
        for error in islice((e for e in errors if e.kind is kind), most):
            console.print()
            heading = Text(f"{kind}  ", "bold red" if kind is Kind.MISS else "bold yellow")
            console.print(heading.append(visible(f"{error.triple}  {error.gold_id}"), "bold"))
            quote = Text(f"“{visible(error.sentence)}”", "italic")
            console.print(Padding(quote, (0, 0, 0, 2), expand=False))
            console.print(facts(_reasons(error)))


def _reasons(error: Error) -> Iterator[tuple[str, object]]:
    yield "cause", error.cause.value
    for triple, modality in error.others:
        yield "gold" if error.kind is Kind.FALSE_ALARM else "ours", f"{triple} {modality}"
    if error.rule:
        yield "our rule", f"{error.rule} at “{error.trigger}”"


def card_as_json(card: Card, most: int) -> dict[str, Any]:
    """Everything about one file and one coder. Shares of nothing are null, as are hidden causes."""
    scores = card.scores
    return {
        "file": card.file,
        "without": sorted(card.without),
        "items": scores.items,
        "labels": scores.labels,
        "triples": _tally(scores.triples),
        "interval": scores.interval,
        "types": _tally(scores.types),
        "any_modality": _tally(scores.any_modality),
        "every_modality": _tally(scores.every_modality),
        "modality": _share(scores.modality),
        "exact": _share(scores.exact),
        "by": {part: {name: _tally(t) for name, t in rows.items()} for part, rows in scores.by.items()},
        "rules": {rule: _share(share) for rule, share in scores.rules.items()},
        "causes": None if card.errors is None else [[*pair, n] for pair, n in _causes(card.errors)],
        "errors": [_error(e) for kind in Kind for e in islice(_of_kind(card.errors or (), kind), most)],
    }


def _of_kind(errors: Iterable[Error], kind: Kind) -> Iterator[Error]:
    return (error for error in errors if error.kind is kind)


def _tally(tally: Tally) -> dict[str, Any]:
    return {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1, **tally._asdict()}


def _share(share: Share) -> dict[str, Any]:
    return {"share": share.value, **share._asdict()}


def _error(error: Error) -> dict[str, Any]:
    return {
        "kind": error.kind,
        "id": error.gold_id,
        **error.triple._asdict(),
        "cause": error.cause,
        "sentence": error.sentence,
        "rule": error.rule,
        "trigger": error.trigger,
        "others": [f"{triple} {modality}" for triple, modality in error.others],
    }
