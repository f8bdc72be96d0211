"""Any record gives a clean article or a reject, and the same record the same id for ever."""

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article, BodyKind, DatePrecision, RawArticle, RejectableError, RejectReason
from transforms.logic.normalising import normalise_article

BODY = (
    "The garrison left the fort on Monday, an officer said, and residents who had stayed behind watched"
    " the last trucks drive off.\nThe rebels entered at dusk."
)


def raw(**fields: object) -> RawArticle:
    return RawArticle.model_validate(
        {"source_file": "a.jsonl", "position": 0, "source_format": "jsonl"} | fields
    )


FULL = raw(
    record_id="r-1",
    url="https://www.example.com/world/fort?utm_source=feed",
    outlet="The Example",
    title="Garrison leaves the fort - The Example",
    body="\n".join(
        [
            "Garrison leaves the fort",
            "By Jane Roe",
            f"AKKA (AFP) - {BODY}",
            "Read more: Ten",
            "Original Source: a.org",
        ]
    ),
    published="Wed, 25 Oct 2023 11:16:00 EDT",
    fetched="2023-10-26T00:10:00Z",
    language="english",
)


def test_every_field_is_normalised() -> None:
    article = normalise_article(FULL)
    assert article.body == f"AKKA\n{BODY}"
    assert article.text == f"Garrison leaves the fort\n\nAKKA\n{BODY}"
    assert (article.url_key, article.outlet) == ("example.com/world/fort", "example.com")
    assert article.published == datetime(2023, 10, 25, 15, 16, tzinfo=UTC)
    assert (article.published_precision, article.published_inferred) == (DatePrecision.SECOND, False)
    assert article.fetched == datetime(2023, 10, 26, 0, 10, tzinfo=UTC)
    assert (article.language, article.byline, article.body_kind) == ("en", "Jane Roe", BodyKind.FULL)
    assert (article.record_id, article.url) == ("r-1", "https://www.example.com/world/fort?utm_source=feed")


GOLDEN = [
    (FULL, "2de06c9a990734f73f863f8661f0ab9d", "6099e2551584e935080c8c4fbb5711d8"),
    (raw(body=BODY), "c8c5ad7111ddc8d2485dda01e6aad932", "915dc9830169f123ee07eac408e6823b"),
    (
        raw(outlet="The Example", record_id="7", title="Fort falls", body=BODY, published="May 2024"),
        "f3b23611002a70750a9a6b323de80e6b",
        "915dc9830169f123ee07eac408e6823b",
    ),
    (
        raw(title="Live updates", url="https://example.com/live/1", body_kind="none"),
        "0ec61504017d9399114b4a42cb99b716",
        "aea4f5fa49e2ba6c1ec2b1c324268634",
    ),
    (
        raw(title="Überfall auf São Tomé", outlet="Beispiel", published="2024-01-05"),
        "9dbff82b676bdf2e931adf41f94fe9f5",
        "2dbfbd6d0991e5c54430f183f2da00df",
    ),
]


@pytest.mark.parametrize(("record", "article_id", "content_hash"), GOLDEN)
def test_ids_and_hashes_never_change(record: RawArticle, article_id: str, content_hash: str) -> None:
    article = normalise_article(record)
    assert (article.article_id, article.content_hash.hex()) == (article_id, content_hash)


def test_neither_file_nor_position_counts() -> None:
    moved = FULL.model_copy(update={"source_file": "b.csv", "position": 99, "source_format": "csv"})
    assert normalise_article(moved).article_id == normalise_article(FULL).article_id


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://example.com/world/fort/?fbclid=1"},
        {"record_id": "other", "outlet": "Example"},
        {"body": f"Garrison leaves the fort\nAKKA - {BODY.upper()}"},
        {"fetched": "2024-01-01", "language": "fr", "byline": "John Doe"},
    ],
)
def test_what_does_not_make_another_article(change: dict[str, str]) -> None:
    assert normalise_article(FULL.model_copy(update=change)).article_id == normalise_article(FULL).article_id


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://example.com/world/fort2"},
        {"title": "Garrison flees the fort"},
        {"body": f"{BODY} More followed."},
        {"published": "2023-10-25"},
    ],
)
def test_what_makes_another_article(change: dict[str, str]) -> None:
    assert normalise_article(FULL.model_copy(update=change)).article_id != normalise_article(FULL).article_id


def test_title_only_articles_never_match_by_title_alone() -> None:
    lists = [
        {"url": "https://a.com/1"},
        {"url": "https://a.com/2"},
        {"outlet": "A", "record_id": "1"},
        {"outlet": "B"},
    ]
    lists += [{"published": "2024-05-01"}, {"published": "2024-05-02"}]
    articles = [normalise_article(raw(title="Live updates", **fields)) for fields in lists]
    assert {article.body_kind for article in articles} == {BodyKind.NONE}
    assert len({article.content_hash for article in articles}) == len(lists)
    assert len({article.article_id for article in articles}) == len(lists)


@pytest.mark.parametrize(
    ("fields", "published", "precision"),
    [
        ({"published_hint": "2021-05-16"}, "2021-05-16", DatePrecision.DAY),
        ({"url": "https://example.com/2023/10/25/fort"}, "2023-10-25", DatePrecision.DAY),
        ({"url": "https://example.com/world/2022/may/5/fort"}, "2022-05-05", DatePrecision.DAY),
        ({"body": f"On 14 July 2025, {BODY}"}, "2025-07-14", DatePrecision.DAY),
        ({"published": "3 days ago", "fetched": "2023-10-26"}, "2023-10-23", DatePrecision.DAY),
        ({"published": "None", "published_hint": "2021-05"}, "2021-05-01", DatePrecision.MONTH),
    ],
)
def test_inferred_dates(fields: dict[str, str], published: str, precision: DatePrecision) -> None:
    article = normalise_article(raw(**({"body": BODY} | fields)))
    assert article.published == datetime.fromisoformat(published).replace(tzinfo=UTC)
    assert (article.published_precision, article.published_inferred) == (precision, True)


