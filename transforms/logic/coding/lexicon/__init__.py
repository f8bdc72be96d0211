"""The lexicon: read, checked and layered into one immutable object."""

from schemas.lexicon import Actor as Actor
from schemas.lexicon import Lexicon as Lexicon
from schemas.lexicon import Name as Name
from schemas.lexicon import RoleNoun as RoleNoun
from transforms.logic.coding.lexicon.examples import check_examples as check_examples
from transforms.logic.coding.lexicon.load import load_lexicon as load_lexicon
