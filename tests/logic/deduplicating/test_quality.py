"""The floor under finding copies; `python -m benchmarks.deduplicating` has the figures."""

from benchmarks.copies import CHANGES, make_corpus
from benchmarks.deduplicating import prepare, score, stories_of
from transforms.logic.deduplicating import fingerprint, place_articles


def test_copies_are_found_and_strangers_stay_apart() -> None:
    corpus = make_corpus(900)
    articles = [prepare(number, made, fingerprint(made.text)) for number, made in enumerate(corpus)]
    result = score(corpus, stories_of(place_articles(articles)))
    assert set(result.asked) == set(CHANGES)
    assert result.recall >= 0.99
    assert result.wrong == 0
    for kind in ("exact", "case and punctuation", "one word", "1% of words", "agency prefix", "footer"):
        assert result.found[kind] == result.asked[kind]
