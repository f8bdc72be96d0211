"""Each miss and false alarm has the sentence that shows it and the cause that fits first."""

import pytest

from schemas import Modality
from tests.logic.evaluating.judged import TEXT, event, judged, label, triple
from transforms.logic.evaluating import Cause, Kind, errors_of
from transforms.logic.evaluating.places import Passages

STORMED, SHELLED = "Rebels stormed Hama.", "The army shelled rebels in Homs."
GOLD = "strike agent SYR:state"


@pytest.mark.parametrize(
    ("ours", "cause"),
    [
        (event(GOLD, STORMED, modality=Modality.PAST), Cause.MODALITY),
        (event("strike agent RUS:state", SHELLED), Cause.ACTOR),
        (event("strike patient SYR:state", SHELLED), Cause.ROLE),
        (event("offensive agent SYR:state", SHELLED), Cause.TYPE),
        (event("offensive patient RUS:state", SHELLED), Cause.EVENT),
        (event("strike agent RUS:state", STORMED), Cause.NOTHING),
        (None, Cause.NOTHING),
    ],
)
def test_a_miss_is_caused_by_what_we_have_there(ours: object, cause: Cause) -> None:
    item = judged([label(GOLD, "army shelled")], [ours] if ours else [])  # type: ignore[list-item]
    miss = next(errors_of([item]))
    assert (miss.kind, miss.triple, miss.sentence) == (Kind.MISS, triple(GOLD), SHELLED)
    assert miss.cause is cause
    assert bool(miss.rule) is bool(miss.others) is (cause is not Cause.NOTHING)


def test_a_false_alarm_shows_our_sentence_rule_and_trigger() -> None:
    item = judged([label("strike agent RUS:state", "shelled")], [event(GOLD, SHELLED)])
    alarm = list(errors_of([item]))[1]
    assert (alarm.kind, alarm.cause, alarm.sentence) == (Kind.FALSE_ALARM, Cause.ACTOR, SHELLED)
    assert (alarm.rule, alarm.trigger) == ("verb:shell", SHELLED[:6])
    assert alarm.others == ((triple("strike agent RUS:state"), Modality.ACTUAL),)


def test_labels_without_evidence_may_be_anywhere() -> None:
    miss = next(errors_of([judged([label(GOLD)], [event("strike agent RUS:state", STORMED)])]))
    assert (miss.cause, miss.sentence) == (Cause.ACTOR, TEXT)


def test_what_is_not_actual_is_no_error() -> None:
    item = judged([label(GOLD, modality=Modality.PLANNED)], [event(GOLD, modality=Modality.DENIED)])
    assert list(errors_of([item])) == []


def test_a_triple_errs_once_and_right_ones_never() -> None:
    item = judged(
        [label(GOLD, "shelled"), label("offensive agent SYR:armed", "stormed")],
        [event(GOLD), event("strike patient SYR:armed", STORMED), event("strike patient SYR:armed", SHELLED)],
    )
    assert [(e.kind, e.triple) for e in errors_of([item])] == [
        (Kind.MISS, triple("offensive agent SYR:armed")),
        (Kind.FALSE_ALARM, triple("strike patient SYR:armed")),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the army shelled", "The army shelled"),
        ("army  shelled\nrebels", "army shelled rebels"),
        ("‘army’ shelled", "army shelled"),
        ("Rebels stormed ... in Homs", "Rebels stormed"),
        ("tanks", None),
        ("", None),
    ],
)
def test_words_are_found_whatever_stands_between_them(words: str, found: str | None) -> None:
    span = Passages(TEXT, 0).find(words)
    assert (TEXT[span[0] : span[1]] if span else None) == found


def test_offsets_hold_where_small_letters_are_longer_than_capitals() -> None:
    text = "İİİ shelled İzmir."
    assert Passages(text, 0).find("shelled") == (4, 11)


def test_words_in_two_sentences_take_both() -> None:
    span = Passages(TEXT, 0).sentences_with("Hama. The army")
    assert span is not None
    assert TEXT[span[0] : span[1]] == f"{STORMED} {SHELLED}"
