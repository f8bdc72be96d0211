"""Who attacks and who only speaks, with what, and what is laid instead of fired, in invented sentences."""

import pytest

from tests.logic.coding.conftest import Code

DAY = "2019-05-06"

SAID = [
    # nations listed before one event
    ("Kenyan and Ethiopian air strikes killed 25 in Somalia.", "strike agent KEN:state actual"),
    ("Chadian, Malian and French raids hit rebels in Niger.", "offensive agent TCD:state actual"),
    # raids of air forces
    ("Sudanese air force raids left 15 people dead in Kauda.", "strike agent SDN:state actual"),
    ("Kenyan and Ethiopian air forces raid rebel camps in Somalia.", "strike agent KEN:state actual"),
    # verbs behind adverbs, subjects behind participles
    ("The Kenyan army also strikes the insurgents' camps in Somalia.", "strike agent KEN:state actual"),
    ("Ansar Dine and groups affiliated to it shelled an army post in Mali.", "strike agent MLI:armed actual"),
    ("Kenyan troops encountered a rebel attack on their camp.", "offensive patient KEN:state actual"),
    (
        "Sudanese soldiers and pro-government gunmen repelled a JEM attack on Kutum.",
        "offensive patient SDN:state actual",
    ),
    (
        "Al Shabaab fights in Somalia and daily launches rockets at Kenyan posts.",
        "strike agent ALSHABAAB:armed actual",
    ),
    ("The rebels demand that Kenya halts the bombardment of Kismayo.", "strike agent KEN:state actual"),
    (
        "Bombardment by Sudanese forces and their Chadian ally in Kutum went on.",
        "strike agent TCD:state actual",
    ),
    ("The Kenyan army said it hit a series of targets in Somalia.", "strike agent KEN:state actual"),
    (
        "Two rebels in Somalia were martyred as a Kenyan drone struck a car.",
        "strike patient SOM:armed actual",
    ),
    ("Kenyan troops fighting Al Shabaab advanced on Kismayo.", "offensive agent KEN:state actual"),
    (
        "Kenyan troops defending the port against Somali pirates attacked a village.",
        "offensive agent KEN:state actual",
    ),
    ("Rebels sympathetic to Al Shabaab stormed a camp.", "offensive agent ALSHABAAB:armed actual"),
    # what would be, and what was
    (
        "An attack on Kenya by Ethiopia would likely prompt an answer.",
        "offensive agent ETH:state hypothetical",
    ),
    (
        "Eritrea wants the land lost in the 1998 war when Ethiopia captured the town of Badme.",
        "offensive agent ETH:state past",
    ),
    ("Rebels fired rockets at Kenyan troops.", "strike patient KEN:state actual"),
    ("Kenya sent drones against the camps in Somalia.", "strike agent KEN:state actual"),
    # bombs that are dropped though others were laid
    (
        "Rebels set off two suicide car bombs. Two children were killed by army bombs in Sudan.",
        "strike agent SDN:state actual",
    ),
]
"""Sentences, and something that each reports."""


@pytest.mark.parametrize(("text", "said"), SAID, ids=[text[:40] for text, _ in SAID])
def test_who_attacks(code: Code, text: str, said: str) -> None:
    assert said in code(text, DAY)


UNSAID = [
    # who only speaks
    (
        "Four died in a rebel rocket attack on a mill in Kauda on Friday Sudanese state media said.",
        "SDN:state",
    ),
    ("Kenyan troops raided the port of Kismayo, the Somali health ministry and radio said.", "SOM:state"),
    ("Kenyan jets bombarded the hill the Red Cross said.", "ICRC"),
    ("Rockets fired from a hill in Somalia hit the Kenyan town of Mandera.", "agent SOM"),
    ("Police tied Al Shabaab to several bombings in Kenya.", "strike agent"),
    ("Kenya blamed bombings by Al Shabaab in Mandera.", "strike"),
    ("A drone infiltrated Kenya from Somalia.", "offensive"),
    ("Kenyan troops fighting Al Shabaab advanced on Kismayo.", "agent ALSHABAAB"),
    # nations beside each other that do not share an event
    ("Kenyans and Ethiopian air strikes were in the news in Somalia.", "agent KEN"),
    ("Kenyan or Ethiopian air strikes killed 25 in Somalia.", "agent KEN"),
    ("The Kenyan advance was backed by fighters from the Ugandan army.", "patient UGA"),
    ("An attack on Kenya by Ethiopia would likely prompt an answer.", "actual"),
    # what flies is shot down, and what is sent to nobody is tried or given
    ("Rebels launched a rocket at a Kenyan plane near Kismayo.", "strike"),
    ("A Kenyan helicopter was hit by gunfire of militants near Kismayo.", "strike"),
    ("Tehran has launched a ballistic missile in defiance of the ban.", "strike"),
    ("Washington has sent missiles for Kenyan gunners.", "strike"),
    # bombs that are laid
    ("A second car bomb exploded in a market of Kano wounding three Nigerians.", "strike"),
    ("A bomb attack hit the bus convoy killing 20 people in Nigeria.", "strike"),
    ("Insurgents stand behind many bomb attacks targeting Nigerian civilians.", "strike"),
    ("A suicide attack shook Kano. The bomb struck a Nigerian army post at noon.", "strike"),
]
"""Sentences, and a part of what none of their events may say."""


@pytest.mark.parametrize(("text", "part"), UNSAID, ids=[text[:40] for text, _ in UNSAID])
def test_who_does_not(code: Code, text: str, part: str) -> None:
    assert not [event for event in code(text, DAY) if part in event]
