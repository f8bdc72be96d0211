"""WARC: HTML responses are articles, the rest is accounted for."""

import gzip
import zlib

import pytest

from tests.logic.reading.reading_helpers import articles, read_bytes, reasons, rejects
from transforms.logic.reading import Limits

PAGE = (
    "<html><head><title>Ferries leave</title></head><body><p>The old port was left. Größe</p></body></html>"
)


def warc(
    kind: str, number: int, block: bytes, content_type: str = "application/http; msgtype=response"
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0000-{number:012}>\r\n"
        f"WARC-Target-URI: https://harbourpost.example/{number}\r\nWARC-Date: 2024-12-06T07:30:00Z\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def http(
    body: bytes, content_type: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = ""
) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{extra}\r\n".encode() + body


RECORDS = [
    warc("warcinfo", 0, b"software: none\r\n", "application/warc-fields"),
    warc("request", 1, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    warc("response", 2, http(PAGE.encode())),
    warc("response", 3, http(b"\x89PNG", "image/png")),
    warc("response", 4, http(b"gone", status="404 Not Found")),
    warc("response", 5, http(PAGE.encode("cp1252"), "text/html; charset=windows-1252")),
    warc("response", 6, http(gzip.compress(PAGE.encode()), extra="Content-Encoding: gzip\r\n")),
    warc("revisit", 7, http(b"")),
    warc("response", 8, http(b"", "text/html")),
]


@pytest.mark.parametrize("pack", [b"".join, lambda parts: b"".join(gzip.compress(part) for part in parts)])
def test_every_record_but_notes_is_one_outcome(pack: object) -> None:
    assert callable(pack)
    outcomes = read_bytes("CC-NEWS-1.warc.gz", pack(RECORDS))
    assert [each.position for each in articles(outcomes)] == [2, 5, 6]
    assert {each.body for each in articles(outcomes)} == {PAGE}
    assert [(each.position, each.reason.value) for each in rejects(outcomes)] == [
        (3, "not_an_article"),
        (4, "not_an_article"),
        (7, "not_an_article"),
        (8, "no_text"),
    ]
    page = articles(outcomes)[0]
    assert (page.url, page.fetched, page.body_is_html) == (
        "https://harbourpost.example/2",
        "2024-12-06T07:30:00Z",
        True,
    )
    assert page.record_id == "<urn:uuid:0000-000000000002>"
    assert articles(outcomes)[1].encoding == "cp1252"


def test_a_cut_archive_keeps_what_was_whole() -> None:
    pages = [warc("response", n, http(PAGE.encode() + b"<!-- %d -->" % (n**9))) for n in range(200)]
    packed = gzip.compress(b"".join(pages))
    outcomes = read_bytes("a.warc.gz", packed[: len(packed) // 2])
    assert 20 < len(articles(outcomes)) < 180
    assert reasons(outcomes) == ["truncated_archive"]


def test_a_cut_plain_archive_is_noticed() -> None:
    data = RECORDS[2] + RECORDS[2][:-40]
    outcomes = read_bytes("a.warc", data)
    assert len(articles(outcomes)) == 1
    assert reasons(outcomes) == ["truncated_archive"]


def test_a_page_above_the_cap_packed_or_not() -> None:
    swollen = zlib.compress(b"<html>" + b"x" * 1_000_000, 9)
    data = (
        warc("response", 1, http(b"<html>" + b"x" * 90_000))
        + warc("response", 2, http(swollen, extra="Content-Encoding: deflate\r\n"))
        + RECORDS[2]
    )
    outcomes = read_bytes("a.warc", data, limits=Limits(record_bytes=50_000))
    assert reasons(outcomes) == ["too_large", "too_large"]
    assert len(articles(outcomes)) == 1
