"""Coding: what an article says that actors did."""

from transforms.logic.coding.coder import Coder as Coder
from transforms.logic.coding.lexicon import Lexicon as Lexicon
from transforms.logic.coding.lexicon import load_lexicon as load_lexicon
