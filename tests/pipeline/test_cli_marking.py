"""Marks say what they mark, in place, and leave the text as it is."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.marking import marked_text, marks_of
from schemas import Event, EventType, Evidence, Modality, Role, Side
from tests.pipeline.cli_samples import TEXT, article, event


def test_roles_types_and_numbers_are_readable_without_colour() -> None:
    marked = marked_text(article(), [event("Iran", Role.AGENT), event("commanders", Role.PATIENT)])
    assert marked.plain.startswith(
        "[Iran|agent 1] has begun to {evacuate|evacuation 1,2} [commanders|patient 2]"
    )


def test_a_modality_that_is_not_actual_is_named() -> None:
    marked = marked_text(article(), [event("Iran", Role.AGENT, Modality.PLANNED)])
    assert "{evacuate|evacuation planned 1}" in marked.plain


def test_one_actor_in_two_roles_is_marked_once() -> None:
    marked = marked_text(article(), [event("Iran", Role.AGENT), event("Iran", Role.PATIENT)])
    assert marked.plain.startswith("[Iran|agent 1, patient 2] has")


def test_a_trigger_inside_an_actor_nests() -> None:
    inside = event("Iran", Role.AGENT).model_copy(update={"trigger_start": 1, "trigger_end": 3})
    assert marked_text(article(), [inside]).plain.startswith("[I{ra|evacuation 1}n|agent 1] has")


def test_an_actor_without_words_is_not_marked() -> None:
    silent = event("Iran", Role.AGENT).model_copy(update={"actor_start": 0, "actor_end": 0})
    assert [mark.opening for mark in marks_of([silent])] == ["{"]


def test_escapes_of_a_stranger_do_not_reach_the_terminal() -> None:
    hostile = article(body=TEXT + "\x1b[2J\u202e")
    assert "\x1b" not in marked_text(hostile, []).plain
    assert marked_text(hostile, []).plain.endswith("\\x1b[2J\\u202e")


spots = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@given(st.lists(st.tuples(spots, spots, st.sampled_from(Modality), st.sampled_from(Role)), max_size=6))
def test_without_its_marks_the_text_is_unchanged(
    drawn: list[tuple[list[int], list[int], Modality, Role]],
) -> None:
    events = [_event_at(*spot) for spot in drawn]
    marked = marked_text(article(), events).plain
    for mark in marks_of(events):
        marked = marked.replace(f"|{mark.label}{mark.closing}", "", 1).replace(mark.opening, "", 1)
    assert marked == TEXT


def _event_at(trigger: list[int], actor: list[int], modality: Modality, role: Role) -> Event:
    return Event(
        event_type=EventType.STRIKE, subtype="air", role=role, actor_id="irn-state", actor_who="IRN",
        actor_side=Side.STATE, modality=modality, evidence=Evidence(start=0, end=len(TEXT), text=TEXT),
        trigger_start=trigger[0], trigger_end=trigger[1], actor_start=actor[0], actor_end=actor[1],
        rule="r", mentions=1, day=None,
    )  # fmt: skip
