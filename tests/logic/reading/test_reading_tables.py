"""CSV, TSV and the like."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import BodyKind
from tests.logic.reading.reading_helpers import SHAPES, articles, read_bytes, reasons, record, rejects
from transforms.logic.reading import Limits

CELLS = st.text(alphabet=st.sampled_from("abc é”\"\n,;\t|'\\"), min_size=1, max_size=20).map(
    lambda text: f"x{text}x"
)


def table(
    rows: list[list[str]], delimiter: str = ",", header: tuple[str, ...] = ("id", "title", "text")
) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([header, *rows])
    return buffer.getvalue().encode()


@given(st.lists(st.tuples(CELLS, CELLS), max_size=12), st.sampled_from(",;\t|"), st.booleans())
def test_what_a_writer_writes_is_read_back(rows: list[tuple[str, str]], delimiter: str, mark: bool) -> None:
    rows = [(title.replace("\\", ""), text.replace("\\", "")) for title, text in rows]
    data = table([[str(n), *row] for n, row in enumerate(rows)], delimiter)
    found = read_bytes("a.csv", b"\xef\xbb\xbf" + data if mark else data)
    assert [(each.record_id, each.title, each.body) for each in articles(found)] == [
        (str(n), *row) for n, row in enumerate(rows)
    ]
    assert [each.position for each in found] == list(range(len(rows)))


def test_keys_are_compared_loosely_and_missing_titles_are_fine() -> None:
    data = b"Source,Date,Text,Text lenght,URL\r\nHarbour Post,7 days ago,The port was left.,18,https://h.example/1\r\n"
    (found,) = articles(read_bytes("a.csv", data))
    assert (found.outlet, found.published, found.body, found.url, found.title) == (
        "Harbour Post",
        "7 days ago",
        "The port was left.",
        "https://h.example/1",
        None,
    )


def test_rows_of_the_wrong_width_are_rejects() -> None:
    outcomes = read_bytes("a.csv", b"id,title,text\n1,A,B\n2,A\n3,A,B,C\n\n4,A,B\n")
    assert [each.record_id for each in articles(outcomes)] == ["1", "4"]
    assert [(each.position, each.reason.value, each.raw) for each in rejects(outcomes)] == [
        (1, "wrong_shape", b"2,A"),
        (2, "wrong_shape", b"3,A,B,C"),
    ]


def test_mixed_encodings_row_by_row() -> None:
    data = b"id,title,text\n1,caf\xc3\xa9,a\n2,caf\xe9 \x93no\x94,b\n"
    found = articles(read_bytes("a.csv", data))
    assert [(each.title, each.encoding) for each in found] == [
        ("café", "utf-8"),
        ("café “no”", "utf-8+cp1252"),
    ]


def test_another_script_is_found_out() -> None:
    text = "Губернатор сообщил что жители посёлка покинули свои дома после наводнения. " * 5
    data = b"id,title,text\n1,a," + text.encode("cp1251") + b"\n"
    (found,) = articles(read_bytes("a.csv", data))
    assert (found.body, found.encoding) == (text, "cp1251")


def test_a_quote_never_closed_costs_one_record_only() -> None:
    outcomes = read_bytes("a.csv", b'id,title,text\n1,A,B\n2,"A,B\n3,A,B\n4,"A",B\n')
    assert [each.record_id for each in articles(outcomes)] == ["1", "3", "4"]
    assert reasons(outcomes) == ["bad_syntax"]


def test_backslashed_quotes() -> None:
    (found,) = articles(read_bytes("a.csv", b'id,title,text\n1,"A","He said \\"go\\", and left"\n'))
    assert found.body == 'He said "go", and left'


def test_records_above_the_cap_on_one_line_or_on_many() -> None:
    long = b'2,A,"' + b"x" * 9000 + b'"\n'
    tall = b'3,A,"' + b"x\n" * 9000 + b'y"\n'
    outcomes = read_bytes(
        "a.csv", b"id,title,text\n1,A,B\n" + long + tall + b"4,A,B\n", limits=Limits(record_bytes=5000)
    )
    assert [each.record_id for each in articles(outcomes)] == ["1", "4"]
    assert [(each.reason.value, each.raw_bytes) for each in rejects(outcomes)] == [
        ("too_large", len(long)),
        ("too_large", len(tall)),
    ]


def test_a_repeated_column_does_not_hide_the_first() -> None:
    (found,) = articles(read_bytes("a.csv", b"text,title,text\nfirst,T,second\n"))
    assert found.body == "first"


def test_a_table_of_other_things_is_one_reject() -> None:
    (reject,) = rejects(read_bytes("a.csv", b"colour,weight\nred,1\nblue,2\n"))
    assert reject.reason.value == "unknown_format"
    assert "colour, weight" in reject.detail
    assert reasons(read_bytes("a.csv", b"colour,weight\n")) == ["unknown_format"]
    assert read_bytes("a.csv", b"title,text\n") == []


def test_a_table_is_recognised_without_its_suffix() -> None:
    data = table([["1", "A", "B"]], "\t")
    assert [each.source_format for each in read_bytes("dump", data)] == ["tsv:generic"]


def test_gdelt_gkg_has_no_header() -> None:
    shape = SHAPES.named("gdelt-gkg")
    assert shape is not None
    row = dict.fromkeys(shape.columns, "")
    row |= {
        "GKGRECORDID": "20241206073000-T17",
        "V2.1DATE": "20241206073000",
        "V2SOURCECOMMONNAME": "harbourpost.example",
        "V2DOCUMENTIDENTIFIER": "https://harbourpost.example/9",
        "V2.1ALLNAMES": 'Old "Port',
        "V2EXTRASXML": "<PAGE_AUTHORS>A. Writer</PAGE_AUTHORS><PAGE_TITLE>Ferries leave</PAGE_TITLE>",
    }
    data = "".join("\t".join(row.values()) + "\n" for _ in range(3)).encode()
    found = articles(read_bytes("20241206073000.gkg.csv", data))
    assert len(found) == 3
    assert (found[0].title, found[0].byline, found[0].published, found[0].published_hint) == (
        "Ferries leave",
        "A. Writer",
        None,
        "20241206073000",
    )
    assert found[0].body_kind is BodyKind.NONE


def test_media_cloud_lists_have_no_texts() -> None:
    header = "id,indexed_date,language,media_name,media_url,publish_date,title,url"
    row = "h9,2024-12-07 01:00:00,en,Harbour Post,harbourpost.example,2024-12-06,Ferries leave,https://harbourpost.example/9"
    (found,) = articles(read_bytes("a.csv", f"{header}\n{row}\n".encode()))
    assert (found.source_format, found.body_kind, found.fetched) == (
        "csv:media-cloud",
        BodyKind.NONE,
        "2024-12-07 01:00:00",
    )


@pytest.mark.parametrize("name", ["canonical", "csv"])
def test_a_forced_format_wins(name: str) -> None:
    data = table([[str(value) for value in record(1).values()]], header=tuple(record(1)))
    (found,) = articles(read_bytes("a.bin", data, format=name))
    assert found.source_format == "csv:canonical"
