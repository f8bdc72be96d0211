"""Which files have arrived, and how many are read together."""

import pytest

from schemas import Arrival
from transforms.logic.streaming.arriving import has_arrived, under_way

SECOND = 1_000_000_000


def a_file(path: str = "in/a.jsonl", size: int = 10, at: int = 100) -> Arrival:
    return Arrival(path=path, size=size, modified_ns=at * SECOND)


@pytest.mark.parametrize("name", ["in/.a.jsonl", "in/a.jsonl.part", "in/a.TMP", "in/a.gz.crdownload"])
def test_names_of_unfinished_files_are_left_alone(name: str) -> None:
    assert not has_arrived(a_file(name), 10_000 * SECOND, 5)


def test_a_file_has_arrived_when_it_has_not_changed_for_long_enough() -> None:
    assert not has_arrived(a_file(at=100), 104 * SECOND, 5)
    assert has_arrived(a_file(at=100), 105 * SECOND, 5)


def test_the_oldest_come_first_and_the_rest_wait_in_the_folder() -> None:
    files = [a_file("in/c", 60, 1), a_file("in/b", 60, 3), a_file("in/a", 30, 2)]
    assert [file.path for file in under_way(files, (), 100)] == ["in/c", "in/a"]
    done = {files[0].stamp}
    assert [file.path for file in under_way(files, done, 100)] == ["in/a", "in/b"]


def test_a_file_larger_than_all_that_may_be_under_way_is_read_alone() -> None:
    files = [a_file("in/a", 500, 1), a_file("in/b", 1, 2)]
    assert [file.path for file in under_way(files, (), 100)] == ["in/a"]


def test_another_content_at_the_same_path_is_another_file() -> None:
    old, new = a_file(size=10), a_file(size=11)
    assert under_way([new], {old.stamp}, 100) == [new]
