"""The Beam stages give what the pure functions give, and AddFn the same by every path."""

import random
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.coders.typecoders import registry
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.testing.util import assert_that, equal_to
from hypothesis import given

from schemas.tables import ActivityRow, DyadEventRow, DyadRow, EventRow
from tests.logic.counting.invented import DAY, LINEAGE, dyad_row, dyad_rows, event_row, event_rows, hex_id
from tests.logic.deduplicating.invented import article, body, changed
from transforms.coders import AddFn
from transforms.count import CountActivity, CountDyads
from transforms.logic.counting import count_activity, count_dyads
from transforms.logic.counting.activity import activity_sightings
from transforms.logic.counting.dyads import dyad_sightings
from transforms.logic.counting.tally import Tally, tallied
from transforms.logic.deduplicating import place_articles
from transforms.logic.deduplicating.components import Components
from transforms.logic.deduplicating.stories import StoryTally, tally_of
from transforms.logic.deduplicating.texts import Copies, copies_of

ACTORS = [*LINEAGE, "BOR:armed"]


def many(make: Callable[..., Any], actor_fields: tuple[str, ...]) -> list[Any]:
    rng = random.Random(5)
    return [
        make(
            article_id=hex_id(number),
            story_id=hex_id(number // 3),
            outlet=rng.choice([None, "one.org", "two.org"]),
            day=rng.choice([None, DAY, DAY.replace(day=31), DAY.replace(year=2025, month=1, day=2)]),
            mentions=rng.randint(1, 3),
            **{name: rng.choice(ACTORS) for name in actor_fields},
        )
        for number in range(200)
    ]


def test_beam_counts_activity_as_the_pure_function_does() -> None:
    rows = many(event_row, ("actor_id",))
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        created = pipeline | beam.Create(rows).with_output_types(EventRow)
        counted = created | CountActivity(LINEAGE, "run-7", "lex-7")
        assert counted.element_type is ActivityRow
        assert_that(counted, equal_to(count_activity(rows, LINEAGE, "run-7", "lex-7")))


def test_beam_counts_dyads_as_the_pure_function_does() -> None:
    rows = many(dyad_row, ("agent_id", "patient_id"))
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        created = pipeline | beam.Create(rows).with_output_types(DyadEventRow)
        counted = created | CountDyads(LINEAGE, "run-7", "lex-7")
        assert counted.element_type is DyadRow
        assert_that(counted, equal_to(count_dyads(rows, LINEAGE, "run-7", "lex-7")))


def by_every_path(fn: AddFn[Any], parts: list[Any]) -> list[Any]:
    """The outputs of one accumulator, of one per part, of two with a trip over the wire, and unlifted."""
    coder = fn.get_accumulator_coder()
    whole = fn.create_accumulator()
    for part in parts:
        whole = fn.add_input(whole, part)
    single = [fn.add_input(fn.create_accumulator(), part) for part in parts]
    halves = [fn.create_accumulator(), fn.create_accumulator(), fn.create_accumulator()]
    for at, part in enumerate(reversed(parts)):
        halves[at % 2] = fn.add_input(halves[at % 2], part)
    shipped = [coder.decode(coder.encode(half)) for half in halves]
    merged = [whole, fn.merge_accumulators(iter(single)), fn.merge_accumulators(iter(shipped))]
    return [fn.extract_output(fn.compact(one)) for one in merged]  # type: ignore[no-untyped-call]


@given(event_rows)
def test_activity_adds_up_the_same_by_every_path(rows: list[EventRow]) -> None:
    grouped = defaultdict(list)
    for row in rows:
        for key, sighting in activity_sightings(row, LINEAGE):
            grouped[key].append(tallied([sighting]))
    for parts in grouped.values():
        first, *others = by_every_path(AddFn(Tally), parts)
        assert others == [first, first]


@given(dyad_rows)
def test_dyads_add_up_the_same_by_every_path(rows: list[DyadEventRow]) -> None:
    parts = [tallied([sighting]) for row in rows for _, sighting in dyad_sightings(row, LINEAGE)]
    first, *others = by_every_path(AddFn(Tally), parts)
    assert others == [first, first]


def summaries() -> dict[type, list[Any]]:
    articles = [
        article(changed(body(1), step, 0.01), day=step, outlet=f"{step % 3}.org") for step in range(5)
    ]
    placed = place_articles(articles).placed
    keys = [bytes([n]) * 16 for n in range(8)]
    return {
        StoryTally: [tally_of(one.head, place) for one, place in placed],
        Components: [Components.of([pair]) for pair in zip(keys[1:], keys[:-1], strict=True)],
        Copies: [
            *(copies_of(article(body(1), name=name, day=3)) for name in "abc"),
            Copies(label=keys[1]),
            Copies(buckets={keys[2], keys[3]}),
            Copies(root=keys[4]),
        ],
    }


@pytest.mark.parametrize("kind", [StoryTally, Components, Copies])
def test_summaries_add_up_the_same_by_every_path(kind: type) -> None:
    parts = summaries()[kind]
    coder = registry.get_coder(kind)
    encoded = [coder.encode(one) for one in by_every_path(AddFn(kind), parts)]
    assert encoded == [encoded[0]] * 3


@pytest.mark.parametrize("kind", [StoryTally, Components, Copies])
def test_adding_leaves_the_parts_alone(kind: type) -> None:
    parts = summaries()[kind]
    before = [registry.get_coder(kind).encode(part) for part in parts]
    by_every_path(AddFn(kind), parts)
    assert [registry.get_coder(kind).encode(part) for part in parts] == before
