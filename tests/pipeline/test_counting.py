"""What is counted at once holds few rows, and together is all."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.counting import Count, counts_of
from transforms.logic.counting.rows import UNDATED_MONTH
from transforms.logic.recounting import months_to_read

MONTHS = [*(f"2024-{month:02}" for month in range(1, 13)), UNDATED_MONTH]


def test_months_are_counted_together_while_their_rows_are_few() -> None:
    rows = {"2024-01": 3, "2024-02": 3, "2024-03": 3, "2024-04": 3, UNDATED_MONTH: 1}
    groups = list(counts_of(rows.keys() - {"2024-04"}, rows, 9))
    assert groups == [Count(frozenset({"2024-01", "2024-02"})), Count(frozenset({"2024-03", UNDATED_MONTH}))]


def test_a_month_with_too_many_rows_is_counted_in_shares() -> None:
    groups = list(counts_of(["2024-01", "2024-05"], {"2024-01": 25, "2024-02": 1, "2024-05": 1}, 10))
    assert groups == [
        *(Count(frozenset({"2024-01"}), share, 3) for share in range(3)),
        Count(frozenset({"2024-05"})),
    ]


@given(st.dictionaries(st.sampled_from(MONTHS), st.integers(0, 50)), st.sets(st.sampled_from(MONTHS)))
def test_every_partition_is_counted_once(rows: dict[str, int], touched: set[str]) -> None:
    groups = list(counts_of(touched, rows, 20))
    whole = Counter(month for group in groups if group.share == 0 for month in group.partitions)
    assert whole == Counter(touched)
    for group in groups:
        read = sum(rows.get(month, 0) for month in months_to_read(group.partitions))
        assert read <= 20 * group.shares
        assert group.shares == 1 or len(group.partitions) == 1
