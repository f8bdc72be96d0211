"""Normalising: one clean `Article` from a record as received."""

from transforms.logic.normalising.fold import content_hash as content_hash
from transforms.logic.normalising.fold import fold as fold
