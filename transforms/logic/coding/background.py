"""What an article as a whole makes of its words: bombs that somebody laid, a crash, a move in peace."""

from functools import cached_property

from schemas.event import EventType, Role, Side
from transforms.logic.coding.frames.checks import only_bombs_near
from transforms.logic.coding.frames.proposals import Proposal
from transforms.logic.coding.vocabulary import Vocabulary

_SAYS_ENOUGH = 500
"""Characters from which an article would tell of the danger that people are brought out of."""


class Background:
    """What the lower-cased text of an article tells of all its events."""

    def __init__(self, vocabulary: Vocabulary, lower: str) -> None:
        self._vocabulary = vocabulary
        self._lower = lower

    def excludes(self, proposal: Proposal) -> bool:
        """Whether the article speaks against what a sentence of it proposes."""
        if proposal.event_type is EventType.EVACUATION:
            return self._in_peace and _is_plain_move(proposal)
        start, end, _ = proposal.clause.sentence
        if proposal.event_type is EventType.STRIKE and (self._harmless or self._is_harmless(start, end)):
            return True
        return self._is_bomb(proposal)

    def _tells(self, name: str, start: int = 0, end: int | None = None) -> bool:
        """Whether the article, or a stretch of it, holds any part of a word of a set of `words.tsv`."""
        return any(self._lower.find(part, start, end) >= 0 for part in self._vocabulary.sets[name])

    @cached_property
    def _in_peace(self) -> bool:
        return len(self._lower) > _SAYS_ENOUGH and not self._tells("danger")

    @cached_property
    def _harmless(self) -> bool:
        return self._is_harmless(0, len(self._lower))

    def _is_harmless(self, start: int, end: int) -> bool:
        """Whether what hits or strikes in a stretch of the article crashed, or is out for pay."""
        crashed = self._tells("crashed", start, end) or self._tells("unpaid", start, end)
        return crashed and not self._tells("fought", start, end)

    @cached_property
    def _lays_bombs(self) -> bool:
        """Whether the article is about bombs that are laid or carried, and of none from the air."""
        return self._tells("laid_bomb") and not self._tells("flown_arm")

    def _is_bomb(self, proposal: Proposal) -> bool:
        """Whether a "bombing", or what only "bombs" did, by no state is of a bomb that somebody laid."""
        doers = [s.mention for s in proposal.slots if s.role is Role.AGENT]
        if proposal.rule == "noun:bombing" and doers and all(m.side is Side.ARMED for m in doers):
            return True
        if proposal.event_type is not EventType.STRIKE or not self._lays_bombs:
            return False
        if proposal.rule != "noun:bombing" and not only_bombs_near(self._vocabulary, proposal.clause):
            return False
        return not any(m.side is Side.STATE and (m.who or m.role) for m in doers)


def _is_plain_move(proposal: Proposal) -> bool:
    """Whether people are brought or told to go somewhere in words that do not tell of danger themselves."""
    return proposal.subtype in ("civilian", "order") and "evacuat" not in proposal.rule
