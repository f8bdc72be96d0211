"""Evaluating: the coder against texts that a careful reader labelled."""

from transforms.logic.evaluating.errors import Cause as Cause
from transforms.logic.evaluating.errors import Error as Error
from transforms.logic.evaluating.errors import Kind as Kind
from transforms.logic.evaluating.errors import errors_of as errors_of
from transforms.logic.evaluating.gold import GoldItem as GoldItem
from transforms.logic.evaluating.gold import Label as Label
from transforms.logic.evaluating.gold import Triple as Triple
from transforms.logic.evaluating.gold import parse_gold as parse_gold
from transforms.logic.evaluating.judging import Judged as Judged
from transforms.logic.evaluating.judging import judge as judge
from transforms.logic.evaluating.scores import Scores as Scores
from transforms.logic.evaluating.scores import Share as Share
from transforms.logic.evaluating.scores import Tally as Tally
from transforms.logic.evaluating.scores import interval as interval
from transforms.logic.evaluating.scores import score as score
