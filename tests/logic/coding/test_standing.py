"""Whom nouns that name nobody stand for: by the group, the attacker and the war of their article."""

import pytest

from tests.logic.coding.test_mentions import actors

FOUND = [
    # Attackers that nobody knows, and jets of unnamed allies.
    ("Unidentified gunmen attacked an army post near Kidal.", ("agent", "XXX:armed")),
    ("Masked men attacked an Egyptian army post in Sinai.", ("agent", "XXX:armed")),
    ("Allied jets bombed Iraqi tanks near Basra.", ("agent", "XXX:state")),
    ("An ethnic army in northern Myanmar said that it had seized Lashio.", ("agent", "MMR:armed")),
    # A definite noun is the group named just before, the attackers those who attacked.
    (
        "M23 fighters camped near Sake. Congolese soldiers attacked the rebels on Friday.",
        ("patient", "M23:armed"),
    ),
    (
        "Three parties met in Bogota. FARC men left Miraflores. Soldiers assaulted the guerrillas there.",
        ("patient", "FARC:armed"),
    ),
    ("The paramilitaries besieged the capital of North Darfur.", ("agent", "RSF:armed")),
    ("Hamas denied it. On Sunday its armed wing fired rockets at Sderot.", ("agent", "HAMAS:armed")),
    # The soldiers whom a state kills are another's.
    (
        "Russian troops attacked the town of Bakhmut and killed forty soldiers.",
        ("patient", "UKR:state"),
    ),
    # Allies without a name are on the side of those before them.
    ("Syrian forces and allied militias attacked Raqqa.", ("agent", "SYR:state")),
    ("The general, whose forces attacked Khartoum, met envoys.", ("agent", "SDN:state")),
]
VICTIMS = [
    # Whoever counts the dead counts his own.
    (
        "Israel bombed Gaza. Palestinian authorities say 260 have died in air strikes.",
        {("agent", "ISR:state"), ("patient", "PSE:civil")},
    ),
    # A definite people far from home is its contingent, at home it is its people.
    ("Two of the South Africans were killed by mortar fire near Goma.", {("patient", "ZAF:state")}),
    (
        "Shells fell on Goma. Two South Africans were killed by mortar fire near Goma.",
        {("patient", "ZAF:civil")},
    ),
]
GUARDED = [
    # A ferry of no known owner brings people out for whoever sent it.
    ("A chartered ferry took 300 Britons out of Tripoli.", {("patient", "GBR:civil")}),
    ("Families of British diplomats were evacuated from Kuwait City.", {("patient", "GBR:civil")}),
]
SAID = [
    (
        '"We have entered the town of Sabha and driven out the militia," said a commander of the army.',
        ("agent", "LBY:state"),
    ),
    (
        'A Houthi spokesman spoke to reporters. "We fired two missiles at Saudi Arabia," he said.',
        ("agent", "HOUTHI:armed"),
    ),
    ('"Our forces have captured the airport," an Ethiopian army spokesman said.', ("agent", "ETH:state")),
]
PEOPLES = [
    ("Serb forces besieged Gorazde.", {("agent", "BIH:armed")}),
    ("NATO demanded that the Serbs withdraw from Zepa.", {("agent", "BIH:armed")}),
    ("Serb forces shelled Knin in Croatia.", {("agent", "HRV:armed")}),
    ("Serb tanks crossed the bridge and attacked Nis.", {("agent", "SRB:state")}),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_bare_noun_stands_for_who_the_article_says(text: str, expected: tuple[str, str]) -> None:
    assert expected in actors(text)


@pytest.mark.parametrize(("text", "expected"), VICTIMS)
def test_victims_are_those_of_who_counts_them(text: str, expected: set[tuple[str, str]]) -> None:
    assert actors(text) == expected


@pytest.mark.parametrize(("text", "expected"), GUARDED)
def test_bystanders_take_no_part(text: str, expected: set[tuple[str, str]]) -> None:
    assert actors(text) == expected


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_we_are_those_for_whom_the_speaker_speaks(text: str, expected: tuple[str, str]) -> None:
    assert expected in actors(text)


@pytest.mark.parametrize(("text", "expected"), PEOPLES)
def test_a_people_at_war_is_its_force_where_it_fights(text: str, expected: set[tuple[str, str]]) -> None:
    assert actors(text, "1995-07-12") == expected


def test_allies_fight_beside_those_before_them_and_are_not_attacked() -> None:
    assert actors("Syrian forces and allied militias attacked Raqqa.") == {("agent", "SYR:state")}
