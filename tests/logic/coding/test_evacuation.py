"""Who leaves, who orders or organises it, and what only looks like an evacuation."""

import pytest

from schemas.event import EventType
from tests.logic.coding.coded import events_of


def coded(text: str) -> set[str]:
    """The evacuations of a text as "role WHO:side", with the modality behind when it is not actual."""
    return {
        f"{e.role} {e.actor_who}:{e.actor_side}" + ("" if e.modality == "actual" else f" {e.modality}")
        for e in events_of(text, "2023-12-14T00:00:00+00:00")
        if e.event_type is EventType.EVACUATION
    }


PLACES = [
    ("The hospital in Lyon was evacuated after a gas leak.", {"patient FRA:civil"}),
    ("The airport in Oslo and a nearby hotel were both evacuated.", {"patient NOR:civil"}),
    ("Close to 1,000 were evacuated as landslides threatened homes in Austria.", {"patient AUT:civil"}),
    ("Wildfires forced evacuations in Alberta.", {"patient CAN:civil"}),
    ("Evacuations were ordered in Portugal as the fire spread.", {"patient PRT:civil"}),
    ("Residents were evacuated to Malta from Libya.", {"patient LBY:civil"}),
    ("Floods hit Chile, where 3,000 people were evacuated.", {"patient CHL:civil"}),
    ("Police evacuated two villages in Kenya.", {"agent KEN:state", "patient KEN:civil"}),
    ("The Sudanese army evacuated the airport at Merowe.", {"agent SDN:state"}),
    ("No evacuations have taken place from Mariupol.", {"patient UKR:civil negated"}),
]

ORDERS = [
    ("Israel warned the residents of Rafah to leave.", {"agent ISR:state", "patient PSE:civil"}),
    ("Ethiopia told residents of Mekelle to flee to the north.", {"agent ETH:state", "patient ETH:civil"}),
    (
        "Officials in Quito called on all civilians to move to higher ground.",
        {"agent ECU:state", "patient ECU:civil"},
    ),
    ("Families in Homs had been given three days to leave.", {"patient SYR:civil"}),
    ("Residents of Goma were ordered by the M23 to evacuate.", {"agent M23:armed", "patient COD:civil"}),
    ("Planes dropped leaflets telling people in Baalbek to get out.", {"patient LBN:civil"}),
    (
        "Five hospitals in Gaza received warnings from Israel to evacuate.",
        {"agent ISR:state", "patient PSE:civil"},
    ),
    ("Britain urged its citizens to leave Ukraine.", {"agent GBR:state", "patient GBR:civil"}),
    (
        "The RSF forced all residents of Nyala to vacate their homes.",
        {"agent RSF:armed", "patient SDN:civil"},
    ),
    ("The flood forced 2,300 people in Poland to evacuate.", {"patient POL:civil"}),
]

ORGANISED = [
    ("Sweden evacuated 70 nationals from Khartoum.", {"agent SWE:state", "patient SWE:civil"}),
    ("Iran airlifted its commanders out of Damascus.", {"agent IRN:state", "patient IRN:state"}),
    (
        "Red Cross lorries evacuated the sick from Tubmanburg in Liberia.",
        {"agent ICRC:ngo", "patient LBR:civil"},
    ),
    (
        "Nurses evacuated patients from Kherson with the help of the Ukrainian army.",
        {"agent UKR:civil", "agent UKR:state", "patient UKR:civil"},
    ),
    (
        "300 Polish and Hungarian nationals were evacuated from Sudan.",
        {"patient POL:civil", "patient HUN:civil"},
    ),
    ("Residents evacuated to a school in Manila.", {"patient PHL:civil"}),
    (
        "Indian soldiers brought out families from the flooded town of Kochi.",
        {"agent IND:state", "patient IND:civil"},
    ),
    ("Tourists were evacuated by helicopter from Kathmandu.", {"patient XXX:civil"}),
]

FORCES = [
    (
        "Rebels and their families left Zabadani in buses under the deal.",
        {"patient SYR:armed", "patient SYR:civil"},
    ),
    ("Several hundred Syrian rebels were granted safe passage out of Daraya.", {"patient SYR:armed"}),
    ("Hundreds of Syrian rebels moved out of Madaya under an evacuation deal.", {"patient SYR:armed"}),
    ("Georgian troops fell back towards Gori.", {"agent GEO:state"}),
    ("Turkey withdrew its ambassador from Israel.", {"agent TUR:state"}),
    ("France pulled its diplomats out of Niger.", {"agent FRA:state", "patient FRA:state"}),
    ("Canada moved its embassy from Kyiv to Lviv.", {"agent CAN:state"}),
    ("The Chadian army began the withdrawal of its troops from Bohoma.", {"agent TCD:state"}),
    ("Officials spoke about the withdrawal of Russian troops.", {"agent RUS:state planned"}),
    (
        "There will be no talks until Turkey withdraws its troops from Cyprus.",
        {"agent TUR:state hypothetical"},
    ),
]

NOTHING = [
    "Thousands fled the fire in Athens.",
    "The fire forced families to flee their homes in Athens.",
    "Surgeons in Kathmandu evacuated a blood clot from the skull of the boy.",
    "The two leaders met at a country retreat near Paris.",
    "The Greek government withdrew its request to Washington.",
    "The film was shown in Cairo until it was withdrawn.",
    "I called my children in Gaza and told them to leave the house.",
    "The programme brought families in China out of poverty.",
    "Soldiers pushed past the crowd in order to leave.",
    "A fireman rescued a man from the rubble of a house in Izmir.",
    "The envoy was recalled to Washington.",
    "Fans were asked to leave the party early.",
]


@pytest.mark.parametrize(("text", "expected"), PLACES + ORDERS + ORGANISED + FORCES)
def test_who_leaves_and_who_makes_them(text: str, expected: set[str]) -> None:
    assert coded(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_evacuation(text: str) -> None:
    assert coded(text) == set()
