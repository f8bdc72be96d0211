"""Text exports of press databases, with invented articles."""

from tests.logic.reading.reading_helpers import articles, read_bytes, reasons

FACTIVA = """

Ferries leave
the old port

By Ann Writer
474 words
6 December 2024
12:30 GMT
Harbour Post English
HARPOS
English
Copyright 2024 Harbour Post.

First paragraph of it.

Second paragraph of it.

Document HARPOS0020241206ek360001x



Storm over the quay

1,044 words
5 December 2024
Harbour Post English
HARPOS
English
(c) 2024 Harbour Post. All rights reserved.

A storm.

Document HARPOS0020241205ek350002y
"""
CODED = """HD  Ferries leave
    the old port
BY  Ann Writer
WC  474 words
PD  6 December 2024
ET  12:30
SN  Harbour Post
SC  HARPOS
LA  English
CY  Copyright 2024 Harbour Post
LP  First paragraph.
TD  Second paragraph.

IN fact this line begins with two capitals.
AN  Document HARPOS0020241206ek360001x
"""
NEXIS = """Ferries leave the old port
Harbour Post
December 6, 2024 Friday

Copyright 2024 Harbour Post All Rights Reserved

Section: NEWS; Pg. 1
Length: 474 words
Byline: Ann Writer
Body

First paragraph.
Second paragraph.

Load-Date: December 7, 2024

End of Document

Storm over the quay
Harbour Post
5 December 2024

Length: 10 words
Body

A storm.

Load-Date: December 6, 2024

End of Document
"""
OLD_NEXIS = """
                               1 of 2 DOCUMENTS

                                 Harbour Post

                            December 6, 2024 Friday
                              Late Edition

Ferries leave the old port

BYLINE: Ann Writer

SECTION: NEWS; Pg. 1

LENGTH: 474 words

DATELINE: PORT

   First paragraph is
broken over lines.

   Second paragraph.

LOAD-DATE: December 7, 2024

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS

A piece of something else.
"""


def test_factiva_by_layout() -> None:
    first, second = articles(read_bytes("export.txt", FACTIVA.encode()))
    assert first.model_dump(exclude_defaults=True, exclude={"source_file", "position", "source_format"}) | {
        "position": 0
    } == {
        "record_id": "HARPOS0020241206ek360001x",
        "outlet": "Harbour Post English",
        "title": "Ferries leave the old port",
        "body": "First paragraph of it.\n\nSecond paragraph of it.",
        "published": "6 December 2024",
        "language": "English",
        "byline": "By Ann Writer",
        "position": 0,
    }
    assert (second.title, second.body, second.position) == ("Storm over the quay", "A storm.", 1)


def test_factiva_by_codes() -> None:
    (found,) = articles(read_bytes("export.txt", CODED.encode()))
    assert (found.title, found.published, found.outlet) == (
        "Ferries leave the old port",
        "6 December 2024 12:30",
        "Harbour Post",
    )
    assert found.record_id == "HARPOS0020241206ek360001x"
    assert found.body is not None
    assert found.body.startswith("First paragraph.\n\nSecond paragraph.")


def test_nexis() -> None:
    first, second = articles(read_bytes("export.txt", NEXIS.encode()))
    assert (first.title, first.outlet, first.published) == (
        "Ferries leave the old port",
        "Harbour Post",
        "December 6, 2024",
    )
    assert (first.body, first.byline, first.fetched) == (
        "First paragraph.\nSecond paragraph.",
        "Ann Writer",
        "December 7, 2024",
    )
    assert (second.published, second.body) == ("5 December 2024", "A storm.")


def test_old_nexis() -> None:
    outcomes = read_bytes("export.txt", OLD_NEXIS.encode())
    (found,) = articles(outcomes)
    assert (found.title, found.outlet, found.published) == (
        "Ferries leave the old port",
        "Harbour Post",
        "December 6, 2024",
    )
    assert found.body == "First paragraph is broken over lines.\n\nSecond paragraph."
    assert (found.byline, found.language) == ("Ann Writer", "ENGLISH")
    assert reasons(outcomes) == ["wrong_shape"]


def test_a_record_that_cannot_be_taken_apart_is_a_reject() -> None:
    text = FACTIVA.replace("1,044 words\n", "")
    outcomes = read_bytes("export.txt", text.encode())
    assert len(articles(outcomes)) == 1
    assert reasons(outcomes) == ["wrong_shape"]


def test_an_article_that_talks_of_words_is_plain_text() -> None:
    text = b"A quarrel\n\nHe said 20 words.\n\n20 words\n\nDocument the change\n"
    assert [each.source_format for each in read_bytes("a.txt", text)] == ["text"]
