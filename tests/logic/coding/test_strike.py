"""Strikes: by which weapons, on whom, and what is none."""

from collections.abc import Iterable

import pytest

from tests.logic.coding.test_offensive import events

WEAPONS = [
    ("Sudanese aircraft raided rebel positions in the Nuba mountains.", "agent SDN:state; patient SDN:armed"),
    ("Serbian MiGs raided the airport at Dubrovnik.", "agent SRB:state"),
    ("American battleships bombarded Druze positions above Beirut.", "agent USA:state"),
    ("Armenian artillery killed two Azerbaijani soldiers near Fizuli.", "agent ARM:state; patient AZE:state"),
    ("Sudanese helicopters fired on the rebel trucks near Omdurman.", "agent SDN:state; patient SDN:armed"),
    ("Syrian tanks fired at rebels in Baba Amr.", "agent SYR:state; patient SYR:armed"),
    (
        "Libyan rebels held the square while government jets rocketed them.",
        "agent LBY:state; patient LBY:armed",
    ),
    (
        "The air force attacked targets in Khartoum belonging to the RSF.",
        "agent SDN:state; patient RSF:armed",
    ),
    (
        "Turkish jets hit suspected PKK camps in northern Iraq.",
        "agent TUR:state; patient PKK:armed",
    ),
]
WRECKED = [
    ("Turkish drones smashed Syrian armour near Saraqeb.", "agent TUR:state; patient SYR:state"),
    ("Azerbaijani drones wiped out a column of Armenian tanks.", "agent AZE:state; patient ARM:state"),
    ("Ukrainian missiles sank a Russian landing ship at Berdiansk.", "agent UKR:state; patient RUS:state"),
    (
        "An Argentine Exocet sank the British destroyer Sheffield off the Falklands.",
        "agent ARG:state; patient GBR:state",
    ),
    (
        "Israeli jets caught a Hezbollah convoy in the open and destroyed nine trucks.",
        "agent ISR:state; patient HEZBOLLAH:armed",
    ),
    ("A Russian missile blew up a Ukrainian ammunition depot near Odesa.", "agent RUS:state"),
    (
        "Iranian gunboats set ablaze a Panamanian tanker in the strait.",
        "agent IRN:state; patient PAN:firm",
    ),
    ("A Houthi drone set fire to a Norwegian tanker off Hodeidah.", "agent HOUTHI:armed; patient NOR:firm"),
    (
        "An Iranian missile struck the British-owned tanker Albion off Fujairah.",
        "agent IRN:state; patient GBR:firm",
    ),
    ("Bombs dropped by Sudanese planes wrecked a clinic in Kauda.", "agent SDN:state"),
]
BOTH = [
    (
        "Artillery duels between Armenian and Azerbaijani forces went on overnight.",
        "agent ARM:state; agent AZE:state",
    ),
    ("Israel and Hezbollah traded artillery fire on Friday.", "agent ISR:state; agent HEZBOLLAH:armed"),
    ("Islamic State claimed responsibility for a rocket attack on Es Sider.", "agent ISIS:armed"),
]
VICTIMS = [
    (
        "Saudi warplanes bombed a market in Saada on Thursday. Nineteen people were killed, medics said.",
        "agent SAU:state; patient YEM:civil",
    ),
    (
        "Syrian jets struck the village of Hass on Wednesday. Twenty-two children were among the dead.",
        "agent SYR:state; patient SYR:civil",
    ),
    (
        "Russian missiles hit a theatre in Mariupol. Rescuers pulled eleven bodies from the rubble.",
        "agent RUS:state; patient UKR:civil",
    ),
    (
        "Ethiopian jets bombed Mekelle on Tuesday. The dead included a nurse, the hospital said.",
        "agent ETH:state; patient ETH:civil",
    ),
    (
        "At least 14 civilians were among the dead in Turkish shelling of Tal Rifaat.",
        "agent TUR:state; patient SYR:civil",
    ),
]
BACKED = [
    (
        "Iraqi troops backed by American air strikes attacked Islamic State fighters in Ramadi.",
        "agent USA:state",
        {"patient IRQ:state"},
    ),
    (
        "Libyan fighters supported by American air strikes advanced on Sirte.",
        "agent USA:state",
        {"patient LBY:armed"},
    ),
    (
        "Israeli jets bombed Hamas posts in Gaza. Hamas gunmen killed a farmer near Sderot in a raid.",
        "agent ISR:state",
        {"patient ISR:civil"},
    ),
]
NONE = [
    "A car bomb killed nine soldiers in Mogadishu.",
    "Shares rocketed after the Libyan oil deal.",
    "The Indian and Pakistani bowlers fought a duel in Lahore.",
    "Police fired on the demonstrators in Cairo.",
    "Youths set fire to a car in Lyon.",
    "Saudi Arabia intercepted two missiles over Riyadh on Sunday.",
    "The storm sank a ferry off Samar and killed nine people.",
]


def strikes(text: str) -> set[str]:
    return events(text, "strike")


@pytest.mark.parametrize(("text", "expected"), [*WEAPONS, *WRECKED, *BOTH, *VICTIMS])
def test_who_strikes_whom(text: str, expected: str) -> None:
    assert strikes(text) >= set(expected.split("; "))


@pytest.mark.parametrize(("text", "expected", "never"), BACKED)
def test_whom_no_strike_is_on(text: str, expected: str, never: Iterable[str]) -> None:
    assert expected in strikes(text)
    assert strikes(text).isdisjoint(never)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_strike(text: str) -> None:
    assert not strikes(text)
