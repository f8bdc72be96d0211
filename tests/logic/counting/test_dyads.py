from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from schemas.tables import DyadEventRow, DyadRow, Period
from tests.logic.counting.invented import GUARD, LINEAGE, NATION, SQUAD, dyad_row, dyad_rows, hex_id
from transforms.logic.counting import count_dyads


def pairs(rows: Iterable[DyadRow]) -> set[tuple[str, str]]:
    return {(row.agent_id, row.patient_id) for row in rows}


def test_both_sides_roll_up() -> None:
    rows = count_dyads([dyad_row(agent_id=GUARD.actor_id, patient_id="BOR:armed")], LINEAGE)
    assert pairs(rows) == {("river-guard", "BOR:armed"), ("ARC:state", "BOR:armed")}
    assert [row.period for row in rows] == [p for p in Period for _ in range(2)]


def test_rolling_up_makes_no_actor_its_own_patient() -> None:
    rows = count_dyads([dyad_row(agent_id=SQUAD.actor_id, patient_id=GUARD.actor_id)], LINEAGE)
    assert pairs(rows) == {
        (SQUAD.actor_id, GUARD.actor_id),
        (SQUAD.actor_id, NATION.actor_id),
        (GUARD.actor_id, NATION.actor_id),
        (NATION.actor_id, GUARD.actor_id),
    }


def test_text_may_name_one_actor_twice() -> None:
    same = dyad_row(agent_id=GUARD.actor_id, patient_id=GUARD.actor_id)
    assert pairs(count_dyads([same], LINEAGE)) == {
        (GUARD.actor_id, GUARD.actor_id),
        (GUARD.actor_id, NATION.actor_id),
        (NATION.actor_id, GUARD.actor_id),
    }


def test_story_counts_once_for_a_pair() -> None:
    rows = count_dyads(
        [
            dyad_row(agent_id=SQUAD.actor_id),
            dyad_row(agent_id=GUARD.actor_id, article_id=hex_id(2), outlet="two.org", mentions=4),
        ],
        LINEAGE,
    )
    (row,) = (r for r in rows if r.agent_id == NATION.actor_id and r.period is Period.MONTH)
    assert (row.stories, row.articles, row.outlets, row.mentions) == (1, 2, 2, 5)


@given(dyad_rows, st.randoms())
def test_order_does_not_matter(rows: list[DyadEventRow], rng: Random) -> None:
    shuffled = list(rows)
    rng.shuffle(shuffled)
    assert count_dyads(shuffled, LINEAGE) == count_dyads(rows, LINEAGE)


@given(dyad_rows)
def test_no_pair_of_an_actor_with_itself_but_where_the_text_has_it(rows: list[DyadEventRow]) -> None:
    said = {row.agent_id for row in rows if row.agent_id == row.patient_id}
    counted = count_dyads(rows, LINEAGE)
    assert {row.agent_id for row in counted if row.agent_id == row.patient_id} == said
    own = sum(row.mentions for row in counted if row.period is Period.DAY and row.agent_id in said)
    assert own >= sum(row.mentions for row in rows if row.agent_id == row.patient_id)
