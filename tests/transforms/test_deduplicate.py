"""The Beam stage gives what the in-memory reference gives."""

import random
import subprocess
import sys

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.testing.util import assert_that, equal_to

from schemas import PreparedArticle
from tests.logic.deduplicating.invented import article, body, changed
from tests.logic.deduplicating.memory import Memory
from transforms.deduplicate import DeduplicateArticles
from transforms.logic.deduplicating import Placements, place_articles
from transforms.logic.deduplicating.history import History, NoHistory
from transforms.logic.encoding import encode_record
from transforms.lookup import ProbeFn, _partition


def corpus() -> list[PreparedArticle]:
    """Stories of several versions, exact copies, excerpts, loners, empty and short texts, replays."""
    articles = []
    for seed in range(12):
        text = body(seed, 200)
        articles += [article(text, name=name, day=day) for name, day in (("a", 3), ("b", 0), ("c", None))]
        articles += [
            article(changed(text, step, 0.03), day=step, outlet=f"o{step}.org") for step in range(seed)
        ]
        articles.append(article(" ".join(text.split()[:110]), day=2))
        articles.append(article(body(seed + 100), title=None))
    drift = body(50)
    for step in range(25):
        articles.append(article(drift, day=step))
        drift = changed(drift, step, 0.05)
    articles += [article(text, name=name) for text in ("", "Too short to say much.") for name in "ab"]
    articles += [article(body(3, 200), name="a", day=3, source_file="again", position=at) for at in (2, 1)]
    return articles


def stored(articles: list[PreparedArticle]) -> Memory:
    memory = Memory()
    memory.run(articles)
    return memory


def check_against_reference(articles: list[PreparedArticle], history: History, parts: int = 1) -> Placements:
    expected = place_articles(articles, history)
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        created = [
            pipeline | f"Part{n}" >> beam.Create(articles[n::parts]).with_output_types(PreparedArticle)
            for n in range(parts)
        ]
        got = created | beam.Flatten() | DeduplicateArticles(history)
        assert_that(got.placed, equal_to(expected.placed), label="placed")
        assert_that(got.stories, equal_to(expected.stories), label="stories")
        assert_that(got.replays, equal_to(expected.replays), label="replays")
        assert_that(got.moves, equal_to(expected.moves), label="moves")
        assert_that(got.retired | beam.Distinct(), equal_to(expected.retired), label="retired")
        assert_that(got.aliases, equal_to(expected.aliases), label="aliases")
        assert_that(got.blocks, equal_to(expected.blocks), label="blocks")
    return expected


def test_agrees_with_the_reference_in_any_order() -> None:
    articles = corpus()
    random.Random(1).shuffle(articles)
    check_against_reference(articles, NoHistory(), parts=2)


def test_agrees_with_the_reference_beside_a_store() -> None:
    articles = corpus()
    expected = check_against_reference(articles, stored(articles[::3]))
    assert expected.moves
    assert expected.retired
    assert expected.aliases


def test_everything_stored_is_all_replays() -> None:
    articles = corpus()
    expected = check_against_reference(articles, stored(articles))
    assert len(expected.replays) == len(articles)
    assert not any((expected.moves, expected.retired, expected.blocks))


def test_nothing_gives_nothing() -> None:
    check_against_reference([], NoHistory())


def test_copies_post_their_keys_once_a_batch() -> None:
    keys = article(body(1)).fingerprint.keys
    once = dict(_partition([(b"t" * 16, keys)]))
    assert dict(_partition([(b"t" * 16, keys)] * 1000)) == once


def test_bucket_goes_out_once_a_bundle() -> None:
    postings = dict(_partition([(bytes([n]) * 16, article(body(1)).fingerprint.keys) for n in range(3)]))
    find = ProbeFn(NoHistory())
    find.start_bundle()
    said = [one for group in postings.items() for one in find.process((group[0], [group[1]]))]
    found = [one[0] for one in said if not isinstance(one, TaggedOutput)]
    assert sorted(found) == [bytes([n]) * 16 for n in range(3)]


def test_no_text_crosses_a_shuffle() -> None:
    text = body(1)
    assert all(word not in encode_record(article(text)).decode() for word in text.split() if len(word) > 5)


SCRIPT = """
import hashlib
from tests.transforms.test_deduplicate import corpus
from transforms.logic.deduplicating import place_articles
print(hashlib.sha256(repr(place_articles(corpus())).encode()).hexdigest())
"""


def test_hash_seed_does_not_matter() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "77")
    }
    assert len(outputs) == 1
