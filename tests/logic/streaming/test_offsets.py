"""Messages that are done, and where reading goes on."""

import pytest

from transforms.logic.streaming.offsets import Span, goes_on_at, joined, lost, message_path, split_done


def test_stamps_of_messages_become_spans_and_those_of_files_stay() -> None:
    stamps = [
        "3:7:/in/b.jsonl",
        *(message_path("news.v1", part, at) for part, at in ((1, 9), (0, 5), (0, 4))),
    ]
    files, spans = split_done([*stamps, "3:7:/in/a.jsonl", message_path("news.v1", 0, 7)])
    assert files == ["3:7:/in/a.jsonl", "3:7:/in/b.jsonl"]
    assert spans == {"0": [(4, 6), (7, 8)], "1": [(9, 10)]}


def test_spans_that_touch_or_overlap_are_one() -> None:
    assert joined([(7, 9), (0, 3), (3, 5), (8, 12), (20, 21), (1, 2)]) == [(0, 5), (7, 12), (20, 21)]


@pytest.mark.parametrize(
    ("spans", "beginning", "at", "gone"),
    [
        ([], 0, 0, 0),
        ([], 8, 8, 0),
        ([(0, 5), (7, 9)], 0, 5, 0),
        ([(3, 5)], 3, 5, 0),
        ([(0, 5), (7, 9)], 6, 6, 1),
        ([(0, 5), (7, 9)], 7, 9, 2),
        ([(0, 5), (7, 9)], 8, 9, 2),
        ([(0, 5), (7, 9)], 30, 30, 23),
        ([(0, 5)], 4, 5, 0),
    ],
)
def test_reading_goes_on_at_the_first_message_that_is_there_and_not_done(
    spans: list[Span], beginning: int, at: int, gone: int
) -> None:
    assert goes_on_at(spans, beginning) == at
    assert lost(spans, beginning) == gone
