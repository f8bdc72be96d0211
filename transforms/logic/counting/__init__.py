"""Counting: who took part in what, how often, in how many stories, articles and outlets."""

from transforms.logic.counting.activity import ActorRef as ActorRef
from transforms.logic.counting.activity import Lineage as Lineage
from transforms.logic.counting.activity import count_activity as count_activity
from transforms.logic.counting.dyads import count_dyads as count_dyads
from transforms.logic.counting.rows import article_row as article_row
from transforms.logic.counting.rows import dyad_rows as dyad_rows
from transforms.logic.counting.rows import event_rows as event_rows
from transforms.logic.counting.rows import month_of as month_of
from transforms.logic.counting.rows import story_row as story_row
