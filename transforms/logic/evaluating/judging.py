"""What the coder says of gold beside what the gold says."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas import Article, Event, EventType, Modality
from transforms.logic.coding import Coder
from transforms.logic.evaluating.gold import GoldItem, Label, Triple


class Judged(NamedTuple):
    """One gold item with the events that the coder found in it."""

    gold_id: str
    article: Article
    labels: tuple[Label, ...]
    events: tuple[Event, ...]

    def gold(self) -> set[Triple]:
        """The triples that the gold has as actual."""
        return {label.triple for label in self.labels if label.modality is Modality.ACTUAL}

    def ours(self) -> set[Triple]:
        """The triples that the coder has as actual."""
        return {triple_of(event) for event in self.events if event.modality is Modality.ACTUAL}

    def gold_modalities(self) -> set[tuple[Triple, Modality]]:
        """The gold's triples with each modality that they have."""
        return {(label.triple, label.modality) for label in self.labels}

    def our_modalities(self) -> set[tuple[Triple, Modality]]:
        """The coder's triples with each modality that they have."""
        return {(triple_of(event), event.modality) for event in self.events}


def triple_of(event: Event) -> Triple:
    """The triple that an event counts as."""
    return Triple(event.event_type, event.role, f"{event.actor_who}:{event.actor_side}")


def types_of(triples: Iterable[Triple]) -> set[EventType]:
    """The types of event among triples."""
    return {triple.event_type for triple in triples}


def judge(items: Iterable[GoldItem], coder: Coder) -> list[Judged]:
    """Every item coded as a run would code it, in the order given."""
    return [
        Judged(item.gold_id, item.article, item.labels, coder.code(item.article).events) for item in items
    ]
