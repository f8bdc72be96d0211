from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import DatePrecision, PreparedArticle, Relation
from tests.logic.deduplicating.invented import article, body, changed, corpora
from transforms.logic.deduplicating import DistinctText, similar
from transforms.logic.deduplicating.similarity import Stack
from transforms.logic.deduplicating.texts import copies_of, days_of, merged, text_key


def text_of(words: str, **fields: object) -> DistinctText:
    one = article(words, **fields)  # type: ignore[arg-type]
    return copies_of(one).text(text_key(one))


def test_lightly_edited_copy_is_near() -> None:
    verdict = similar(text_of(body(1)), text_of(changed(body(1), 1, 0.02)))
    assert verdict is not None
    assert verdict.relation is Relation.NEAR
    assert 0.7 < verdict.similarity < 1


def test_equal_words_have_similarity_one() -> None:
    verdict = similar(text_of(body(1)), text_of(body(1), name="other"))
    assert verdict == (Relation.NEAR, 1.0)


def test_unrelated_texts_are_not_similar() -> None:
    assert similar(text_of(body(1)), text_of(body(2))) is None


def test_third_of_a_text_is_an_excerpt() -> None:
    whole = body(1, 400)
    part = " ".join(whole.split()[:140])
    verdict = similar(text_of(whole), text_of(part))
    assert verdict is not None
    assert verdict.relation is Relation.EXCERPT


def test_live_blog_does_not_swallow_a_brief_that_it_quotes() -> None:
    brief = body(1, 100)
    assert similar(text_of(brief), text_of(f"{body(2, 300)} {brief} {body(3, 300)}")) is None


@pytest.mark.parametrize(("days", "near"), [(0, True), (60, True), (61, False)])
def test_copies_are_at_most_sixty_days_apart(days: int, near: bool) -> None:
    assert (similar(text_of(body(1)), text_of(changed(body(1), 1, 0.01), day=days)) is not None) == near


def test_undated_text_may_be_of_any_day() -> None:
    other = text_of(changed(body(1), 1, 0.01), day=400)
    assert similar(text_of(body(1), day=None), other) is not None


def test_exact_copies_bridge_time() -> None:
    early, late = article(body(1)), article(body(1), day=300)
    both = merged([copies_of(early), copies_of(late)]).text(text_key(early))
    assert similar(both, text_of(changed(body(1), 1, 0.01), day=320)) is not None


@pytest.mark.parametrize(
    ("precision", "days"),
    [
        (DatePrecision.DAY, (date(2024, 3, 1), date(2024, 3, 1))),
        (DatePrecision.MONTH, (date(2024, 3, 1), date(2024, 3, 31))),
        (DatePrecision.YEAR, (date(2024, 1, 1), date(2024, 12, 31))),
    ],
)
def test_coarse_dates_are_spans(precision: DatePrecision, days: tuple[date, date]) -> None:
    first, last, undated = days_of(article("x", precision=precision).head)
    assert (date.fromordinal(first), date.fromordinal(last), undated) == (*days, False)


def quake(seed: int) -> str:
    rng = np.random.default_rng(seed)
    numbers = iter(rng.integers(10, 10_000, 40).tolist())
    frame = body(50, 150).split()
    return " ".join(f"{word} {next(numbers)}" if at % 12 == 0 else word for at, word in enumerate(frame))


def test_templated_reports_of_different_events_stay_apart() -> None:
    a, b = text_of(quake(1)), text_of(quake(2))
    _, jaccard = Stack([a, b], 60).compare(0, np.array([1]))
    without = similar(text_of(body(50, 150)), a)
    assert jaccard[0] < 0.6
    assert without is not None or jaccard[0] > 0.2
    assert similar(a, b) is None


@pytest.mark.parametrize(("shared", "alike"), [(9, True), (4, False)])
def test_copies_share_their_numbers(shared: int, alike: bool) -> None:
    numbers = [f"{n}00{n}" for n in range(1, 19)]
    a = f"{body(1, 300)} {' '.join(numbers[:10])}"
    b = f"{body(1, 300)} {' '.join(numbers[:shared] + numbers[10 : 20 - shared])}"
    assert (similar(text_of(a), text_of(b)) is not None) == alike


def test_capped_numbers_are_compared_where_both_are_known() -> None:
    numbers = [str(n * n + 1000) for n in range(200)]
    a, b = f"{body(1, 300)} {' '.join(numbers)}", f"{body(1, 300)} {' '.join(numbers[:150])}"
    assert similar(text_of(a), text_of(b)) is not None


def test_short_and_empty_texts_are_similar_to_nothing() -> None:
    for words in ("", "Too short to say much.", "We use cookies. Subscribe."):
        assert similar(text_of(words), text_of(words, name="other")) is None


@given(corpora(most=4), st.data())
def test_similarity_is_symmetric(articles: list[PreparedArticle], data: st.DataObject) -> None:
    a, b = (data.draw(st.sampled_from(articles)) for _ in range(2))
    one, two = (copies_of(x).text(text_key(x)) for x in (a, b))
    assert similar(one, two) == similar(two, one)
