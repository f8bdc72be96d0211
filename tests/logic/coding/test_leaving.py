"""Evacuations told through other verbs: what somebody helps, lets, makes or sees others do."""

import pytest

from tests.logic.coding.test_evacuation import coded

HELPED = [
    ("Kenya helped evacuate 40 students from Juba.", {"agent KEN:state", "patient SSD:civil"}),
    ("Portugal is committed to helping UN peacekeepers withdraw from Bangui.", {"agent UN:igo planned"}),
    ("France is committed to withdrawing its troops from Gao.", {"agent FRA:state planned"}),
    ("Famine made the Tamil Tigers pull back from Jaffna.", {"agent LTTE:armed"}),
    (
        "The envoy appealed to both sides to let the wounded be flown out of Kuito.",
        {"patient AGO:civil demanded"},
    ),
    (
        "The deal will see rebels and their families evacuated from Homs.",
        {"patient SYR:armed planned", "patient SYR:civil planned"},
    ),
    (
        "The truce will let some 90 rebels and their families leave Homs.",
        {"patient SYR:armed planned", "patient SYR:civil planned"},
    ),
]

QUALIFIED = [
    ("The camps in Goma and Bukavu were all evacuated.", {"patient COD:civil"}),
    (
        "In recent weeks UN and Red Crescent teams were able to evacuate civilians from Homs.",
        {"agent UN:igo", "agent ICRC:ngo", "patient SYR:civil"},
    ),
    ("Lebanese officials said there were efforts to evacuate civilians from Tyre.", {"patient LBN:civil"}),
    ("Medical evacuations of the wounded from Homs are long overdue.", {"patient SYR:civil demanded"}),
    (
        "Norway asked Syria to respect the truce, open roads, allow the evacuation of the wounded from Homs.",
        {"patient SYR:civil demanded"},
    ),
]


TOLD = [
    (
        "Soldiers of the M23 forced at least 30 villagers – including nine children – who lived beside the "
        "camp near Goma to leave their homes.",
        {"agent M23:armed", "patient COD:civil"},
    ),
    (
        "A family in Tyre received a warning from Israeli forces at noon (10:00 GMT) to evacuate their home.",
        {"agent ISR:state", "patient LBN:civil"},
    ),
    (
        "Nurses in Nyala were warned by the RSF that they must leave.",
        {"agent RSF:armed", "patient SDN:civil"},
    ),
    ("Ethiopia told residents of Mekelle that they should flee.", {"agent ETH:state", "patient ETH:civil"}),
    (
        "Israel said on Monday that all civilians must leave Baalbek.",
        {"agent ISR:state", "patient LBN:civil"},
    ),
    ("Villagers said that people should leave Baalbek.", set()),
    (
        "The Syrian army has a plan to force residents of Douma to leave their homes.",
        {"agent SYR:state planned", "patient SYR:civil planned"},
    ),
]

MOVED = [
    ("Hundreds of families ferried out of Tubmanburg in Liberia reached Monrovia.", {"patient LBR:civil"}),
    ("Russia withdrew a number of fighter planes from an airbase in Mali.", {"agent RUS:state"}),
    ("Russia withdrew a number of proposals from the agenda in Mali.", set()),
    ("The evacuation of Homs mediated by Qatar began.", {"patient SYR:civil"}),
    (
        "Israel evacuated two villages near the northern border with Lebanon.",
        {"agent ISR:state", "patient ISR:civil"},
    ),
]


OWN = [
    ("The World Food Programme evacuated 30 staff from Goma.", {"agent UN:igo", "patient UN:igo"}),
    (
        "Nurses and staff were evacuated from a clinic in Goma by the UN.",
        {"agent UN:igo", "patient COD:civil"},
    ),
    (
        "Chile and Peru have chartered ships to evacuate their citizens from Haiti.",
        {"agent CHL:state", "agent PER:state", "patient CHL:civil", "patient PER:civil"},
    ),
    (
        "Western governments are telling citizens to get out of Haiti.",
        {"agent XXX:state", "patient XXX:civil"},
    ),
    (
        "The Ethiopian army said its call for the residents of Mekelle to flee was plain.",
        {"agent ETH:state", "patient ETH:civil"},
    ),
    ("Kigali ordered its brigades to fall back from Goma.", {"agent RWA:state planned"}),
    (
        "Aid groups condemned Ethiopia's evacuation orders, which did not take into account the sick.",
        {"agent ETH:state", "patient ETH:civil"},
    ),
    ("In early 2015 severe floods caused mass evacuations in Malawi.", {"patient MWI:civil past"}),
    ("By boat and plane the UN began moving staff out of Goma.", {"agent UN:igo", "patient UN:igo"}),
    ("The shells took out many of the families of Goma.", set()),
]


MEANS = [
    (
        "Kenya urged Rwanda to calm the border by withdrawing its troops from Goma.",
        {"agent RWA:state demanded"},
    ),
    (
        "Envoys accused the RSF of preventing soldiers and police from evacuating the sick from Nyala.",
        {"agent SDN:state negated", "patient SDN:civil negated"},
    ),
    ("Malaysia: 3,000 evacuate after floods", {"patient MYS:civil"}),
    ("The townships near Goma were evacuated on Friday.", {"patient COD:civil"}),
    ("The president pulled the United States out in his first term.", set()),
    ("The teacher removed pupils from classes in Leeds.", set()),
    ("They would topple Israel's premier by pulling out of the war cabinet.", set()),
]


@pytest.mark.parametrize(("text", "expected"), HELPED + QUALIFIED + TOLD + MOVED + OWN + MEANS)
def test_who_is_said_to_leave(text: str, expected: set[str]) -> None:
    assert coded(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The choir made the quiet retreat in Assisi famous.",
        "Sweden gave help. Retreat to the lake house followed.",
    ],
)
def test_a_noun_behind_help_or_make_stays_a_noun(text: str) -> None:
    assert coded(text) == set()
