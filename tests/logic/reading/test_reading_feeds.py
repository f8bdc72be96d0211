"""RSS and Atom."""

from schemas import BodyKind
from tests.logic.reading.reading_helpers import articles, read_bytes, reasons

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><link>https://harbourpost.example/</link><language>en-gb</language>
<item><guid>g-1</guid><title>Ferries leave</title><link>https://harbourpost.example/1</link>
 <pubDate>Fri, 06 Dec 2024 07:30:00 GMT</pubDate><dc:creator>A. Writer</dc:creator>
 <description>&lt;b&gt;In short&lt;/b&gt;</description>
 <content:encoded><![CDATA[<p>The old port was left.</p>]]></content:encoded></item>
<item><guid>g-2</guid><title>More ferries</title><description>Only a teaser &amp; no more</description></item>
<item><guid>g-3</guid><title>No text at all</title></item>
<item><guid>g-4</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay News</title>
<entry><id>tag:1</id><title>A storm</title><link href="https://quay.example/1"/><updated>2024-12-06T07:30:00Z</updated>
<content type="text">Plain words.</content></entry></feed>"""


def test_rss_entries() -> None:
    outcomes = read_bytes("feed.xml", RSS.encode())
    first, second, third = articles(outcomes)
    assert (first.record_id, first.outlet, first.language, first.byline) == (
        "g-1",
        "Harbour Post",
        "en-gb",
        "A. Writer",
    )
    assert (first.body, first.body_kind, first.body_is_html) == (
        "<p>The old port was left.</p>",
        BodyKind.FULL,
        True,
    )
    assert first.published == "Fri, 06 Dec 2024 07:30:00 GMT"
    assert second.body_kind is BodyKind.SUMMARY
    assert third.body_kind is BodyKind.NONE
    assert reasons(outcomes) == ["no_text"]
    assert [each.position for each in outcomes] == [0, 1, 2, 3]


def test_atom_entries() -> None:
    (found,) = articles(read_bytes("feed", ATOM.encode()))
    assert (found.outlet, found.body, found.body_is_html) == ("Quay News", "Plain words.", False)
    assert (found.url, found.published) == ("https://quay.example/1", "2024-12-06T07:30:00Z")


def test_entities_that_a_feed_defines_are_refused() -> None:
    bomb = RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss')
    assert reasons(read_bytes("feed.xml", bomb.encode())) == ["unsafe_archive"]


def test_other_xml_is_no_feed() -> None:
    assert reasons(read_bytes("a.xml", b"<?xml version='1.0'?><library><book/></library>")) == [
        "unknown_format"
    ]
    assert reasons(read_bytes("a.xml", b"<rss", format="rss")) == ["bad_syntax"]
