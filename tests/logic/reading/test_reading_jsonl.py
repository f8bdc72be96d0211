"""JSON lines: every line one outcome, whatever is in it and however the file is cut."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import BodyKind
from tests.logic.reading.reading_helpers import articles, jsonl, read_bytes, reasons, record, rejects
from transforms.logic.reading import Limits

LINES = st.lists(
    st.one_of(
        st.integers(0, 999).map(lambda n: jsonl(record(n))[:-1]),
        st.integers(0, 999).map(lambda n: jsonl(record(n, text="é ” 人 " * (n % 50)))[:-1]),
        st.sampled_from(
            [b"", b"   ", b"{broken", b"[1, 2]", b'{"title": 5}', b"\xff\xfe\x00", b'"text"', b"\r"]
        ),
    ),
    max_size=30,
)


@given(LINES, st.integers(20, 4000), st.sampled_from([b"\n", b"\r\n"]), st.booleans())
def test_any_cut_into_ranges_gives_the_same_outcomes(
    lines: list[bytes], range_bytes: int, ending: bytes, last_is_ended: bool
) -> None:
    data = ending.join([jsonl(record(0))[:-1], *lines]) + (ending if last_is_ended else b"")
    whole = read_bytes("a.jsonl", data)
    assert read_bytes("a.jsonl", data, range_bytes=range_bytes) == whole
    assert len(whole) == sum(bool(line.strip()) for line in data.split(b"\n"))


@given(LINES)
def test_positions_are_byte_offsets_of_the_lines(lines: list[bytes]) -> None:
    data = b"\n".join([jsonl(record(0))[:-1], *lines])
    for outcome in read_bytes("a.jsonl", data):
        line = data[outcome.position :].split(b"\n")[0]
        assert line.strip()
        assert outcome.position == 0 or data[outcome.position - 1 : outcome.position] == b"\n"


def test_fields_arrive_as_they_are() -> None:
    (found,) = read_bytes("a.jsonl", jsonl(record(7)))
    assert found.model_dump(exclude_defaults=True) == {
        "source_file": "a.jsonl",
        "position": 0,
        "source_format": "jsonl:canonical",
        "record_id": "n-7",
        "url": "https://harbourpost.example/7",
        "outlet": "Harbour Post",
        "title": "Ferries leave the old port, part 7",
        "body": "The harbour master said on Monday that ferry 7 had left.\nNobody was hurt.",
        "published": "2024-12-06T07:30:00Z",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": 5}, "wrong_type"),
        ({"title": ["a", "b"]}, "wrong_type"),
        ({"text": {"en": "x"}}, "wrong_type"),
        ({"text": True}, "wrong_type"),
        ({"text": "", "title": " "}, "no_text"),
        ({"text": None, "title": "None"}, "no_text"),
        ({"text": "[Removed]", "title": "[Removed]"}, "removed"),
        ({"text": "The full text.", "title": "[Removed]"}, "removed"),
    ],
)
def test_a_bad_record_is_one_reject_and_its_neighbours_stay(change: dict[str, object], reason: str) -> None:
    bad = jsonl(record(2, **change))
    outcomes = read_bytes("a.jsonl", jsonl(record(1)) + bad + jsonl(record(3)))
    assert [article.record_id for article in articles(outcomes)] == ["n-1", "n-3"]
    (reject,) = rejects(outcomes)
    assert (reject.reason.value, reject.position) == (reason, len(jsonl(record(1))))
    assert reject.raw == bad.strip()
    assert reject.source_format == "jsonl:canonical"


def test_a_record_without_any_of_the_keys_says_what_keys_it_has() -> None:
    (reject,) = rejects(read_bytes("a.jsonl", jsonl(record(1), record(2), {"colour": "red", "size": 3})))
    assert reject.reason.value == "wrong_shape"
    assert "colour, size" in reject.detail


@pytest.mark.parametrize("literal", ["None", "null", "NaN", "n/a", "", "  "])
def test_literals_for_nothing_are_nothing(literal: str) -> None:
    (found,) = articles(read_bytes("a.jsonl", jsonl(record(1, published=literal, url=literal))))
    assert (found.published, found.url) == (None, None)


def test_a_title_alone_is_an_article_without_a_body() -> None:
    (found,) = articles(read_bytes("a.jsonl", jsonl(record(1, text=None))))
    assert (found.body, found.body_kind) == (None, BodyKind.NONE)


def test_nan_and_control_characters_and_lone_surrogates_are_survived() -> None:
    line = json.dumps(record(1)).replace('"en"', 'NaN, "n": -Infinity').replace("Nobody", "No\x01body\\ud800")
    (found,) = articles(read_bytes("a.jsonl", jsonl(record(0)) + line.encode()))[1:]
    assert found.language is None
    assert found.body is not None
    assert found.body.endswith("\nNo\x01body\ufffd was hurt.")


@pytest.mark.parametrize("depth", [1100, 100_000])
def test_deep_nesting_is_one_reject(depth: int) -> None:
    deep = b'{"title": ' + b"[" * depth + b"]" * depth + b"}\n"
    assert reasons(read_bytes("a.jsonl", jsonl(record(1)) + deep + jsonl(record(2)))) == ["too_deep"]


def test_other_encodings_are_read_and_named() -> None:
    windows = json.dumps(record(1, title="The mayor’s café"), ensure_ascii=False).encode("cp1252")
    mixed = jsonl(record(2, title="Zürich: it’s Z")).strip().replace(b' Z"', b' \x93Z\x94"')
    found = articles(read_bytes("a.jsonl", jsonl(record(0)) + windows + b"\n" + mixed))
    assert [(each.title, each.encoding) for each in found[1:]] == [
        ("The mayor’s café", "utf-8+cp1252"),
        ("Zürich: it’s “Z”", "utf-8+cp1252"),
    ]


def test_undecodable_bytes_are_one_reject() -> None:
    noise = bytes(range(128, 256)) * 4 + b"\x00\x01\x02\x03\x04\x05" * 60
    outcomes = read_bytes("a.jsonl", jsonl(record(1)) + noise.replace(b"\n", b"") + b"\n" + jsonl(record(2)))
    assert len(articles(outcomes)) == 2
    assert reasons(outcomes) in (["bad_encoding"], ["bad_syntax"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_whole_files_in_wide_encodings_or_with_a_mark(encoding: str) -> None:
    data = jsonl(record(1, title="Ōsaka"), record(2)).decode().encode(encoding)
    assert [found.title for found in articles(read_bytes("a.jsonl", data))] == ["Ōsaka", record(2)["title"]]


def test_a_record_above_the_cap_is_passed_over() -> None:
    large = jsonl(record(2, text="x" * 50_000))
    data = jsonl(record(1)) + large + jsonl(record(3))
    outcomes = read_bytes("a.jsonl", data, limits=Limits(record_bytes=20_000))
    assert [found.record_id for found in articles(outcomes)] == ["n-1", "n-3"]
    (reject,) = rejects(outcomes)
    assert (reject.reason.value, reject.raw_bytes, len(reject.raw)) == ("too_large", len(large) - 1, 4096)


def test_an_unknown_shape_is_one_reject_with_the_keys() -> None:
    data = jsonl(*({"colour": "red", "weight": n} for n in range(50)))
    for range_bytes in (1 << 30, 100):
        (reject,) = rejects(read_bytes("a.jsonl", data, range_bytes=range_bytes))
        assert reject.reason.value == "unknown_format"
        assert "colour, weight" in reject.detail


def test_lines_are_recognised_without_their_suffix() -> None:
    assert len(articles(read_bytes("dump", jsonl(record(1), record(2), record(3))))) == 3
    broken_first = b"garbage\n" + jsonl(record(1), record(2))
    outcomes = read_bytes("dump.txt", broken_first)
    assert (len(articles(outcomes)), reasons(outcomes)) == (2, ["bad_syntax"])
