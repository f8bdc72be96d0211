"""From a component to stories: leaders in order of publication, and the place of every article."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from schemas import Placement, Relation
from transforms.logic.deduplicating.similarity import WINDOW_DAYS, Stack, Verdict
from transforms.logic.deduplicating.texts import DistinctText, Member


class Standing(NamedTuple):
    """A text, the text that leads its story (itself, for a leader) and how it is like it."""

    text: DistinctText
    leader: DistinctText
    verdict: Verdict | None


def split_by_leaders(component: Iterable[DistinctText], window_days: int = WINDOW_DAYS) -> list[Standing]:
    """Split a component into stories whose every text is similar to its leader.

    In order of seniority, each text joins the first leader that it is similar to, else it becomes a leader
    (leader clustering: Hartigan 1975). So a live blog that drifts over sixty versions is several stories, and
    not one whose ends have nothing in common.
    """
    texts = sorted(component)
    stack = Stack(texts, window_days)
    leaders: list[int] = []
    standings = []
    for index, text in enumerate(texts):
        leader, verdict = _first_similar(stack, index, leaders)
        if verdict is None:
            leaders.append(index)
        standings.append(Standing(text, texts[leader], verdict))
    return standings


def _first_similar(stack: Stack, index: int, leaders: Sequence[int]) -> tuple[int, Verdict | None]:
    if leaders:
        for leader, verdict in zip(leaders, stack.verdicts(index, np.array(leaders)), strict=True):
            if verdict is not None:
                return leader, verdict
    return index, None


def place_copies(standing: Standing, members: Iterable[Member], component: str) -> list[Placement]:
    """Return the place of each copy of a text: the earliest stands for it, the others are copies of that.

    `component` is the first story of the component.
    """
    story_id = standing.leader.senior.hex_id
    chain = None if component == story_id else component
    senior, *others = sorted(members)
    first = senior.seniority.hex_id
    verdict = standing.verdict
    placements = [
        Placement(
            article_id=first,
            story_id=story_id,
            relation=Relation.LEAD if verdict is None else verdict.relation,
            duplicate_of=None if verdict is None else story_id,
            similarity=None if verdict is None else verdict.similarity,
            chain=chain,
        )
    ]
    placements += [exact_copy(other.seniority.hex_id, first, story_id, chain) for other in others]
    return placements


def exact_copy(article_id: str, original: str, story_id: str, chain: str | None) -> Placement:
    """Return the place of an exact copy of article `original`."""
    return Placement(
        article_id=article_id,
        story_id=story_id,
        relation=Relation.EXACT,
        duplicate_of=original,
        similarity=1.0,
        chain=chain,
    )


def leads_alone(article_id: str) -> Placement:
    """Return the place of an article that no other is a copy of."""
    return Placement(
        article_id=article_id, story_id=article_id, relation=Relation.LEAD, duplicate_of=None, similarity=None
    )
