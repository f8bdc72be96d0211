"""Plain texts and pages, one article a file."""

import pytest

from schemas import BodyKind
from tests.logic.reading.reading_helpers import articles, read_bytes, reasons
from transforms.logic.reading import Limits
from transforms.logic.reading.texts import date_in_path, split_text

BODY = "The old port was left on Monday.\n\nNobody was hurt, the harbour master said."


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (f"Ferries leave the port\n\n-----\n\n{BODY}", "Ferries leave the port", BODY),
        (f"Ferries leave the port.\n=====\n{BODY}", "Ferries leave the port.", BODY),
        (f"# Ferries leave the port\n\n{BODY}", "Ferries leave the port", BODY),
        (f"Is the port lost?\n{BODY}", "Is the port lost?", BODY),
        (f"Ferries for the U.S.\n{BODY}", "Ferries for the U.S.", BODY),
        (f"Ferries leave\r\n\r\n{BODY}\r\n", "Ferries leave", BODY),
        (BODY, None, BODY),
        ("long " * 60 + "\n" + BODY, None, "long " * 60 + "\n" + BODY),
        ("One line and no more", None, "One line and no more"),
        ("", None, None),
    ],
)
def test_titles(text: str, title: str | None, body: str | None) -> None:
    found = split_text(text)
    assert (found.title, found.body) == (title, body)


@pytest.mark.parametrize(
    ("tail", "outlet", "url"),
    [
        ("\nOriginal Source: www.harbourpost.example", "www.harbourpost.example", None),
        ("Original Source: www.harbourpost.example\n", "www.harbourpost.example", None),
        ("\n\nOriginal source:harbourpost.example\n\n", "harbourpost.example", None),
        ("\nOriginal Source: The Harbour Post", "The Harbour Post", None),
        (
            "\nOriginal Source: https://harbourpost.example/1",
            "harbourpost.example",
            "https://harbourpost.example/1",
        ),
    ],
)
def test_the_source_line_is_never_text(tail: str, outlet: str, url: str | None) -> None:
    assert split_text(BODY + tail)[2:] == (BODY, url, outlet)


def test_a_source_line_in_the_middle_is_text() -> None:
    text = f"Original Source: a rumour about the port.\n{BODY}"
    assert split_text(text).outlet is None


def test_a_byline_under_the_title() -> None:
    found = split_text(f"Ferries leave\nBy Ann Writer and Ben Author\n\n{BODY}")
    assert (found.title, found.byline, found.body) == ("Ferries leave", "By Ann Writer and Ben Author", BODY)
    assert split_text("Ferries leave\nBy Monday the port was empty.\nAll left.").byline is None


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("txt/2021-05-13_9024.txt", "2021-05-13"),
        ("a/20241206.txt", "2024-12-06"),
        ("dump/2024/12/06/story.txt", "2024-12-06"),
        ("a/2024-13-40.txt", None),
        ("a/120241206123.txt", None),
        ("z.zip!2020-01-02.txt", "2020-01-02"),
    ],
)
def test_dates_in_names(path: str, date: str | None) -> None:
    assert date_in_path(path) == date


def test_a_text_file_is_one_article() -> None:
    (found,) = articles(read_bytes("txt/2021-05-13_1.txt", f"Ferries leave\n\n-----\n\n{BODY}".encode()))
    assert (found.title, found.body, found.published_hint, found.body_kind) == (
        "Ferries leave",
        BODY,
        "2021-05-13",
        BodyKind.FULL,
    )


@pytest.mark.parametrize("data", [b"", b" \n\n ", b"\xef\xbb\xbf", b"\xff\xfe\n\x00"])
def test_empty_files(data: bytes) -> None:
    assert reasons(read_bytes("a.txt", data)) == ["no_text"]


def test_texts_above_the_cap_and_bytes_that_are_no_text() -> None:
    assert reasons(read_bytes("a.txt", b"word " * 5000, limits=Limits(record_bytes=10_000))) == ["too_large"]
    assert reasons(read_bytes("a.txt", bytes(range(256)) * 20)) == ["bad_encoding"]
    assert reasons(read_bytes("a.exe", bytes(range(256)) * 20)) == ["unknown_format"]


def test_a_page_is_kept_whole_in_its_own_charset() -> None:
    page = '<!DOCTYPE html><html><head><meta charset="iso-8859-2"></head><body>Żółć łódź</body></html>'
    (found,) = articles(read_bytes("2024-12-06/a.html", page.encode("iso-8859-2")))
    assert (found.body, found.encoding, found.body_is_html) == (page, "iso8859-2", True)
    assert found.published_hint == "2024-12-06"
    assert len(articles(read_bytes("page", page.encode()))) == 1


@pytest.mark.parametrize(
    "name", ["README.md", "x/LICENCE", ".DS_Store", "_SUCCESS", "sha256sums.txt", "a.jsonl.md5"]
)
def test_files_beside_dumps(name: str) -> None:
    assert reasons(read_bytes(name, b"Some words.\n")) == ["unknown_format"]
    assert len(articles(read_bytes(name, b"Some words.\n", format="text"))) == 1


@pytest.mark.parametrize(
    "name", ["notice-of-evacuation.txt", "changes.txt", "licences-granted.txt", "story", "a.txt"]
)
def test_files_that_only_sound_like_it(name: str) -> None:
    assert len(articles(read_bytes(name, b"Some words.\n"))) == 1
