"""The shapes of known feeds, a user's own shapes, and what is said of wrong ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas import BodyKind, ConfigError
from tests.logic.reading.reading_helpers import SHAPES, articles, jsonl, read_bytes, reasons, record, rejects
from transforms.logic.reading import FORMATS, load_shapes
from transforms.logic.reading.sniffing import BUILT_IN_SHAPES

NEWS_PLEASE = {
    "authors": ["Ann Writer", "Ben Author"],
    "date_download": "None",
    "date_modify": None,
    "date_publish": "2024-12-06 07:30:00",
    "description": "In short.",
    "language": "en",
    "localpath": None,
    "maintext": "The old port was left.",
    "source_domain": "www.harbourpost.example",
    "title": "Ferries leave",
    "title_page": None,
    "url": "https://harbourpost.example/1",
}
WEBZ = {
    "uuid": "u1",
    "url": "https://harbourpost.example/1",
    "ord_in_thread": 0,
    "author": "Ann Writer",
    "published": "2024-12-06T07:30:00.000+02:00",
    "title": "",
    "text": "The old port was left.",
    "language": "english",
    "crawled": "2024-12-06T09:00:00.000+02:00",
    "thread": {
        "site": "harbourpost.example",
        "site_full": "www.harbourpost.example",
        "title": "Ferries leave",
    },
}
NEWSAPI = {
    "source": {"id": None, "name": "Harbour Post"},
    "author": "Ann Writer",
    "title": "Ferries leave - Harbour Post",
    "description": "In short.",
    "url": "https://harbourpost.example/1",
    "urlToImage": None,
    "publishedAt": "2024-12-06T07:30:00Z",
    "content": "The old port was left by… [+1234 chars]",
}
EVENT_REGISTRY = {
    "uri": "8111",
    "lang": "eng",
    "isDuplicate": False,
    "dateTime": "2024-12-06T08:00:00Z",
    "dateTimePub": "2024-12-06T07:30:00Z",
    "url": "https://harbourpost.example/1",
    "title": "Ferries leave",
    "body": "The old port was left.",
    "source": {"uri": "harbourpost.example", "title": "Harbour Post"},
    "authors": [{"name": "Ann Writer", "uri": "a@x"}, {"name": "Ben Author"}],
}
GUARDIAN = {
    "id": "world/2024/dec/06/ferries",
    "type": "article",
    "webPublicationDate": "2024-12-06T07:30:00Z",
    "webTitle": "Ferries leave",
    "webUrl": "https://www.theguardian.com/world/2024/dec/06/ferries",
    "fields": {"body": "<p>The old port was left.</p>", "trailText": "In short", "byline": "Ann Writer"},
}
GDELT = {
    "url": "https://harbourpost.example/1",
    "url_mobile": "",
    "title": "Ferries leave",
    "seendate": "20241206T073000Z",
    "socialimage": "",
    "domain": "harbourpost.example",
    "language": "English",
    "sourcecountry": "Malta",
}
CC_NEWS = {
    "title": "Ferries leave",
    "text": "The old port was left.",
    "domain": "harbourpost.example",
    "date": "2024-12-06 07:30:00",
    "description": "In short.",
    "url": "https://harbourpost.example/1",
    "image_url": None,
}


def one(document: object) -> dict[str, Any]:
    (found,) = articles(read_bytes("a.json", json.dumps(document).encode()))
    return found.model_dump(exclude_defaults=True, exclude={"source_file", "position", "url"})


def test_news_please() -> None:
    assert one(NEWS_PLEASE) == {
        "source_format": "json:news-please",
        "outlet": "www.harbourpost.example",
        "title": "Ferries leave",
        "body": "The old port was left.",
        "published": "2024-12-06 07:30:00",
        "language": "en",
        "byline": "Ann Writer, Ben Author",
    }
    assert one({**NEWS_PLEASE, "maintext": None})["body_kind"] is BodyKind.SUMMARY


def test_webz_and_its_comments() -> None:
    found = one({"posts": [WEBZ], "totalResults": 1})
    assert found == {
        "source_format": "json:webz",
        "record_id": "u1",
        "outlet": "www.harbourpost.example",
        "title": "Ferries leave",
        "body": "The old port was left.",
        "published": "2024-12-06T07:30:00.000+02:00",
        "fetched": "2024-12-06T09:00:00.000+02:00",
        "language": "english",
        "byline": "Ann Writer",
    }
    comments = [WEBZ, {**WEBZ, "ord_in_thread": 3}, {**WEBZ, "ord_in_thread": "1"}]
    outcomes = read_bytes("a.jsonl", jsonl(*comments))
    assert reasons(outcomes) == ["not_an_article"] * 2
    odd = [{**WEBZ, "ord_in_thread": text} for text in ("\u00b2", "9" * 5000, "x")]
    assert reasons(read_bytes("a.jsonl", jsonl(*odd))) == []


def test_newsapi_is_cut_and_removed() -> None:
    found = one({"status": "ok", "totalResults": 1, "articles": [NEWSAPI]})
    assert (found["source_format"], found["outlet"], found["body_kind"]) == (
        "json:newsapi",
        "Harbour Post",
        BodyKind.TRUNCATED,
    )
    assert one({**NEWSAPI, "content": None})["body_kind"] is BodyKind.SUMMARY
    gone = {**NEWSAPI, "title": "[Removed]", "content": "[Removed]", "description": "[Removed]"}
    assert reasons(read_bytes("a.jsonl", jsonl(NEWSAPI, gone))) == ["removed"]


def test_event_registry() -> None:
    found = one({"articles": {"page": 1, "results": [EVENT_REGISTRY]}})
    assert (found["source_format"], found["record_id"], found["outlet"]) == (
        "json:event-registry",
        "8111",
        "harbourpost.example",
    )
    assert (found["byline"], found["published"], found["fetched"], found["language"]) == (
        "Ann Writer, Ben Author",
        "2024-12-06T07:30:00Z",
        "2024-12-06T08:00:00Z",
        "eng",
    )


def test_guardian_html_plain_and_summary() -> None:
    found = one({"response": {"status": "ok", "total": 1, "results": [GUARDIAN]}})
    assert (found["source_format"], found["outlet"], found["body_is_html"]) == (
        "json:guardian",
        "The Guardian",
        True,
    )
    plain = one({**GUARDIAN, "fields": {"bodyText": "The old port.", "body": "<p>The old port.</p>"}})
    assert "body_is_html" not in plain
    assert (
        one({**GUARDIAN, "fields": {"body": "", "trailText": "In <b>short</b>"}})["body_kind"]
        is BodyKind.SUMMARY
    )
    assert (
        one({key: value for key, value in GUARDIAN.items() if key != "fields"})["body_kind"] is BodyKind.NONE
    )


def test_gdelt_says_when_it_saw_a_page_and_not_when_it_was_published() -> None:
    assert one({"articles": [GDELT]}) == {
        "source_format": "json:gdelt-doc",
        "outlet": "harbourpost.example",
        "title": "Ferries leave",
        "published_hint": "20241206T073000Z",
        "fetched": "20241206T073000Z",
        "language": "English",
        "body_kind": BodyKind.NONE,
    }


def test_cc_news() -> None:
    found = one(CC_NEWS)
    assert (found["source_format"], found["outlet"]) == ("json:cc-news", "harbourpost.example")
    assert "published" not in one({**CC_NEWS, "date": ""})


def test_keys_flattened_with_dots_are_found() -> None:
    flat = {
        "webUrl": "https://x.example",
        "webTitle": "T",
        "webPublicationDate": "2024",
        "fields.bodyText": "The text.",
    }
    assert one(flat)["body"] == "The text."


OWN = """
[quay]
needs = ["headline", "story.text"]
records = ["payload.items"]
[quay.fields]
title = "headline"
body = ["story.text", { path = "teaser", kind = "summary", html = true }]
byline = "writers[].name"
url = { path = "ref", capture = "link=(.*)$" }
[quay.constants]
outlet = "Quay News"
[[quay.skip]]
path = "kind"
equals = ["advert"]
"""


def test_a_users_own_shape(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    items = [
        {
            "headline": "A storm",
            "story": {"text": "It blew."},
            "writers": [{"name": "A"}, {"x": 1}],
            "ref": "link=u://1",
        },
        {"headline": "A storm", "story": {"text": None}, "teaser": "<i>It blew</i>"},
        {"headline": "Buy", "story": {"text": "Now"}, "kind": "advert"},
    ]
    data = json.dumps({"payload": {"items": items}}).encode()
    outcomes = read_bytes("a.json", data, shapes=load_shapes(user=path))
    first, second = articles(outcomes)
    assert (first.source_format, first.outlet, first.byline, first.url) == (
        "json:quay",
        "Quay News",
        "A",
        "u://1",
    )
    assert (second.body_kind, second.body_is_html) == (BodyKind.SUMMARY, True)
    assert reasons(outcomes) == ["not_an_article"]
    assert reasons(read_bytes("a.json", data)) == ["unknown_format"]


def test_a_users_shape_replaces_ours_of_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[canonical]\nneeds = ["id", "text", "title", "source"]\n[canonical.fields]\nbody = "title"\n'
    )
    (found,) = articles(read_bytes("a.jsonl", jsonl(record(1)), shapes=load_shapes(user=path)))
    assert found.body == record(1)["title"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a\n", "not TOML"),
        ("", "holds no shape"),
        ("x = 1\n", "x: a shape is a table"),
        ("[a]\nneeds = ['x']\n[a.fields]\nheadline = 'x'\n", "no such field: headline"),
        ("[a]\nneeds = ['x']\n[a.fields]\nurl = 'x'\n", "neither 'title' nor 'body'"),
        ("[a]\n[a.fields]\ntitle = 'x'\n", "fit everything"),
        ("[a]\nneeds = ['x']\n[a.fields]\ntitle = 'x..y'\n", "a.fields.title.0.path: not a dotted path"),
        ("[a]\nneeds = ['x']\n[a.fields]\ntitle = { path = 'x', kind = 'half' }\n", "a.fields.title.0.kind"),
        ("[a]\nneeds = ['x']\n[a.fields]\ntitle = { path = 'x', capture = '(' }\n", "regular expression"),
        ("[a]\nneeds = ['x']\nwants = 1\n[a.fields]\ntitle = 'x'\n", "a.wants"),
        (
            "[a]\nneeds = ['x']\n[a.fields]\ntitle = 'x'\n[[a.skip]]\npath = 'y'\n",
            "needs 'above' or 'equals'",
        ),
    ],
)
def test_wrong_mapping_files_name_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_shapes(user=path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_mapping_file_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_shapes(user=tmp_path / "none.toml")


def test_formats_names_every_built_in_shape() -> None:
    assert SHAPES.names == BUILT_IN_SHAPES
    assert len(set(FORMATS)) == len(FORMATS)


def test_a_forced_format_that_is_none_is_a_config_error() -> None:
    with pytest.raises(ConfigError, match="no such format"):
        read_bytes("a.json", b"{}", format="jsonnl")


def test_a_forced_shape_wins_over_the_keys() -> None:
    outcomes = read_bytes("a.jsonl", jsonl(record(1)), format="guardian")
    (reject,) = rejects(outcomes)
    assert (reject.reason.value, reject.source_format) == ("wrong_shape", "jsonl:guardian")
