"""Messages of a topic that are done, as spans of offsets, and where reading goes on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""From an offset up to but not including another."""

_SCHEME = "kafka:"


def message_path(topic: str, partition: int, offset: int) -> str:
    """Where a message is, in the place of a file's path."""
    return f"{_SCHEME}{topic}/{partition}/{offset}"


def split_done(stamps: Iterable[str]) -> tuple[list[str], dict[str, list[Span]]]:
    """Stamps of what is done as stamps of files, and spans of messages by `PARTITION`, all sorted."""
    files: list[str] = []
    offsets: defaultdict[str, list[int]] = defaultdict(list)
    for stamp in stamps:
        if stamp.startswith(_SCHEME):
            _, partition, offset = stamp.split("/")
            offsets[partition].append(int(offset))
        else:
            files.append(stamp)
    spans = {partition: joined((one, one + 1) for one in some) for partition, some in offsets.items()}
    return sorted(files), dict(sorted(spans.items()))


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same offsets in the fewest spans, sorted."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def goes_on_at(spans: Sequence[Span], beginning: int) -> int:
    """The first offset from the topic's `beginning` on that is not done; `spans` are as `joined` gives them.

    Where retention has moved the beginning over something that was never read, it is the beginning.
    """
    for start, end in spans:
        if start <= beginning < end:
            return end
    return beginning


def lost(spans: Sequence[Span], beginning: int) -> int:
    """How many messages are gone from before the topic's `beginning` that are not done, though others are."""
    if not spans:
        return 0
    before = sum(min(end, beginning) - start for start, end in spans if start < beginning)
    return max(0, beginning - spans[0][0] - before)
