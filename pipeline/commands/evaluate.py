"""`wiretally evaluate`: the coder against labelled texts."""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson
from rich.text import Text

from pipeline.choices import Breakdown
from pipeline.files import write_chunks
from pipeline.scorecards import Card, card_as_json, left_out, part_table, scores_table, show_errors
from pipeline.terminal import sheet
from pipeline.visible import visible
from schemas import ConfigError, InputError
from schemas.lexicon import Lexicon
from transforms.logic.coding import Coder, load_lexicon
from transforms.logic.coding.ablation import NOTHING, Feature, Features, features_of
from transforms.logic.evaluating import Error, GoldItem, errors_of, judge, parse_gold, score

EACH = "each"
"""In place of a feature: leave out one after the other."""

BLIND = "blind"
"""In the name of a file: a set to score on, whose errors nobody may read."""

_SEED = 20220910


class EvaluateOptions(NamedTuple):
    """What `evaluate` was asked: gold files, parts, how many errors of each kind, features to leave out."""

    gold: Sequence[Path]
    by: tuple[Breakdown, ...]
    errors: int
    without: tuple[str, ...]
    lexicons: tuple[Path, ...]


def evaluate_command(options: EvaluateOptions, as_json: bool) -> int:
    """Score and show; see `docs/cli.md`."""
    lacking = variants(options)
    _refuse_blind(options)
    lexicon = load_lexicon(*options.lexicons)
    sets = {path: read_gold(path) for path in options.gold}
    cards = list(_cards(sets, lacking, lexicon))
    if as_json:
        results = [card_as_json(card, options.errors) for card in cards]
        document = {"lexicon_version": lexicon.version, "results": results}
        json = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        write_chunks([json], sys.stdout.buffer)
    else:
        _show(cards, options)
    return 0


def read_gold(path: Path) -> list[GoldItem]:
    """The items of a gold file.

    Raises:
        InputError: it cannot be read, or is no gold.
    """
    try:
        with path.open("rb") as lines:
            return parse_gold(str(path), lines)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def is_blind(path: Path) -> bool:
    """Whether the name of a file, or of what it links to, says that it is for scoring only."""
    return BLIND in path.name.lower() or BLIND in path.resolve().name.lower()


def _refuse_blind(options: EvaluateOptions) -> None:
    """A held-out set stays one only as long as nobody reads what the coder gets wrong in it."""
    blind = [path for path in options.gold if is_blind(path)]
    if blind and (options.errors or Breakdown.CAUSE in options.by):
        raise ConfigError(
            f"{blind[0]} is a blind set by its name, to be scored only: its errors are not shown"
        )


def variants(options: EvaluateOptions) -> list[Features]:
    """The coders to score: the whole one, then those that lack something."""
    if EACH not in options.without:
        wanted = features_of(options.without)
        return [NOTHING, wanted] if wanted else [NOTHING]
    if len(options.without) > 1 or options.errors or options.by:
        raise ConfigError(f"--without {EACH} goes with no other --without, nor with --by or --errors")
    return [NOTHING, *(frozenset((feature,)) for feature in Feature)]


def _cards(sets: dict[Path, list[GoldItem]], lacking: Sequence[Features], lexicon: Lexicon) -> Iterator[Card]:
    whole = Coder(lexicon)
    coders = {without: whole.lacking(without) for without in lacking}
    for path, items in sets.items():
        base: float | None = None
        for without, coder in coders.items():
            judged = judge(items, coder)
            scores = score(judged)
            errors = None if is_blind(path) else _shuffled(errors_of(judged))
            yield Card(str(path), without, scores, errors, base)
            base = scores.triples.f1 if base is None else base


def _shuffled(errors: Iterator[Error]) -> list[Error]:
    """Errors in an order that is always the same but not that of the file: the first are a fair sample."""
    found = list(errors)
    random.Random(_SEED).shuffle(found)
    return found


def _show(cards: Sequence[Card], options: EvaluateOptions) -> None:
    console = sheet()
    console.print(scores_table(cards))
    last = max(cards, key=lambda card: len(card.without)).without
    for card in (card for card in cards if card.without == last):
        name = card.file + (f" without {left_out(card.without)}" if card.without else "")
        for part in options.by:
            console.print()
            console.print(Text(visible(f"{name} by {part.value}"), "bold"))
            console.print(part_table(card, part))
        if options.errors:
            console.print()
            console.print(Text(visible(f"errors of {name}"), "bold"))
            show_errors(console, card.errors or (), options.errors)
