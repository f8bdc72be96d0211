"""The summaries that de-duplicating shuffles as bytes: big-endian, equal bytes for equal values."""

import struct

from transforms.logic.deduplicating.texts import Copies, Days, DistinctText, Marks, Member, Seniority

_ID = 16
_NO_LABEL = bytes(_ID)
_MEMBER = struct.Struct(">Bq16sii?")
_MARKS = struct.Struct(">HIH")
_COUNTS = struct.Struct(">II????")


def pack_copies(copies: Copies) -> bytes:
    """Return the summary as bytes, whose parts are sorted."""
    members = sorted(copies.members.values())
    counts = _COUNTS.pack(
        len(members),
        len(copies.buckets),
        copies.marks is not None,
        copies.root is not None,
        copies.fresh,
        bool(copies.label),
    )
    return b"".join(
        (
            counts,
            *(_pack_member(member) for member in members),
            *sorted(copies.buckets),
            copies.label,
            b"" if copies.root is None else copies.root,
            b"" if copies.marks is None else _pack_marks(copies.marks),
        )
    )


def unpack_copies(data: bytes) -> Copies:
    """Return what `pack_copies` wrote."""
    members, buckets, has_marks, has_root, fresh, has_label = _COUNTS.unpack_from(data)
    at = _COUNTS.size
    copies = Copies(fresh=fresh)
    for _ in range(members):
        member = _unpack_member(data, at)
        copies.members[member.seniority.article_id] = member
        at += _MEMBER.size
    copies.buckets = _ids(data, at, buckets)
    at += buckets * _ID
    if has_label:
        copies.label = data[at : at + _ID]
        at += _ID
    if has_root:
        copies.root = data[at : at + _ID]
        at += _ID
    if has_marks:
        copies.marks = _unpack_marks(data, at)
    return copies


def pack_text(text: DistinctText) -> bytes:
    """Return a distinct text as bytes."""
    state = bytes([text.fresh]) + (text.label or _NO_LABEL)
    return text.key + state + _pack_member(Member(text.senior, text.days)) + _pack_marks(text.marks)


def unpack_text(data: bytes) -> DistinctText:
    """Return what `pack_text` wrote."""
    at = 2 * _ID + 1
    label = data[_ID + 1 : at]
    senior, days = _unpack_member(data, at)
    marks = _unpack_marks(data, at + _MEMBER.size)
    return DistinctText(
        senior, data[:_ID], days, marks, bool(data[_ID]), b"" if label == _NO_LABEL else label
    )


def _ids(data: bytes, at: int, count: int) -> set[bytes]:
    return {data[one : one + _ID] for one in range(at, at + count * _ID, _ID)}


def _pack_member(member: Member) -> bytes:
    return _MEMBER.pack(*member.seniority, *member.days)


def _unpack_member(data: bytes, at: int) -> Member:
    undated, published, article_id, first, last, any_day = _MEMBER.unpack_from(data, at)
    return Member(Seniority(undated, published, article_id), Days(first, last, any_day))


def _pack_marks(marks: Marks) -> bytes:
    sizes = _MARKS.pack(len(marks.sketch), marks.shingles, len(marks.numbers))
    return sizes + marks.sketch + marks.numbers


def _unpack_marks(data: bytes, at: int) -> Marks:
    sketch, shingles, numbers = _MARKS.unpack_from(data, at)
    at += _MARKS.size
    middle = at + sketch
    return Marks(data[at:middle], shingles, data[middle : middle + numbers])
