"""All addresses of one article have one key, and different articles have different ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.normalising import outlet_of, url_key

SAME = [
    "https://www.example.com/news/world-1?page=2",
    "http://example.com/news/world-1?page=2",
    "https://EXAMPLE.com:443/news//world-1/?utm_source=x&page=2#top",
    "https://m.example.com/news/world-1/index.html?page=2&fbclid=abc",
    "https://amp.example.com/news/./x/../world-1?at_medium=RSS&page=2",
    "//www.example.com/news/world-1/amp/?page=2&source=rss",
    "example.com/news/world-1?page=2",
    "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/news/world-1?page=2",
    "https://www.google.com/amp/s/example.com/news/world-1?page=2",
    " https://user:secret@example.com./news/wor%6cd-1?page=2 ",
]


@pytest.mark.parametrize("url", SAME)
def test_addresses_of_one_article(url: str) -> None:
    assert url_key(url) == "example.com/news/world-1?page=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.com/x?page=2", "https://a.com/x?page=3"),
        ("https://a.com/x?id=3", "https://a.com/x"),
        ("https://a.com/X", "https://a.com/x"),
        ("https://a.com/x?source=staff", "https://a.com/x"),
        ("https://a.com:8080/x", "https://a.com/x"),
        ("https://news.a.com/x", "https://a.com/x"),
    ],
)
def test_different_articles(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.com/x?b=2&a=1&utm_id=9", "a.com/x?a=1&b=2"),
        ("http://münchen.example.de/straße?q=ü", "xn--mnchen-3ya.example.de/stra%C3%9Fe?q=%C3%BC"),
        ("https://m.com/", "m.com"),
        ("http://[2001:db8::1]:80/x", "[2001:db8::1]/x"),
        ("http://10.0.0.1/x", "10.0.0.1/x"),
    ],
)
def test_keys_never_change(url: str, key: str) -> None:
    assert url_key(url) == key


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        " ",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "data:text/html,x",
        "news",
        "http://",
        "http://[::1",
        "http://a.com:99999/",
        "http://a..com",
        "ftp://a.com/x",
        "file:///tmp/x",
        "http://-.com",
        "A sentence. No address",
    ],
)
def test_what_is_no_web_address(url: str | None) -> None:
    assert url_key(url) is None


@given(
    st.text()
    | st.builds("http{}://{}/{}?{}".format, st.sampled_from(["", "s"]), st.text(), st.text(), st.text())
    | st.builds("https://a.com/{}?{}".format, st.text(), st.text())
)
def test_no_text_raises_and_a_key_is_its_own_key(url: str) -> None:
    key = url_key(url)
    assert key is None or url_key(key) == key
    outlet_of(url, url)


@pytest.mark.parametrize(
    ("url", "given_name", "outlet"),
    [
        ("https://www.bbc.co.uk/news/1", "BBC News", "bbc.co.uk"),
        ("https://edition.cnn.com/x", None, "cnn.com"),
        ("https://news.google.com/rss/articles/x", "The Example", "The Example"),
        ("https://one.blogspot.com/x", None, "one.blogspot.com"),
        (None, "www.nytimes.com", "nytimes.com"),
        (None, "https://nytimes.com/2024/x", "nytimes.com"),
        (None, "Al Jazeera  English\n", "Al Jazeera English"),
        (None, "A.M. Example", "A.M. Example"),
        (None, "None", None),
        (None, "--", None),
        ("no address", None, None),
        (None, None, None),
    ],
)
def test_outlet_of(url: str | None, given_name: str | None, outlet: str | None) -> None:
    assert outlet_of(url, given_name) == outlet
