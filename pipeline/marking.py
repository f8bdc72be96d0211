"""An article with the words behind its events marked in place."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from rich.text import Text

from pipeline.visible import visible
from schemas import Article, Event, Modality

ACTOR_STYLE = "bold cyan"
LABEL_STYLE = "dim"
_TRIGGER_STYLES = {
    Modality.ACTUAL: "bold green",
    Modality.NEGATED: "bold red",
    Modality.DENIED: "bold red",
    Modality.PAST: "bold blue",
}
_OTHER_TRIGGER_STYLE = "bold yellow"


class Mark(NamedTuple):
    """A stretch of the text, `text[start:end]`, with its label and brackets."""

    start: int
    end: int
    label: str
    opening: str
    closing: str
    style: str


def trigger_style(modality: Modality) -> str:
    """The colour of a modality: green happened, red did not, blue is long ago, yellow may come."""
    return _TRIGGER_STYLES.get(modality, _OTHER_TRIGGER_STYLE)


def marks_of(events: Sequence[Event]) -> list[Mark]:
    """The marks of an article's events, numbered from 1 in their order, sorted by place, outer before inner.

    Actors are `[words|role numbers]`, triggers `{words|type modality numbers}`; a modality of `actual` goes
    without saying. Marks of several events on the same words are one.
    """
    actors: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    triggers: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    styles: dict[tuple[int, int], str] = {}
    for number, event in enumerate(events, start=1):
        actors[event.actor_start, event.actor_end][event.role].append(number)
        spot = event.trigger_start, event.trigger_end
        triggers[spot][_trigger_name(event)].append(number)
        styles.setdefault(spot, trigger_style(event.modality))
    marks = [Mark(*spot, _label(names), "[", "]", ACTOR_STYLE) for spot, names in actors.items()]
    marks += [Mark(*spot, _label(names), "{", "}", styles[spot]) for spot, names in triggers.items()]
    return sorted((m for m in marks if m.end > m.start), key=lambda m: (m.start, -m.end, m.opening))


def _trigger_name(event: Event) -> str:
    return event.event_type if event.modality is Modality.ACTUAL else f"{event.event_type} {event.modality}"


def _label(names: dict[str, list[int]]) -> str:
    return ", ".join(f"{name} {','.join(map(str, numbers))}" for name, numbers in names.items())


def marked_text(article: Article, events: Sequence[Event]) -> Text:
    """The article's text with its marks, coloured, and just as readable without colour."""
    text, shown, at = article.text, Text(), 0
    opened: list[Mark] = []
    for place, closes, mark in _edges(marks_of(events)):
        shown.append(visible(text[at:place]), opened[-1].style if opened else "")
        at = place
        if closes:
            opened.remove(mark)
            shown.append(f"|{mark.label}", LABEL_STYLE).append(mark.closing, mark.style)
        else:
            opened.append(mark)
            shown.append(mark.opening, mark.style)
    return shown.append(visible(text[at:]))


def _edges(marks: Sequence[Mark]) -> list[tuple[int, bool, Mark]]:
    """Where marks begin and end, in reading order; at one place the inner mark ends first and begins last."""
    ends = [((m.end, 0, -m.start, -i), True, m) for i, m in enumerate(marks)]
    starts = [((m.start, 1, -m.end, i), False, m) for i, m in enumerate(marks)]
    return [(key[0], closes, mark) for key, closes, mark in sorted(ends + starts, key=lambda edge: edge[0])]
