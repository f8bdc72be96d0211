"""Scores: precision, recall and F1, summed over articles before they are divided."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeVar

from schemas import Modality
from transforms.logic.evaluating.gold import Triple
from transforms.logic.evaluating.judging import Judged, triple_of, types_of

RESAMPLES = 1000
"""Resamples of the articles behind an interval."""

_SEED = 20220910
_TAIL = 0.025
_T = TypeVar("_T")


class Tally(NamedTuple):
    """How many are right, wrong (ours alone) and missed (the gold's alone)."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of ours that is right; None when we have none."""
        return _ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """The share of the gold that we have; None when the gold has none."""
        return _ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when neither side has any."""
        return _ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)


class Share(NamedTuple):
    """So many of so many."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return _ratio(self.right, self.of)


class Scores(NamedTuple):
    """How the coder does on a gold set.

    `triples` are (article, type, role, actor) that are actual: the headline. `interval` is where 95 % of its
    F1 lie over resamples of the articles. `types` are (article, type) that are actual. `any_modality` are
    triples whatever their modality, `every_modality` triples with each of theirs. `modality` is the share, of
    the triples that both have, whose modalities have one in common. `exact` is the share of items in which
    all triples and modalities are equal. `by` splits `triples` by type, role and side, and `every_modality`
    by modality. `rules` says for each rule how many of its actual events are of a triple that the gold has.
    """

    items: int
    labels: int
    triples: Tally
    interval: tuple[float, float] | None
    types: Tally
    any_modality: Tally
    every_modality: Tally
    modality: Share
    exact: Share
    by: Mapping[str, Mapping[str, Tally]]
    rules: Mapping[str, Share]


def score(judged: Sequence[Judged], resamples: int = RESAMPLES) -> Scores:
    """The scores of judged items; the same for the same items in the same order."""
    actual = [(item.gold(), item.ours()) for item in judged]
    told = [(item.gold_modalities(), item.our_modalities()) for item in judged]
    per_item = [_tally(*pair) for pair in actual]
    return Scores(
        items=len(judged),
        labels=sum(len(item.labels) for item in judged),
        triples=_sum(per_item),
        interval=interval(per_item, resamples),
        types=_sum(_tally(types_of(gold), types_of(ours)) for gold, ours in actual),
        any_modality=_sum(_tally(_bare(gold), _bare(ours)) for gold, ours in told),
        every_modality=_sum(_tally(*pair) for pair in told),
        modality=_modality(told),
        exact=Share(sum(gold == ours for gold, ours in told), len(judged)),
        by={
            "type": _split(actual, lambda triple: triple.event_type),
            "role": _split(actual, lambda triple: triple.role),
            "side": _split(actual, lambda triple: triple.side),
            "modality": _split(told, lambda pair: pair[1]),
        },
        rules=_rules(judged),
    )


def interval(tallies: Sequence[Tally], resamples: int = RESAMPLES) -> tuple[float, float] | None:
    """Where 95 % of the F1 lie when articles are drawn again, with replacement; None when it has no F1.

    The draws have a fixed seed, so equal tallies give equal bounds (percentile bootstrap, Efron 1979).
    """
    if _sum(tallies).f1 is None or resamples < 1:
        return None
    draw = random.Random(_SEED)
    found = sorted(_sum(draw.choices(tallies, k=len(tallies))).f1 or 0.0 for _ in range(resamples))
    low = int(_TAIL * resamples)
    return found[low], found[resamples - 1 - low]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _tally(gold: AbstractSet[_T], ours: AbstractSet[_T]) -> Tally:
    return Tally(len(gold & ours), len(ours - gold), len(gold - ours))


def _sum(tallies: Iterable[Tally]) -> Tally:
    right, wrong, missed = (sum(column) for column in zip(Tally(0, 0, 0), *tallies, strict=True))
    return Tally(right, wrong, missed)


def _bare(told: Iterable[tuple[Triple, Modality]]) -> set[Triple]:
    return {triple for triple, _ in told}


def _modality(told: Iterable[tuple[AbstractSet[tuple[Triple, Modality]], ...]]) -> Share:
    right = both = 0
    for gold, ours in told:
        both += len(_bare(gold) & _bare(ours))
        right += len(_bare(gold & ours))
    return Share(right, both)


def _split(
    pairs: Iterable[tuple[AbstractSet[_T], AbstractSet[_T]]], key: Callable[[_T], str]
) -> dict[str, Tally]:
    """The tallies of the parts that a key makes, sorted by key."""
    parts: dict[str, Tally] = defaultdict(lambda: Tally(0, 0, 0))
    for gold, ours in pairs:
        for name in {str(key(one)) for one in gold | ours}:
            mine = _tally({x for x in gold if key(x) == name}, {x for x in ours if key(x) == name})
            parts[name] = _sum((parts[name], mine))
    return dict(sorted(parts.items()))


def _rules(judged: Iterable[Judged]) -> dict[str, Share]:
    """Rules by name, sorted."""
    found: dict[str, Share] = {}
    for item in judged:
        gold = item.gold()
        for event in item.events:
            if event.modality is Modality.ACTUAL:
                right, of = found.get(event.rule, Share(0, 0))
                found[event.rule] = Share(right + (triple_of(event) in gold), of + 1)
    return dict(sorted(found.items()))
