"""JSON documents: arrays, envelopes, single objects, sequences."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logic.reading.reading_helpers import articles, read_bytes, reasons, record, rejects
from transforms.logic.reading import Limits
from transforms.logic.reading.json_splitting import JsonSplitter, find_array

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='ab"\\{}[],: é\n', max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text('k"\\[]{}', max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def _chunks(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.lists(VALUES, max_size=8), st.integers(1, 9), st.sampled_from([None, 2]))
def test_an_array_is_split_into_its_elements_however_it_comes(
    values: list[object], size: int, indent: int | None
) -> None:
    data = json.dumps(values, indent=indent).encode()
    splitter = JsonSplitter(10_000, in_array=True)
    pieces = list(splitter.split(_chunks(data[1:], size)))
    assert [json.loads(piece.raw) for piece in pieces] == values
    assert all(piece.whole for piece in pieces)
    assert splitter.closed


@given(st.lists(VALUES, min_size=1, max_size=5), st.integers(1, 9), st.data())
def test_a_cut_array_is_never_taken_for_whole(values: list[object], size: int, data: st.DataObject) -> None:
    text = json.dumps(values).encode()
    cut = data.draw(st.integers(1, len(text) - 1))
    splitter = JsonSplitter(10_000, in_array=True)
    pieces = list(splitter.split(_chunks(text[1:cut], size)))
    whole = [json.loads(piece.raw) for piece in pieces if piece.whole]
    assert whole == values[: len(whole)]
    assert not splitter.closed


@given(
    st.lists(st.dictionaries(st.text(max_size=3), VALUES, max_size=3), max_size=6),
    st.sampled_from(["", " ", "\n"]),
)
def test_a_sequence_of_objects_is_split(values: list[object], between: str) -> None:
    data = between.join(json.dumps(value, indent=1) for value in values).encode()
    pieces = list(JsonSplitter(10_000, in_array=False).split(_chunks(data, 5)))
    assert [json.loads(piece.raw) for piece in pieces] == values


def test_an_element_above_the_cap_is_not_held() -> None:
    splitter = JsonSplitter(100, in_array=True)
    pieces = list(splitter.split([b'{"a": 1}, {"b": "', *[b"x" * 1000] * 50, b'"}, {"c": 3}]']))
    assert [piece.length for piece in pieces] == [8, 50_009, 8]
    assert len(pieces[1].raw) <= 4096


def test_find_array_takes_objects_at_known_paths_only() -> None:
    head = b'{"note": "[{", "tags": ["a"], "response": {"pages": 2, "results": [ {"results": [{}]}'
    found = find_array(head, ["results", "response.results"])
    assert found == ("response.results", head.index(b" {", head.index(b"[ {")), 2)
    assert find_array(head, ["tags", "results"]) is None


RECORDS = [record(1), record(2), record(3)]
DOCUMENTS = {
    "array": RECORDS,
    "indented": RECORDS,
    "articles": {"status": "ok", "totalResults": 3, "articles": RECORDS, "next": None},
    "nested": {"meta": {"articles": 3}, "articles": {"page": 1, "results": RECORDS, "pages": 1}},
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_arrays_and_envelopes(kind: str) -> None:
    data = json.dumps(DOCUMENTS[kind], indent=2 if kind == "indented" else None).encode()
    found = read_bytes("a.json", data)
    assert [each.record_id for each in articles(found)] == ["n-1", "n-2", "n-3"]
    assert [each.position for each in found] == [0, 1, 2]


@pytest.mark.parametrize("between", ["\n", "", "\n\n"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
@pytest.mark.parametrize("filler", [1, 300_000])
def test_pages_of_an_api_one_after_the_other(between: str, name: str, filler: int) -> None:
    pages = [
        {"response": {"pages": 9, "results": [record(1), record(2)], "note": {"x": "]}" * filler}}},
        {"response": {"pages": 9, "results": []}},
        {"response": {"pages": 9, "results": [record(3)]}, "more": False},
    ]
    found = read_bytes(name, between.join(json.dumps(page) for page in pages).encode())
    assert [each.record_id for each in articles(found)] == ["n-1", "n-2", "n-3"]
    assert [each.position for each in found] == [0, 1, 2]


def test_what_follows_a_document_is_accounted_for() -> None:
    document = json.dumps({"articles": [record(1)]})
    assert reasons(read_bytes("a.json", document.encode() + b" rubbish")) == ["bad_syntax"]
    assert reasons(read_bytes("a.json", document[:-1].encode())) == ["bad_syntax"]


def test_an_article_with_an_array_of_its_own_is_no_envelope() -> None:
    one = record(1, items=[{"caption": "A ferry"}])
    assert [each.record_id for each in articles(read_bytes("a.json", json.dumps(one).encode()))] == ["n-1"]
    lines = json.dumps(one) + "\n" + json.dumps(record(2))
    assert [each.source_format for each in read_bytes("a", lines.encode())] == ["jsonl:canonical"] * 2
    feed = {"version": "1", "title": "Harbour Post", "description": "News", "items": [record(1), record(2)]}
    assert len(articles(read_bytes("a.json", json.dumps(feed).encode()))) == 2


def test_one_object_and_objects_one_after_the_other() -> None:
    one = json.dumps(record(1), indent=2).encode()
    assert [each.record_id for each in articles(read_bytes("a.json", one))] == ["n-1"]
    two = one + b"\n" + json.dumps(record(2), indent=2).encode()
    assert [each.record_id for each in articles(read_bytes("a.json", two))] == ["n-1", "n-2"]


def test_empty_arrays_hold_no_records() -> None:
    assert read_bytes("a.json", b"[]") == []
    assert read_bytes("a.json", b'{"status": "ok", "articles": []}') == []


def test_one_bad_element_is_one_reject() -> None:
    parts = [json.dumps(each) for each in (*RECORDS, "a string", 7, None)]
    parts[1] = parts[1].replace('"en"', "oops")
    outcomes = read_bytes("a.json", f"[{','.join(parts)}]".encode())
    assert [each.record_id for each in articles(outcomes)] == ["n-1", "n-3"]
    assert [(each.position, each.reason.value) for each in rejects(outcomes)] == [
        (1, "bad_syntax"),
        (3, "wrong_shape"),
        (4, "wrong_shape"),
        (5, "wrong_shape"),
    ]


@pytest.mark.parametrize("cut", [1, 2, 150])
def test_a_document_that_ends_early_is_one_reject(cut: int) -> None:
    data = json.dumps(RECORDS).encode()[:-cut]
    outcomes = read_bytes("a.json", data)
    assert reasons(outcomes) == ["bad_syntax"]
    assert len(articles(outcomes)) == (3 if cut == 1 else 2)
    assert outcomes[-1].position == len(articles(outcomes))


def test_a_record_above_the_cap_in_an_array() -> None:
    data = json.dumps([record(1), record(2, text="x" * 90_000), record(3)]).encode()
    outcomes = read_bytes("a.json", data, limits=Limits(record_bytes=50_000))
    assert [each.record_id for each in articles(outcomes)] == ["n-1", "n-3"]
    assert reasons(outcomes) == ["too_large"]


def test_an_unknown_object_says_its_keys() -> None:
    (reject,) = rejects(read_bytes("package.json", b'{"name": "x", "version": "1"}'))
    assert reject.reason.value == "unknown_format"
    assert "name, version" in reject.detail
