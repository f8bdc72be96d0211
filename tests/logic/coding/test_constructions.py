"""Constructions between an event and its actors, each with an invented sentence and what it must say."""

import pytest

from tests.logic.coding.conftest import Code

SAID = [
    # who does it
    (
        "Iran accused Israel of carrying out targeted strikes on an army base.",
        "strike agent ISR:state actual",
    ),
    (
        "Houthi fighters have mounted dozens of attacks on Saudi troops.",
        "offensive agent HOUTHI:armed actual",
    ),
    ("Israeli warplanes carried out another wave of air strikes.", "strike agent ISR:state actual"),
    ("Sudan last month began a ground offensive against rebels.", "offensive agent SDN:state actual"),
    ("Rwanda denounced the military operation launched by Uganda.", "offensive agent UGA:state actual"),
    ("The envoy of Ethiopia, which has bombed towns in Tigray, spoke.", "strike agent ETH:state actual"),
    ("Ukrainian troops pressed on with their offensive.", "offensive agent UKR:state actual"),
    ("Poland supports Ukraine in its offensive.", "offensive agent UKR:state actual"),
    ("An ambush blamed on Al Shabaab killed six soldiers.", "offensive agent ALSHABAAB:armed actual"),
    ("Hezbollah engaged Israel with cross-border attacks.", "offensive agent HEZBOLLAH:armed actual"),
    ("In Mali, gunmen based in the hills fired rockets at the army.", "strike agent MLI:armed actual"),
    (
        "The coalition against Islamic State bombed a bridge near Mosul.",
        "strike agent COALITION:state actual",
    ),
    # whom it is done to
    ("Turkey fired shells filled with gas at Kurdish fighters in Syria.", "strike patient SDF:armed actual"),
    ("Armenia attacked, shelled and overran Azerbaijani positions.", "offensive patient AZE:state actual"),
    ("It was retaken from Russian forces by Ukraine.", "offensive patient RUS:state actual"),
    ("Eight civilians were killed on Sunday in Saudi air raids in Yemen.", "strike patient YEM:civil actual"),
    (
        "Jets bombed Gaza after Hamas carried out an attack on Israel, killing 40 civilians in Ashkelon.",
        "offensive patient ISR:civil actual",
    ),
    (
        "Officials confirmed the deaths of nine civilians in Turkish strikes on Iraq.",
        "strike patient IRQ:civil actual",
    ),
    # evacuations
    ("In Luzon, 700 people were pre-emptively evacuated.", "evacuation patient PHL:civil actual"),
    ("The village was evacuated as the fire spread across Andalusia.", "evacuation patient ESP:civil actual"),
    # what has not happened
    ("A Russian invasion of Georgia is not imminent.", "offensive agent RUS:state negated"),
    ("Washington would help Ukraine should Russia invade it.", "offensive agent RUS:state hypothetical"),
    (
        "Israel must “fully and unconditionally withdraw” from the strip.",
        "evacuation agent ISR:state demanded",
    ),
    ("Syria must stop the fighting and withdraw its troops.", "evacuation agent SYR:state demanded"),
    ("Chad fears any new Libyan strikes on its oilfields.", "strike agent LBY:state hypothetical"),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_what_a_construction_says(code: Code, text: str, said: str) -> None:
    assert said in code(text, "2019-06-12")


NOT_SAID = [
    ("The deal cleared the way for the entry of the two Nordic states.", "offensive"),
    ("After the Hamas attack on the posts, the mood in prison changed.", "agent HAMAS:armed hypothetical"),
    ("The militia claimed responsibility for the attack.", "offensive"),
    ("A soldier was hurt in a stabbing attack by a Palestinian.", "offensive"),
    ("A bomb went off in a market in Lagos, killing five people.", "strike"),
    ("Experts were appalled by an attack on a clinic.", "offensive patient"),
    ("Rebels crossed the river while Ugandan troops watched.", "patient UGA:state"),
    ("The coalition bombed the group's bases in Syria and Iraq.", "patient IRQ:state"),
    (
        "France's ally is Ukraine, which Russia invaded; Paris pushes for air strikes.",
        "strike agent FRA:state actual",
    ),
]


@pytest.mark.parametrize(("text", "part"), NOT_SAID)
def test_what_a_construction_does_not_say(code: Code, text: str, part: str) -> None:
    assert not [said for said in code(text, "2019-06-12") if part in said]


EPISODES = [
    ("Fears of a Russian invasion of Ukraine grow.", "2022-02-01", "agent RUS:state hypothetical"),
    ("The Russian invasion of Ukraine goes on.", "2022-06-01", "agent RUS:state actual"),
    ("Prices have risen since the Russian invasion of Ukraine.", "2022-06-01", "agent RUS:state past"),
    ("Russia launched its full-scale invasion of Ukraine.", "2023-06-01", "agent RUS:state past"),
    ("Ukraine is poorer for Russia's invasion.", "2022-06-01", "patient UKR:state actual"),
    (
        "Relations froze in 2010, after Israeli troops raided a rebel camp.",
        "2022-06-01",
        "agent ISR:state past",
    ),
    (
        "Many have fled since an October 7 attack by Hamas on Israeli troops.",
        "2024-01-20",
        "agent HAMAS:armed past",
    ),
    (
        "Thousands died since the army's assault on rebels began on May 7.",
        "2022-09-01",
        "offensive agent XXX:state past",
    ),
]


@pytest.mark.parametrize(("text", "published", "said"), EPISODES)
def test_when_an_episode_is_told(code: Code, text: str, published: str, said: str) -> None:
    assert [event for event in code(text, published) if said in event]


VICTIMS = [
    (
        "Ugandan troops killed 12 militants in an assault near Beni, and many more were wounded.",
        {"patient COD:civil"},
    ),
    ("In Ghouta, jets bombed a street and wounded more than 100 a monitoring group said.", {"ngo"}),
    ("Air raids hit Gaza after Palestinian militants killed ten Israelis.", {"strike patient ISR:civil"}),
]


@pytest.mark.parametrize(("text", "none"), VICTIMS)
def test_who_is_no_victim(code: Code, text: str, none: set[str]) -> None:
    assert not [said for said in code(text, "2019-06-12") if any(part in said for part in none)]


def test_an_attack_on_a_nations_towns_tells_where_its_victims_are(code: Code) -> None:
    text = "Forty people were killed when Hamas carried out an assault on Israeli towns."
    assert "offensive patient ISR:civil actual" in code(text, "2023-10-09")
