"""A file is done when every record of it has ended, whatever the order in which one hears of it."""

from itertools import permutations

from schemas import Delivery, FileRead, Reject, RejectReason, Replayed
from transforms.logic.streaming.filing import Filing, pack_filing, unpack_filing


def read(path: str, records: int, tasks: int = 1, stamp: str | None = None) -> Delivery:
    one = FileRead(stamp=stamp or f"1:1:{path}", path=path, tasks=tasks, records=records, clock=None)
    return Delivery(read=(one,))


def ended(source: str) -> Delivery:
    return Delivery(replays=(Replayed(source_file=source),))


def rejected(source: str) -> Delivery:
    reject = Reject(
        source_file=source,
        position=0,
        source_format="x",
        reason=RejectReason.BAD_SYNTAX,
        detail="",
        raw=b"",
        raw_bytes=0,
    )
    return Delivery(rejects=(reject,))


def test_a_file_is_done_once_when_its_last_word_has_come_in_any_order() -> None:
    words = [read("a.zip", 1, 2), read("a.zip", 2, 2), ended("a.zip!x"), ended("a.zip!y"), rejected("a.zip")]
    for order in permutations(words):
        filing, done = Filing(), []
        for word in order:
            filing.add(word)
            filing = unpack_filing(pack_filing(filing))
            done.append(filing.take_done())
        assert done == [[]] * 4 + [["1:1:a.zip"]]
        assert filing == Filing()


def test_an_empty_file_is_done_when_it_is_read() -> None:
    filing = Filing()
    filing.add(read("empty", 0))
    assert filing.take_done() == ["1:1:empty"]


def test_a_name_that_begins_like_another_is_another_file() -> None:
    filing = Filing()
    for word in (read("a", 1), ended("ab"), read("a!b", 0)):
        filing.add(word)
    assert filing.take_done() == ["1:1:a!b"]


def test_a_path_written_again_is_done_when_both_its_contents_are() -> None:
    filing = Filing()
    for word in (read("a", 1), ended("a"), read("a", 2, stamp="2:2:a"), ended("a")):
        filing.add(word)
    assert filing.take_done() == []
    filing.add(ended("a"))
    assert filing.take_done() == ["1:1:a", "2:2:a"]


def test_nothing_is_under_way_at_the_beginning() -> None:
    assert unpack_filing(None) == Filing()
