"""Normalising: one clean `Article` from a record as received."""

from transforms.logic.normalising.article import normalise_article as normalise_article
from transforms.logic.normalising.boilerplate import strip_boilerplate as strip_boilerplate
from transforms.logic.normalising.clean import clean_text as clean_text
from transforms.logic.normalising.dates import ParsedDate as ParsedDate
from transforms.logic.normalising.dates import parse_date as parse_date
from transforms.logic.normalising.fold import content_hash as content_hash
from transforms.logic.normalising.fold import fold as fold
from transforms.logic.normalising.identity import article_id as article_id
from transforms.logic.normalising.language import detect_language as detect_language
from transforms.logic.normalising.outlets import outlet_of as outlet_of
from transforms.logic.normalising.urls import url_key as url_key
