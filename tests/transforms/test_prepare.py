"""Every record comes out once, and only our own faults stop a run."""

from datetime import date
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to

from schemas import Article, Coding, PreparedArticle, RawArticle, Reject, RejectableError, RejectReason
from schemas.reject import RAW_CAP
from tests.pipeline.invented import the_articles
from transforms.logic.deduplicating.history import NoHistory
from transforms.logic.deduplicating.postings import Block, id_blocks
from transforms.logic.normalising import normalise_article
from transforms.logic.preparing import Preparer
from transforms.logic.rejecting import reject_of, reject_row
from transforms.metrics import LIVE
from transforms.prepare import PrepareArticles, RecordFaultError


class _Lexicon:
    version = "v"


class _Coder:
    """Codes nothing, and stumbles over one title."""

    built = 0

    def __init__(self, lexicon: Any = None) -> None:
        type(self).built += 1

    def code(self, article: Article) -> Coding:
        if article.title == "Our fault":
            raise KeyError("actor")
        return Coding(status="coded", events=(), dyads=())


@pytest.fixture(autouse=True)
def _without_a_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transforms.logic.workers.Coder", _Coder)
    _Coder.built = 0


def _raw(position: int, record: dict[str, Any]) -> RawArticle:
    return RawArticle(
        source_file="d.jsonl",
        position=position,
        source_format="jsonl",
        record_id=record["id"],
        url=record["url"],
        outlet=record["source"],
        title=record["title"],
        body=record["text"],
        published=record["published"],
    )


RAWS = [_raw(n, record) for n, record in enumerate(the_articles())]
EMPTY = 10
"""The position of the record without text."""


def _check(expected: dict[str, list[Any]], batches: list[list[RawArticle]], **options: Any) -> None:
    with beam.Pipeline("FnApiRunner") as root:
        prepared = root | beam.Create(batches) | PrepareArticles(_Lexicon(), **options)  # type: ignore[arg-type]
        for name, elements in expected.items():
            assert_that(getattr(prepared, name), equal_to(elements), name)


@pytest.mark.parametrize("keep_text", [True, False])
def test_each_record_is_an_article_or_a_reject(keep_text: bool) -> None:
    preparer = Preparer(_Coder(), keep_text)  # type: ignore[arg-type]
    good = [preparer.prepare(raw) for raw in RAWS if raw.position != EMPTY]
    assert all(isinstance(one, PreparedArticle) and (one.text is not None) == keep_text for one in good)
    with pytest.raises(RejectableError) as caught:
        preparer.prepare(RAWS[EMPTY])
    reject = reject_of(RAWS[EMPTY], caught.value)
    assert (reject.reason, reject.position) == (RejectReason.NO_TEXT, EMPTY)
    _check(
        {"articles": good, "rejects": [reject], "tallies": []}, [RAWS[:5], RAWS[5:], []], keep_text=keep_text
    )


def test_days_of_publication_are_chosen_and_the_others_counted() -> None:
    preparer = Preparer(_Coder())  # type: ignore[arg-type]
    taken = [
        raw for raw in RAWS if raw.published is None or raw.published[:10] in ("2024-12-07", "2024-12-31")
    ]
    assert [raw.position for raw in taken] == [2, 3, 6, 8]
    chosen = {"published_from": date(2024, 12, 7), "published_to": date(2024, 12, 31)}
    articles = [preparer.prepare(raw) for raw in taken]
    outside = len(RAWS) - 1 - len(taken)
    _check({"articles": articles, "tallies": [("outside", outside)]}, [RAWS], **chosen)


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [
        (None, None, True),
        (date(2024, 12, 6), None, True),
        (date(2024, 12, 7), None, False),
        (None, date(2024, 12, 6), True),
        (None, date(2024, 12, 5), False),
    ],
)
def test_both_ends_of_the_chosen_days_are_in(first: date | None, last: date | None, kept: bool) -> None:
    preparer = Preparer(_Coder(), published_from=first, published_to=last)  # type: ignore[arg-type]
    assert (preparer.prepare(RAWS[0]) is not None) == kept


class _Store(NoHistory):
    """Has the articles of all records whose position is odd."""

    def ids(self, shard: int) -> list[Block]:
        held = [bytes.fromhex(normalise_article(raw).article_id) for raw in RAWS if raw.position % 2]
        return id_blocks(one for one in held if one[0] >> 4 == shard)


def test_what_the_store_has_is_counted_and_not_coded() -> None:
    preparer = Preparer(_Coder())  # type: ignore[arg-type]
    faults = [raw.model_copy(update={"source_file": "again.jsonl"}) for raw in RAWS if raw.position % 2]
    articles = [preparer.prepare(raw) for raw in RAWS if not raw.position % 2 and raw.position != EMPTY]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Coder, "code", _code_even)
        _check(
            {"articles": articles, "tallies": [("replays", len(faults))] * 2},
            [RAWS, faults],
            history=_Store(),
        )


def _code_even(coder: _Coder, article: Article) -> Coding:
    assert article.position % 2 == 0, "coded again"
    return Coding(status="coded", events=(), dyads=())


def test_days_that_are_not_chosen_come_before_what_the_store_has() -> None:
    chosen = {"published_from": date(2024, 12, 7), "published_to": date(2024, 12, 31)}
    outside = len(RAWS) - 1 - 4  # of the four, the record at 3 is in the store
    _check({"tallies": [("outside", outside), ("replays", 1)]}, [RAWS], history=_Store(), **chosen)


def test_a_fault_of_ours_fails_the_run_and_names_the_record() -> None:
    faulty = RAWS[3].model_copy(update={"title": "Our fault"})
    with pytest.raises(RecordFaultError, match=r"d\.jsonl, record at 3: KeyError: 'actor'"):
        _check({}, [[RAWS[0], faulty]])


def test_the_coder_is_built_once_a_process() -> None:
    _check({}, [[raw] for raw in RAWS])
    assert _Coder.built == 1


def test_the_live_tally_grows_with_every_batch() -> None:
    before = LIVE.now
    _check({}, [RAWS[:6], RAWS[6:]])
    grown = [now - then for now, then in zip(LIVE.now, before, strict=True)]
    assert grown == [len(RAWS), sum(len(raw.body or "") for raw in RAWS), 1, 0, 0, 0]


def test_a_reject_keeps_no_more_than_its_share_of_a_huge_record() -> None:
    huge = RAWS[0].model_copy(update={"body": "x" * 100_000})
    reject = reject_of(huge, RejectableError(RejectReason.TOO_LARGE, "too long"))
    assert len(reject.raw) == RAW_CAP
    assert reject.raw_bytes > 100_000


def test_reject_id_depends_on_the_record_and_not_on_the_run() -> None:
    reject = Reject(
        source_file="a",
        position=1,
        source_format="x",
        reason=RejectReason.NO_TEXT,
        detail="",
        raw=b"",
        raw_bytes=0,
    )
    one = reject_row(reject, "r1").reject_id
    assert one == reject_row(reject.model_copy(update={"detail": "other words"}), "r2").reject_id
    changes: list[dict[str, Any]] = [
        {"source_file": "b"}, {"position": 2}, {"reason": RejectReason.REMOVED}, {"raw": b"z"}
    ]  # fmt: skip
    ids = {reject_row(reject.model_copy(update=change), "r").reject_id for change in changes}
    assert len(ids | {one}) == 5
