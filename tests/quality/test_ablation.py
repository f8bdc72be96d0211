"""Every feature that can be left out is worth something, and the coder works without it."""

import pytest

from schemas import ConfigError
from schemas.lexicon import Lexicon
from tests.quality.gate import OWN, SETS
from transforms.logic.coding import Coder
from transforms.logic.coding.ablation import Feature, features_of
from transforms.logic.evaluating import GoldItem, Tally, judge, parse_gold, score


@pytest.fixture(scope="module")
def gold() -> list[GoldItem]:
    items = []
    for name in OWN:
        with SETS[name].open("rb") as lines:
            items += parse_gold(name, lines)
    return items


def triples(gold: list[GoldItem], coder: Coder) -> Tally:
    return score(judge(gold, coder), resamples=0).triples


@pytest.fixture(scope="module")
def whole(gold: list[GoldItem], coder: Coder) -> Tally:
    return triples(gold, coder)


@pytest.mark.parametrize("feature", Feature)
def test_leaving_a_feature_out_changes_the_score(
    feature: Feature, gold: list[GoldItem], whole: Tally, coder: Coder
) -> None:
    assert triples(gold, coder.lacking(frozenset((feature,)))) != whole


def test_features_add_up(gold: list[GoldItem], whole: Tally, coder: Coder) -> None:
    alone = triples(gold, coder.lacking(features_of(["nouns"]))).f1
    both = triples(gold, coder.lacking(features_of(["nouns", "modality"]))).f1
    assert both is not None
    assert alone is not None
    assert whole.f1 is not None
    assert both < alone < whole.f1


def test_a_coder_that_lacks_something_is_built_or_made_of_a_whole_one(
    gold: list[GoldItem], coder: Coder, lexicon: Lexicon
) -> None:
    without = features_of(["victims", "dates"])
    built, made = Coder(lexicon, without), coder.lacking(without)
    assert [built.code(item.article) for item in gold] == [made.code(item.article) for item in gold]
    assert not coder.vocabulary.without


def test_a_feature_that_is_none_is_refused_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match=r"'viktims'; there are nouns, .*victims"):
        features_of(["victims", "viktims"])
