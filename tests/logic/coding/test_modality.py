"""How an event is reported: each value from many verbs, in both orders of clause."""

from datetime import UTC, datetime

import pytest

from schemas.event import Modality
from tests.logic.coding.coded import events_of

PUBLISHED = datetime(2016, 9, 14, tzinfo=UTC)


def modalities(text: str, who: str, published: datetime | None = PUBLISHED) -> set[Modality]:
    """The modalities of all events of an actor in an invented text."""
    day = published.isoformat() if published else None
    return {e.modality for e in events_of(text, day) if e.actor_who == who}


PLANNED = [
    "Turkey plans to invade Syria.",
    "Turkey vowed to invade Syria within days.",
    "Turkey will launch an offensive in Syria.",
    "Turkey is preparing to withdraw its troops from Syria.",
    "Turkey to withdraw its troops from Syria",
    "Turkey agreed to withdraw its troops from Syria.",
    "Ministers said Turkey would withdraw its troops from Syria.",
    "Turkey announced a withdrawal from Syria.",
]
DEMANDED = [
    "The Security Council demanded that Turkish troops leave Syria.",
    "Turkey must withdraw its troops from Syria, the envoy said.",
    "Turkey should withdraw its troops from Syria.",
]
HYPOTHETICAL = [
    "Turkey may invade Syria.",
    "Turkey could invade Syria, analysts said.",
    "Millions would flee if Turkey invades Syria.",
    "If Turkey invades Syria, millions would flee.",
    "Turkey threatened to invade Syria.",
    "The war will only end when Turkey withdraws its troops from Syria.",
    "Talks will not begin until Turkey withdraws its troops from Syria.",
    "Should Turkish tanks enter northern Syria, the government would appeal for help.",
    "Any Turkish attack on Syria would be met with force.",
]
NEGATED = [
    "Turkey did not invade Syria.",
    "Turkey failed to capture the Syrian town of Jarablus.",
    "Turkey failed again on Sunday to capture the Syrian town of Jarablus.",
    "Turkey refused to withdraw its troops from Syria.",
    "Neither the Turkish army nor the rebels have withdrawn from the town.",
    "Turkey left the talks without withdrawing its troops from Syria.",
]
DENIED = [
    "Turkey denied that its jets had bombed a village in Syria.",
    "Turkey denied bombing a village in Syria.",
    "Syria blamed the blast on an air strike by Turkey, which denied responsibility.",
    "Villagers said Turkish jets bombed the town; Ankara denied any raid.",
    "Villagers said Turkish jets bombed the town. Ankara rejected the accusation.",
]
ACTUAL = [
    "Turkey invaded Syria, the monitor said.",
    "Turkey used drones to attack rebels in Syria.",
    "Turkey was forced to withdraw its troops from Syria.",
    "Turkish troops fought to retake the Syrian town of Jarablus.",
    "Turkish troops appear to be withdrawing from Syria.",
    "The UN told reporters that Turkey had invaded Syria.",
    "The UN warned that Turkey had bombed a village in Syria.",
    "Turkish troops were able to capture the Syrian town of Jarablus.",
    "Iran urged Turkey to stop its attacks on Syria.",
    "Turkey will face sanctions if it does not stop its attacks on Syria.",
    "Residents were hurt due to a Turkish attack on Syria.",
    "Turkey not only attacked Syria but kept its plans secret.",
    "The Turkish army launched an offensive to retake Jarablus in Syria.",
]
PAST = [
    "Turkey invaded Syria in 2013.",
    "In 2013, Turkey invaded Syria.",
    "Turkey attacked Syria on May 7, killing 40 people.",
    "Fighting began on May 7, when Turkey attacked Syria.",
    "Turkey invaded Syria two years ago.",
    "Seventy years ago Turkey invaded Syria.",
    "Turkey invaded Syria last year.",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (text, modality)
        for modality, texts in (
            (Modality.PLANNED, PLANNED),
            (Modality.DEMANDED, DEMANDED),
            (Modality.HYPOTHETICAL, HYPOTHETICAL),
            (Modality.NEGATED, NEGATED),
            (Modality.DENIED, DENIED),
            (Modality.ACTUAL, ACTUAL),
            (Modality.PAST, PAST),
        )
        for text in texts
    ],
)
def test_modality_of_turkey(text: str, expected: Modality) -> None:
    assert modalities(text, "TUR") == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The Turkish army ordered residents to evacuate the town.",
        "The Turkish army urged residents to leave the town at once.",
    ],
)
def test_an_order_to_leave_is_given(text: str) -> None:
    assert modalities(text, "TUR") >= {Modality.ACTUAL}


@pytest.mark.parametrize(
    ("text", "who", "published", "expected"),
    [
        ("Kuwait still counts the cost of the Iraqi invasion of Kuwait.", "IRQ", 2016, Modality.PAST),
        ("The Iraqi invasion of Kuwait alarmed the Gulf.", "IRQ", 1990, Modality.ACTUAL),
        ("He mourned those killed in the Hamas attack on Israel.", "HAMAS", 2024, Modality.PAST),
        ("Envoys condemned the Iraqi attack on Iran.", "IRQ", 2016, Modality.ACTUAL),
    ],
)
def test_an_old_episode_needs_no_date(text: str, who: str, published: int, expected: Modality) -> None:
    day = datetime(published, 8, 20, tzinfo=UTC)
    assert modalities(text, who, day) == {expected}


def test_a_text_without_a_day_is_dated_by_its_last_year() -> None:
    text = "The talks opened in March 2014. Turkey invaded Syria in 2011. Iran attacked Iraq in 2014."
    assert modalities(text, "TUR", None) == {Modality.PAST}
    assert modalities(text, "IRN", None) == {Modality.ACTUAL}
