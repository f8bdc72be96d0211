"""Constructions that hide who attacks, who is hit and when, each with an invented sentence."""

import pytest

from tests.logic.coding.conftest import Code

DAY = "2019-05-06"


SAID = [
    # sieges without a verb
    ("Food reached besieged residents in the Yemeni city of Taiz.", "offensive patient YEM:civil actual"),
    ("Some 4,000 people in Beni in Congo live under siege.", "offensive patient COD:civil actual"),
    ("Thousands of Malians are trapped in besieged villages.", "offensive patient MLI:civil actual"),
    ("Lorries reached the rebel-besieged town of Timbuktu in Mali.", "offensive agent MLI:armed actual"),
    # who does it
    ("Ethiopian soldiers killed a herder during a raid in Tigray.", "offensive agent ETH:state actual"),
    (
        "Chadian forces were on a wide offensive on the rebel-held hills.",
        "offensive agent TCD:state actual",
    ),
    ("Kenyan troops are taking part in an attack on Kismayo.", "offensive agent KEN:state actual"),
    ("Officials blamed Sudan for the air strike on the clinic.", "strike agent SDN:state actual"),
    ("Juba blamed the air strike on the Sudanese army.", "strike agent SDN:state actual"),
    (
        "The hills from which Malian rebels have launched assaults are dry.",
        "offensive agent MLI:armed actual",
    ),
    ("Ethiopia wrested 60 per cent of the town from Eritrean troops.", "offensive agent ETH:state actual"),
    ("Uganda attacked at dawn the camps of Congolese rebels.", "offensive agent UGA:state actual"),
    (
        "Houthi fighters mounted near daily rocket attacks on Saudi troops.",
        "strike agent HOUTHI:armed actual",
    ),
    ("Rebels launched a deadly overnight attack on a village in Chad.", "offensive agent TCD:armed actual"),
    ("Since Hamas's April 7 attack the crossing has been shut.", "offensive agent HAMAS:armed actual"),
    ('Juba said "rebel" rocket attacks hit a school in South Sudan.', "strike agent SSD:armed actual"),
    ("Why does Ethiopia attack villages in Tigray?", "offensive agent ETH:state actual"),
    ("Al Shabaab has been forced into retreat in the south.", "evacuation agent ALSHABAAB:armed actual"),
    (
        "Kenyan soldiers burned stalls before withdrawing two hours later.",
        "evacuation agent KEN:state actual",
    ),
    # whom it hits
    ("Rwandan troops retook the town from rebels of Burundi.", "offensive patient BDI:armed actual"),
    (
        "A Saudi air strike killed 12 Red Crescent volunteers and drivers in Yemen.",
        "strike patient ICRC:ngo actual",
    ),
    ("A Saudi air strike killed radio reporter Anwar Hadi in Yemen.", "strike patient YEM:civil actual"),
    ("A Saudi air strike in Yemen killed the baker's daughter.", "strike patient YEM:civil actual"),
    ("The strikes that have left dozens dead hit Sanaa in Yemen.", "strike patient YEM:civil actual"),
    ("Saudi jets bombed Sanaa. The death toll reached 45.", "strike patient YEM:civil actual"),
    ("Saudi jets bombed Sanaa. These raids killed and injured civilians.", "strike patient YEM:civil actual"),
    ("Saudi jets hit Sanaa, with a further 30 killed in shelling.", "strike patient YEM:civil actual"),
    # when
    (
        "Ankara froze talks in 2010, after Israeli troops carried out a raid, killing nine civilians.",
        "offensive agent ISR:state past",
    ),
    (
        "The bomb fell in an American air raid in the last days of World War II.",
        "strike agent USA:state past",
    ),
]
"""Sentences, and something that each reports."""


@pytest.mark.parametrize(("text", "said"), SAID, ids=[text[:40] for text, _ in SAID])
def test_what_a_construction_says(code: Code, text: str, said: str) -> None:
    assert said in code(text, DAY)


UNSAID = [
    ("The attack on the clinic came on the eve of a trip by Kenya's president.", "agent KEN"),
    ("Oxfam said the army had fired on the crowd, making the attack a crime.", "agent"),
    ("The Kenyan president attacked his rival on Twitter.", "offensive"),
    ("In a fierce attack on Vladimir Putin, the banker spoke of trade.", "offensive"),
    ("Ugandan troops fired five US-supplied missiles at rebels.", "agent USA"),
    ("The raids drew criticism from Kenyan troops.", "agent KEN"),
    ("A Kenyan raid was backed by fighters from Uganda.", "agent UGA"),
    ("Kenyan warships shot three missiles out of the sky.", "strike"),
    ("Kenyan troops intercepted two drones targeting a base in Somalia.", "strike"),
    ("Kenyan jets bombed rebel districts in Somalia.", "patient"),
    ("Rockets struck a fuel depot in Malawi.", "agent"),
    ("No Kenyan soldiers attacked rebels.", "actual"),
    ("Dozens of Kenyans surrounded the aid lorries.", "offensive"),
    ("Kenyan troops fought off an attack that wounded no one.", "civil"),
    ("Al Shabaab attacked Kenyan troops, and Dutch rebels near Uganda watched.", "patient UGA"),
    ("The besieged minister resigned in Nairobi.", "offensive"),
    ("The agent was removed from the investigation in Nairobi.", "evacuation"),
    ("Delhi was accused of a blockade of fuel by Kathmandu's ministers.", "agent NPL"),
    (
        "Saudi jets bombed Sanaa. More than 9,000 people have been killed in Yemen since the war began.",
        "strike patient YEM:civil",
    ),
]
"""Sentences, and a part of what none of their events may say."""


@pytest.mark.parametrize(("text", "part"), UNSAID, ids=[text[:40] for text, _ in UNSAID])
def test_what_a_construction_does_not_say(code: Code, text: str, part: str) -> None:
    assert not [event for event in code(text, DAY) if part in event]


def test_a_bare_raid_by_who_strikes_is_a_strike(code: Code) -> None:
    told = code("Russian jets bombed Idlib in Syria. Russian raids claimed 17 lives overnight.", DAY)
    assert "strike agent RUS:state actual" in told
    assert not [event for event in told if event.startswith("offensive")]


def test_a_raid_of_soldiers_stays_one(code: Code) -> None:
    told = code("Russian jets bombed Idlib in Syria. Russian soldiers carried out raids on a camp.", DAY)
    assert "offensive agent RUS:state actual" in told


@pytest.mark.parametrize(
    "text",
    [
        "An air strike killed Hamas's.",
        "Jets killed Hamas's and others in Gaza.",
        "Saudi jets bombed Sanaa. These raids killed and Yemen's.",
    ],
)
def test_a_possessor_of_nothing_is_read(code: Code, text: str) -> None:
    assert not [event for event in code(text, DAY) if "civil" in event and "PSE" in event]
