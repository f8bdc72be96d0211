"""Offensives: who attacks and takes ground, from whom, and what is none."""

import pytest

from schemas.event import Modality
from tests.logic.coding.coded import events_of


def events(text: str, event_type: str, published: str = "2019-06-12") -> set[str]:
    """Role and actor of the events of one type that a text reports as happening."""
    return {
        f"{e.role} {e.actor_who}:{e.actor_side}"
        for e in events_of(text, published)
        if e.event_type == event_type and e.modality is Modality.ACTUAL
    }


LOSERS = [
    (
        "Chadian rebels captured the town of Faya from its government garrison.",
        "agent TCD:armed; patient TCD:state",
    ),
    (
        "Houthi fighters seized Amran after its army garrison fled, residents said.",
        "agent HOUTHI:armed; patient YEM:state",
    ),
    (
        "Syrian rebels took the hill as the army's defenders ran out of ammunition.",
        "agent SYR:armed; patient SYR:state",
    ),
    (
        "Rebels said they had captured Kidal, but the army insisted that its men still held the town.",
        "agent MLI:armed; patient MLI:state",
    ),
    (
        "The insurgents overran two army bases in Borno, killing at least 20 soldiers.",
        "agent NGA:armed; patient NGA:state",
    ),
    (
        "Ukrainian troops are pushing towards Svatove after breaking through Russian lines.",
        "agent UKR:state; patient RUS:state",
    ),
    (
        "The Tamil Tigers claimed the capture of an army camp at Elephant Pass.",
        "agent LTTE:armed; patient LKA:state",
    ),
    (
        "M23 claimed to have captured the town of Kitchanga from the Congolese army.",
        "agent M23:armed; patient COD:state",
    ),
]
PEOPLES = [
    ("Ukrainian brigades drove the Russians out of Izium.", "agent UKR:state; patient RUS:state"),
    (
        "The Argentines were driven from the hills above Port Stanley by British marines.",
        "agent GBR:state; patient ARG:state",
    ),
    ("Saudi troops expelled the Iraqis from Khafji.", "agent SAU:state; patient IRQ:state"),
]
BEATEN_OFF = [
    (
        "Nigerian troops drove off an attack by Boko Haram on Konduga.",
        "agent BOKOHARAM:armed; patient NGA:state",
    ),
    ("Iraqi soldiers threw back an Iranian attack near Basra.", "agent IRN:state; patient IRQ:state"),
    (
        "A counterattack by Syrian troops failed to dislodge rebels from Jisr al-Shughour.",
        "agent SYR:state; patient SYR:armed",
    ),
    (
        "An overnight attack by al-Shabaab on a base left dozens of Ugandan soldiers dead.",
        "agent ALSHABAAB:armed; patient UGA:state",
    ),
]
WAYS = [
    ("Turkish troops crossed the border at three places overnight.", "agent TUR:state"),
    ("Ethiopian troops crossed from Tigray into Eritrea at two points on Sunday.", "agent ETH:state"),
    ("Russian troops closed the ring around Bakhmut on Friday.", "agent RUS:state"),
    ("Iraqi soldiers planted a flag in the centre of Tikrit.", "agent IRQ:state"),
    ("Ukrainian marines raised the national flag over Kherson.", "agent UKR:state"),
    ("Troops from Chad and Niger entered the town of Damasak on Monday.", "agent TCD:state; agent NER:state"),
    (
        "Azeri forces launched a new assault with tanks and artillery on the town of Hadrut.",
        "agent AZE:state",
    ),
]
NONE = [
    "Thousands of Syrian refugees crossed the border on Sunday.",
    "Police sealed off the street in Leeds after the accident.",
    "French climbers planted a flag on the summit.",
    "The embassy raised its flag in Tripoli again.",
    "The school expelled two Russians for cheating.",
    "A suicide bomber attacked an army convoy in Kandahar, killing four soldiers.",
    "Robbers attacked a jeweller in Paris and wounded a guard.",
    "The virus attacks faster, doctors in Italy said.",
    "We must besiege the virus street by street, the Italian mayor said.",
    "The French champion attacked on the last climb and captured the yellow jersey.",
    "The Russian grandmaster attacked the American's king and captured a bishop.",
    "In the game, players besiege Russian towns and capture their castles.",
    "Chinese and Japanese negotiators attacked each other's figures on steel.",
    "Fans besieged the Brazilian team's hotel.",
    "The opposition stormed out of parliament in Kyiv.",
    "Germany's finance minister launched an assault on tax havens.",
]


@pytest.mark.parametrize(("text", "expected"), [*LOSERS, *PEOPLES, *BEATEN_OFF, *WAYS])
def test_who_attacks_whom(text: str, expected: str) -> None:
    assert events(text, "offensive") >= set(expected.split("; "))


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_offensive(text: str) -> None:
    assert not events(text, "offensive")
