"""Every row of the coder's own tables against its example and its counter-example."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from schemas import Event, EventType, Modality, RawArticle
from schemas.lexicon import FILE_KEY, ROW_KEY, Lexicon
from transforms.logic.coding import Coder
from transforms.logic.coding.matching import FOLDS
from transforms.logic.normalising import normalise_article

Row = Mapping[str, str]

EXAMPLE, COUNTER = "example", "counter"
_LATER = timedelta(days=365)
"""How long after the end of an episode its example is read."""


class Check(NamedTuple):
    """One sentence of one row; `fault` says what is wrong with it, and is blank when all is well."""

    place: str
    table: str
    column: str
    sentence: str
    fault: str


def check_triggers(lexicon: Lexicon, coder: Coder) -> Iterator[Check]:
    """Every example and counter-example of the tables that only the coder reads, row by row.

    The example of a verb or a noun must give an event of the row's type by the row's own rule, its
    counter-example none of that type. The example of a light verb must give its first actor the row's role,
    that of a governor an event of the row's modality; their counter-examples other events. The example of an
    episode, told a year later, must give a past event of its type, its counter-example none. The example of
    a home must name the group.
    """
    for table, test in _TESTS.items():
        for row in lexicon.tables.get(table, ()):
            for column in (EXAMPLE, COUNTER):
                sentence = row.get(column, "")
                if sentence:
                    fault = test(coder, row, column, sentence)
                    yield Check(f"{row[FILE_KEY]}:{row[ROW_KEY]}", table, column, sentence, fault)


def events_of(coder: Coder, sentence: str, day: date | None = None) -> tuple[Event, ...]:
    """What the coder makes of an English sentence published on a day."""
    raw = RawArticle(source_file=EXAMPLE, position=0, source_format="text", body=sentence, language="en")
    published = datetime.combine(day, time(), UTC) if day else None
    article = normalise_article(raw).model_copy(update={"language": "en", "published": published})
    return coder.code(article).events


def _trigger(coder: Coder, row: Row, column: str, sentence: str) -> str:
    fired = _of_type(events_of(coder, sentence), row)
    if column == COUNTER:
        return f"gives {row['type']} by {fired[0].rule}" if fired else ""
    if not fired:
        return f"gives no {row['type']}"
    rules = {event.rule for event in fired}
    if rules.intersection(_rules_of(row)):
        return ""
    return f"gives {row['type']} by {', '.join(sorted(rules))}, not by this row"


def _of_type(events: Iterable[Event], row: Row) -> list[Event]:
    return [event for event in events if event.event_type is EventType(row["type"])]


def _rules_of(row: Row) -> set[str]:
    if "phrases" in row:
        return {f"noun:{phrase}" for phrase in _items(row["phrases"])}
    particle = _items(row["particle"])[:1]
    return {"+".join((f"verb:{lemma}", *particle)) for lemma in _items(row["lemmas"])}


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def _light(coder: Coder, row: Row, column: str, sentence: str) -> str:
    events = events_of(coder, sentence)
    if not events:
        return "gives no event"
    first = min(events, key=lambda event: event.actor_start)
    return _has(column, row["subject"], {first.role}, "its first actor is")


def _governor(coder: Coder, row: Row, column: str, sentence: str) -> str:
    events = events_of(coder, sentence)
    return _has(column, row["modality"], {event.modality for event in events}, "its event is")


def _episode(coder: Coder, row: Row, column: str, sentence: str) -> str:
    events = _of_type(events_of(coder, sentence, date.fromisoformat(row["to"] or row["from"]) + _LATER), row)
    found = {str(event.modality) for event in events} or {"none"}
    return _has(column, Modality.PAST, found, "its event is")


def _home(coder: Coder, row: Row, column: str, sentence: str) -> str:
    text = sentence.translate(FOLDS)
    hits = coder.vocabulary.names.find(text, text.lower())
    return _has(column, row["who"], {name.who for hit in hits for name in hit.names}, "it names")


def _has(column: str, wanted: str, found: Set[str], what: str) -> str:
    """The fault of an example without what is wanted, a counter-example with it, either with nothing."""
    if not found:
        return "gives nothing"
    return f"{what} {', '.join(sorted(found))}" if (wanted in found) == (column == COUNTER) else ""


_TESTS: Mapping[str, Callable[[Coder, Row, str, str], str]] = {
    "verbs": _trigger,
    "nouns": _trigger,
    "light": _light,
    "govern": _governor,
    "episodes": _episode,
    "homes": _home,
}
