"""What an article as a whole makes of its words: crashes, strikes for pay, moves in peace; and figures."""

import pytest

from tests.logic.coding.conftest import Code

DAY = "2019-05-06"
PEACE = (
    "The council of Leeds met on Friday to talk of its budget for the coming year, of parks and of buses. "
    "Members of all parties agreed that the libraries should stay open at weekends. A vote is due in June. "
    "The school year ended with a fair on the green, where the band played and cakes were sold. Later in the "
    "day the mayor thanked teachers, parents and pupils for their patience. Repairs to the town hall's roof "
    "will go on until the autumn, and the clock is to be mended by then. Tickets are sold at the door. "
)

PEACEFUL = [
    "British children were removed from families too quickly, she said.",
    "Posters told British guests to leave.",
    "The scheme brought British families out of crowded flats.",
    "Volunteers in Kenya moved people from one queue to the next.",
]


@pytest.mark.parametrize("sentence", PEACEFUL)
def test_people_who_move_in_peace_are_not_evacuated(code: Code, sentence: str) -> None:
    assert not code(PEACE + sentence, DAY)
    assert any(
        e.startswith("evacuation patient") for e in code(f"{PEACE} The river flooded. {sentence}", DAY)
    )


def test_a_long_article_may_speak_of_evacuation_in_its_own_words(code: Code) -> None:
    assert "evacuation patient GBR:civil actual" in code(PEACE + "British tenants were evacuated.", DAY)


@pytest.mark.parametrize(
    "text",
    [
        "A Kenyan army helicopter crashed into a hill, killing three soldiers. It was new.",
        "The hostel in India was struck by the aircraft. The plane had crashed after take-off.",
        "Yugoslavia has been hit by a wave of strikes. Unions want the pay freeze to end.",
    ],
)
def test_what_crashes_or_wants_more_pay_strikes_nobody(code: Code, text: str) -> None:
    assert not [event for event in code(text, DAY) if event.startswith("strike")]


def test_what_crashes_beside_a_war_strikes_nobody_and_warplanes_do(code: Code) -> None:
    war = "Kenyan warplanes struck rebels in Somalia."
    text = f"{war} A Ugandan plane crashed in Lira and killed two soldiers."
    assert code(text, DAY) == code(war, DAY)
    assert "strike agent KEN:state actual" in code(f"A jet crashed on Monday. {war}", DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Critics say Kenya's president was wrong in attacking the mayor of Mombasa.",
        "For the Kenyans a family dinner is like an army assault.",
        "The FBI carried out a predawn raid on the broker's home.",
        "The FBI raided the home of an American broker.",
        "The Kenyan shop was bombarded with calls and letters.",
        "Tens of thousands of Spaniards poured into downtown Madrid to protest.",
        "The Kenyan government pulled the nation back from the brink of ruin.",
        "Women in Kenya said that the minister made unwanted sexual advances.",
        "The Kenyan soldier sexually assaulted or pursued teenage girls.",
        "The Kenyan army's assault on the freedom of the press went on.",
        "Kenyan forces infiltrated phones of journalists.",
        "The Kenyan military took control of the country in a coup.",
        "The Kenyan government got rid of the title of governor.",
        "Ten Dutch special advances were announced.",
        "The seamen's strike has hit Brazil.",
    ],
)
def test_figures_of_speech_and_police_are_no_events(code: Code, text: str) -> None:
    assert not code(text, DAY)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Rebels attacked the mayor's guards in Kenya.", "offensive agent KEN:armed actual"),
        ("An army assault like the one in May began in Kenya.", "offensive agent KEN:state actual"),
        ("Kenyan troops raided a rebel camp in Somalia.", "offensive agent KEN:state actual"),
        ("Kenyan jets bombarded rebels in Somalia.", "strike agent KEN:state actual"),
        ("Kenyan troops poured into the town of Kismayo.", "offensive agent KEN:state actual"),
        ("Kenyan troops made advances in Somalia.", "offensive agent KEN:state actual"),
        ("Kenya pulled its troops back from Kismayo.", "evacuation agent KEN:state actual"),
    ],
)
def test_what_is_meant_stays_an_event(code: Code, text: str, event: str) -> None:
    assert event in code(text, DAY)
