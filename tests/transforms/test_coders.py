from dataclasses import replace
from datetime import date

import pytest
from apache_beam.coders.typecoders import registry
from hypothesis import given
from hypothesis import strategies as st

from schemas import (
    Arrival,
    ArrivedRange,
    Delivery,
    FileRead,
    Firing,
    Message,
    PreparedArticle,
    Reject,
    RejectReason,
    Replayed,
)
from schemas.base import Record
from schemas.tables import AliasRow, PostingRow
from tests.logic.counting.invented import LINEAGE, dyad_row, event_row
from tests.logic.counting.test_rows import coded
from tests.logic.deduplicating.invented import article, body, corpora
from tests.logic.deduplicating.memory import Memory
from transforms.coders import RECORDS, PackedCoder, RecordCoder
from transforms.logic.counting import (
    article_row,
    count_activity,
    count_dyads,
    story_row,
)
from transforms.logic.deduplicating import DistinctText, place_articles
from transforms.logic.deduplicating.placing import Alias
from transforms.logic.deduplicating.texts import Copies, copies_of, text_key
from transforms.logic.encoding import encode_record
from transforms.logic.rejecting import reject_row


def examples() -> list[Record]:
    """At least one of every record that has a coder."""
    reject = Reject(
        source_file="a.jsonl",
        position=3,
        source_format="jsonl",
        reason=RejectReason.NO_TEXT,
        detail="“nothing”\x00",
        raw=bytes(range(256)),
        raw_bytes=9000,
    )
    prepared = [coded(date(2024, 1, 2)), coded(None, day=None), article(""), article(body(1), outlet=None)]
    placements = place_articles([*prepared, prepared[0]])
    one, place = placements.placed[0]
    memory = Memory()
    memory.run([article(body(1))])
    arrival = Arrival(path="in/é.zip", size=3, modified_ns=10**18, clock=-5)
    delivery = Delivery(
        firing=Firing.LATE,
        articles=tuple(prepared),
        rejects=(reject,),
        replays=(Replayed(source_file="a"),),
        read=(FileRead(stamp=arrival.stamp, path=arrival.path, tasks=2, records=9, clock=None),),
    )
    return [
        arrival,
        ArrivedRange(arrival=arrival.model_copy(update={"clock": None}), task="{}", tasks=1),
        Delivery(),
        Message(topic="news", partition=1, offset=2, written_ms=None, value=b"\x00{}"),
        delivery,
        reject,
        reject_row(reject, "run"),
        *prepared,
        *(place for _, place in placements.placed),
        *placements.stories,
        *placements.replays,
        article_row(one, place, "run"),
        story_row(placements.stories[0], "run"),
        PostingRow(prefix=0, kind="id", block=bytes(16), run_id="run"),
        AliasRow(old_story_id="b", story_id="a", run_id="run"),
        Alias(old_story_id="b", story_id="a"),
        *memory.run([article(body(1), day=-1)]).moves,
        *memory.articles.values(),
        event_row(),
        event_row(day=None, day_source=None, outlet=None, published=None),
        dyad_row(),
        *count_activity([event_row(), event_row(day=None)], LINEAGE),
        *count_dyads([dyad_row()], LINEAGE),
    ]


def test_every_record_comes_back_as_it_was() -> None:
    assert {type(record) for record in examples()} == set(RECORDS)
    for record in examples():
        coder = registry.get_coder(type(record))
        assert isinstance(coder, RecordCoder)
        back = coder.decode(coder.encode(record))
        assert back == record
        assert type(back).model_validate(back.model_dump()) == record
        assert [type(value) for _, value in back] == [type(value) for _, value in record]
        assert hash(back) == hash(record)


def test_coders_are_deterministic_and_no_larger_than_json_with_names() -> None:
    one = coded(date(2024, 1, 2))
    assert registry.get_coder(type(one)).is_deterministic()
    assert encode_record(one) == encode_record(type(one)(**dict(one)))
    assert len(encode_record(one)) < 1500


def test_decoded_records_are_frozen_and_can_be_copied() -> None:
    coder = registry.get_coder(type(article("x")))
    back = coder.decode(coder.encode(article("x")))
    with pytest.raises(ValueError, match="frozen"):
        back.text = "y"
    assert back.model_copy(update={"text": "y"}).text == "y"


@given(corpora(), st.sets(st.binary(min_size=16, max_size=16)), st.booleans())
def test_summaries_come_back_as_they_were(
    articles: list[PreparedArticle], ids: set[bytes], rooted: bool
) -> None:
    copies = Copies(label=max(ids, default=b""), buckets=set(ids), root=bytes(16) if rooted else None)
    for one in articles:
        copies.add(copies_of(one))
    coder = registry.get_coder(Copies)
    assert isinstance(coder, PackedCoder)
    assert coder.decode(coder.encode(copies)) == copies
    text = copies_of(articles[0]).text(text_key(articles[0]))
    packing = registry.get_coder(DistinctText)
    for state in (text, replace(text, fresh=False, label=b"\1" * 16)):
        assert packing.decode(packing.encode(state)) == state
