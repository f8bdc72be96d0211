"""De-duplicating: which articles are copies of one text, and which of them leads."""

from transforms.logic.deduplicating.fingerprint import fingerprint as fingerprint
from transforms.logic.deduplicating.history import History as History
from transforms.logic.deduplicating.history import Replay as Replay
from transforms.logic.deduplicating.reference import Placements as Placements
from transforms.logic.deduplicating.reference import place_articles as place_articles
from transforms.logic.deduplicating.similarity import Verdict as Verdict
from transforms.logic.deduplicating.similarity import similar as similar
from transforms.logic.deduplicating.texts import DistinctText as DistinctText
