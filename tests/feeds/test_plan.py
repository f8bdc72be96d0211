from pipeline.feeds.plan import Part, digests, plan_sync
from pipeline.store.delta import DataFile


def files(*pairs: tuple[str, str | None]) -> list[DataFile]:
    return [DataFile(path, partition, 1, 1) for path, partition in pairs]


def test_equal_states_need_nothing() -> None:
    now = digests("events", files(("a", "2023-01"), ("b", "2023-02")))
    assert plan_sync(now, now) == ((), ())


def test_a_partition_with_another_file_is_replaced_and_a_vanished_one_removed() -> None:
    sent = digests("events", files(("a", "2023-01"), ("b", "2023-02"), ("c", "2023-03")))
    now = digests("events", files(("a", "2023-01"), ("b", "2023-02"), ("d", "2023-02")))
    plan = plan_sync(now, sent)
    assert [part for part, _ in plan.replace] == [Part("events", "2023-02")]
    assert plan.remove == (Part("events", "2023-03"),)


def test_the_order_of_files_does_not_matter() -> None:
    one = digests("events", files(("a", "2023-01"), ("b", "2023-01")))
    two = digests("events", files(("b", "2023-01"), ("a", "2023-01")))
    assert one == two


def test_a_table_without_partitions_is_one_part() -> None:
    assert list(digests("rejects", files(("a", None), ("b", None)))) == [Part("rejects", "")]
