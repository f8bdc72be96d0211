"""Scores are what their definitions say, whatever the order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Event, Modality
from tests.logic.evaluating.judged import event, judged, label
from transforms.logic.evaluating import Judged, Share, Tally, interval, score

ONE, TWO = "strike agent SYR:state", "strike patient SYR:armed"
OTHER = "offensive agent SYR:armed"
PAST = Modality.PAST


def some() -> list[Judged]:
    """Two items: one right, one wrong and one missed triple; then one with a modality of its own."""
    return [
        judged([label(ONE), label(TWO)], [event(ONE), event(OTHER, rule="noun:attack")]),
        judged([label(ONE), label(ONE, modality=PAST)], [event(ONE, modality=PAST)], "b"),
    ]


def test_triples_count_actual_ones_article_by_article() -> None:
    scores = score(some())
    assert scores.triples == Tally(right=1, wrong=1, missed=2)
    assert scores.triples.precision == 0.5
    assert scores.triples.recall == pytest.approx(1 / 3)
    assert scores.triples.f1 == pytest.approx(0.4)
    assert (scores.items, scores.labels) == (2, 4)


def test_types_forgive_role_and_actor() -> None:
    assert score(some()).types == Tally(right=1, wrong=1, missed=1)


def test_modalities_are_scored_with_each_and_without_any() -> None:
    scores = score(some())
    assert scores.any_modality == Tally(right=2, wrong=1, missed=1)
    assert scores.every_modality == Tally(right=2, wrong=1, missed=2)
    assert scores.modality == Share(2, 2)
    wrong = judged([label(ONE)], [event(ONE, modality=PAST)])
    assert score([wrong]).modality == Share(0, 1)


def test_an_item_is_exact_when_all_is_equal() -> None:
    same = judged([label(ONE, modality=PAST)], [event(ONE, modality=PAST)])
    silent = judged([], [])
    assert score([*some(), same, silent]).exact == Share(2, 4)


def test_parts_sum_to_the_whole() -> None:
    scores = score(some())
    assert scores.by["type"] == {"offensive": Tally(0, 1, 0), "strike": Tally(1, 0, 2)}
    assert scores.by["role"] == {"agent": Tally(1, 1, 1), "patient": Tally(0, 0, 1)}
    assert scores.by["side"] == {"armed": Tally(0, 1, 1), "state": Tally(1, 0, 1)}
    assert scores.by["modality"] == {"actual": Tally(1, 1, 2), "past": Tally(1, 0, 0)}


def test_a_rule_is_as_right_as_its_actual_events() -> None:
    assert score(some()).rules == {"noun:attack": Share(0, 1), "verb:shell": Share(1, 1)}


def test_actors_are_compared_by_who_and_side() -> None:
    fine = event(ONE).model_copy(update={"actor_id": "fourth-division"})
    assert score([judged([label(ONE)], [fine])]).triples == Tally(1, 0, 0)


def test_nothing_has_no_share() -> None:
    scores = score([judged([], [])])
    assert (scores.triples.f1, scores.triples.precision, scores.modality.value) == (None, None, None)
    assert scores.interval is None


def test_the_interval_holds_the_score_and_is_always_the_same() -> None:
    tallies = [Tally(k % 3, k % 2, (k + 1) % 2) for k in range(60)]
    found = interval(tallies)
    assert found == interval(list(tallies))
    total = Tally(*(sum(column) for column in zip(*tallies, strict=True)))
    assert found is not None
    assert found[0] < (total.f1 or 0) < found[1]


def test_more_articles_make_the_interval_narrower() -> None:
    few, many = [Tally(1, 0, 0), Tally(0, 1, 1)] * 10, [Tally(1, 0, 0), Tally(0, 1, 1)] * 250
    (low, high), (lower, higher) = interval(few, 300) or (0, 0), interval(many, 300) or (0, 0)
    assert higher - lower < (high - low) / 2


TRIPLES = st.sets(st.sampled_from((ONE, TWO, OTHER, "evacuation patient SYR:civil")))


@given(st.lists(st.tuples(TRIPLES, TRIPLES), min_size=1, max_size=6), st.randoms())
def test_no_order_changes_the_counts(pairs: list[tuple[set[str], set[str]]], dice: random.Random) -> None:
    def items(mix: bool) -> list[Judged]:
        found = [
            judged([label(t) for t in sorted(gold)], shuffled([event(t) for t in sorted(ours)], dice, mix))
            for gold, ours in pairs
        ]
        return found[::-1] if mix else found

    one, two = score(items(False), 0), score(items(True), 0)
    assert one == two
    assert one.triples.right + one.triples.missed == sum(len(gold) for gold, _ in pairs)
    assert one.triples.right + one.triples.wrong == sum(len(ours) for _, ours in pairs)


def shuffled(events: list[Event], dice: random.Random, mix: bool) -> list[Event]:
    if mix:
        dice.shuffle(events)
    return events
