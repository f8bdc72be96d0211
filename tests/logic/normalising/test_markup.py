"""Text comes out of HTML and wiki mark-up, and nothing else does."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.normalising import clean_text
from transforms.logic.normalising.markup import (
    fragment_text,
    looks_like_fragment,
    looks_like_page,
    strip_wiki,
    unescape_markup,
)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<p>One <a href='x'>two</a></p> <p>three<br/>four</p>", ["One two", "three", "four"]),
        ("<ul><li>one</li><li>t<b>w</b>o</li></ul><h2>Three</h2>", ["one", "two", "Three"]),
        ("<p>a</p><figure><img src='x'><figcaption>caption</figcaption></figure><p>b</p>", ["a", "b"]),
        ("<p>a</p><aside><aside>x</aside><p>Related: y</p></aside><p>b</p>", ["a", "b"]),
        ("<p>a</p><script>if (a<b) {x}</script><style>p{}</style><!-- c --><p>b</p>", ["a", "b"]),
        ("<p>a</p><aside>never closed<p>b</p>", ["a", "never closed", "b"]),
        ("<p>a &amp; b&nbsp;&lt;c&gt;</p>", ["a & b <c>"]),
        ("<p>wrapped\nin source</p>", ["wrapped in source"]),
        ("<p>5 < 6 and 7 > 3</p>", ["5 < 6 and 7 > 3"]),
    ],
)
def test_fragment_text(source: str, lines: list[str]) -> None:
    assert clean_text(fragment_text(source)).split("\n") == lines


@given(
    st.text(alphabet="<>/ap!-s \"'=&;\n")
    | st.lists(st.sampled_from(["<p>", "</p>", "<aside>", "</aside", ">x"])).map("".join)
)
def test_fragment_text_never_raises(source: str) -> None:
    fragment_text(source)


@pytest.mark.parametrize(
    "piece", ["<aside>", "<aside", "</aside>", "<!--", "<p a=", "<script>x", "&lt;", "<figure></figure>"]
)
def test_hostile_fragments_take_linear_time(piece: str) -> None:
    started = time.process_time()
    fragment_text(piece * 20_000)
    assert time.process_time() - started < 5


def test_what_is_html() -> None:
    assert looks_like_fragment("a <p>b</p>")
    assert not looks_like_fragment("<REVCO> said 3 < 4")
    assert looks_like_page("\n<!DOCTYPE html><html>")
    assert not looks_like_page("<p>no page</p>")
    assert unescape_markup("&lt;p&gt;a &amp;amp; b&lt;/p&gt;") == "<p>a &amp; b</p>"
    assert unescape_markup("a &lt; b") == "a &lt; b"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[[Aleppo]] and the [[Syrian Army|army]]", "Aleppo and the army"),
        ("[[File:map.png|thumb|The [[front]] line]]Troops [[left]]", "Troops left"),
        ("{{date|May 5}}[[A]] [https://example.com said so] '''bold'''", "A said so bold"),
        ("== Sources ==\n[[A]]", "Sources\nA"),
        ("no wiki text [1] '''", "no wiki text [1] '''"),
    ],
)
def test_strip_wiki(source: str, text: str) -> None:
    assert strip_wiki(source) == text