def test_an_inferred_date_is_no_part_of_the_id() -> None:
    record = raw(body=BODY, record_id="7", published="3 days ago")
    ids = {
        normalise_article(record.model_copy(update={"fetched": fetched})).article_id
        for fetched in (None, "2023-10-26", "2023-11-05")
    }
    assert len(ids) == 1


def test_undated_articles_stay_undated() -> None:
    article = normalise_article(raw(body=BODY, published="15-Oct"))
    assert (article.published, article.published_precision, article.published_inferred) == (None, None, False)


def test_the_source_line_is_the_outlet_and_no_text() -> None:
    for body in (f"{BODY}\nOriginal Source: www.nytimes.com", f"{BODY} Original Source: www.nytimes.com"):
        article = normalise_article(raw(body=body))
        assert (article.outlet, article.body) == ("nytimes.com", BODY)


def test_html_escaped_html_and_wrapped_text_give_the_same_body() -> None:
    html = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
    escaped = html.replace("<", "&lt;").replace(">", "&gt;")
    for body in (html, escaped, BODY.replace("\n", "\r\n\r\n")):
        assert normalise_article(raw(body=body)).body == BODY
    assert normalise_article(raw(body=html, body_is_html=True)).body == BODY


def test_a_page_gives_what_the_record_lacks() -> None:
    paragraphs = "".join(
        f"<p>{line} It was the third such day this month.</p>" for line in BODY.split("\n") * 3
    )
    page = (
        '<!doctype html><html lang="en"><head><title>Garrison leaves the fort</title>'
        '<meta property="article:published_time" content="2024-11-30T10:00:05Z">'
        '<link rel="canonical" href="https://news.example.com/fort">'
        '<meta property="og:site_name" content="Example">'
        "</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Garrison leaves the fort</h1>{paragraphs}</article>"
        "<footer>Copyright 2024 Example</footer></body></html>"
    )
    article = normalise_article(raw(body=page, body_is_html=True))
    assert article.title == "Garrison leaves the fort"
    assert article.published == datetime(2024, 11, 30, 10, 0, 5, tzinfo=UTC)
    assert not article.published_inferred
    assert (article.outlet, article.url_key, article.language) == (
        "example.com",
        "news.example.com/fort",
        "en",
    )
    assert article.body.startswith("The garrison left the fort")
    assert "Home" not in article.body
    given_title = normalise_article(raw(body=page, title="Own title", published="2024-12-01"))
    assert (given_title.title, given_title.published) == ("Own title", datetime(2024, 12, 1, tzinfo=UTC))


def test_a_page_without_an_article_keeps_its_text() -> None:
    assert (
        "Rebels left" in normalise_article(raw(body="<html><body><div>Rebels left.</div></body></html>")).body
    )


def test_a_cut_body_says_so() -> None:
    article = normalise_article(raw(body=f"{BODY} The last… [+1234 chars]"))
    assert article.body_kind is BodyKind.TRUNCATED
    assert article.body == f"{BODY} The last"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, RejectReason.NO_TEXT),
        ({"title": " ", "body": "\n"}, RejectReason.NO_TEXT),
        ({"title": "None", "body": "12 — 45"}, RejectReason.NO_TEXT),
        ({"body": "<div><img src='x'></div>"}, RejectReason.NO_TEXT),
        ({"title": "[Removed]", "body": "[Removed]"}, RejectReason.REMOVED),
        ({"title": "[Removed]"}, RejectReason.REMOVED),
    ],
)
def test_rejects(fields: dict[str, str], reason: RejectReason) -> None:
    with pytest.raises(RejectableError) as error:
        normalise_article(raw(**fields))
    assert error.value.reason is reason


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=80)
PIECES = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<aside>",
            "[[a|b]]",
            "Original Source: x.com",
            "\n",
            ". ",
            "BEIRUT (Reuters) - ",
            "&lt;p&gt;",
            "5 May 2020 ",
            "By Jane Roe",
            "Rebels left",
            "[Removed]",
            "© 2023 A",
            "Reuter",
            "\x00",
            "\ud800",
            '"',
            "<html>",
        ]
    )
).map("".join)
TEXT_FIELDS = (
    *("record_id", "url", "outlet", "title", "body"),
    *("published", "fetched", "language", "byline", "published_hint"),
)
FIELD = st.none() | ANY_TEXT | PIECES


@given(
    st.fixed_dictionaries(
        dict.fromkeys(TEXT_FIELDS, FIELD)
        | {"body_is_html": st.booleans(), "body_kind": st.sampled_from(BodyKind)}
    )
)
def test_any_record_gives_an_article_or_a_reject(fields: dict[str, Any]) -> None:
    given_fields: dict[str, Any] = {"source_file": "a", "position": 0, "source_format": "jsonl"} | fields
    record = RawArticle.model_construct(**given_fields)
    try:
        article = normalise_article(record)
    except RejectableError:
        return
    assert_clean(article)


def assert_clean(article: Article) -> None:
    for text in (article.title or "", article.body.replace("\n", "")):
        assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)
    assert "\n" not in (article.title or "")
    assert not any(line.lower().startswith("original source:") for line in article.body.split("\n"))
    assert all(article.body.split("\n")) or article.body == ""
    assert len(article.article_id) == 32
    assert len(article.content_hash) == 16
    for value in (
        article.title,
        article.body,
        article.url,
        article.outlet,
        article.record_id,
        article.byline,
    ):
        (value or "").encode()
