"""The sample dump holds what its README says, and shows what it is meant to show."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from schemas import Article, BodyKind, Coding, PreparedArticle, RawArticle, Reject, RejectReason, Relation
from transforms.logic.deduplicating import fingerprint, place_articles
from transforms.logic.deduplicating.reference import Placements
from transforms.logic.normalising import normalise_article
from transforms.logic.preparing import head_of
from transforms.logic.reading import ReadTask, load_shapes, read_task
from transforms.logic.reading.tasks import Unit

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SAMPLE = SEEDS / "sample"
README = (SEEDS / "README-sample.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|.*\| (?P<articles>\d+) \| (?P<rejects>\d+) \|$", re.MULTILINE)
CLAIMS = {row["file"]: (int(row["articles"]), int(row["rejects"])) for row in ROW.finditer(README)}
NO_EVENTS = Coding(status="coded", events=(), dyads=())


@cache
def read(name: str) -> tuple[RawArticle | Reject, ...]:
    path = SAMPLE / name
    size = path.stat().st_size
    task = ReadTask(path=str(path), size=size, start=0, end=size, unit=Unit.FILE, format=None)
    return tuple(read_task(task, lambda place: Path(place).open("rb"), load_shapes()))


@cache
def articles() -> tuple[Article, ...]:
    raws = (raw for name in sorted(CLAIMS) for raw in read(name) if isinstance(raw, RawArticle))
    return tuple(normalise_article(raw) for raw in raws)


@cache
def placements() -> Placements:
    return place_articles(
        PreparedArticle(head=head_of(article), fingerprint=fingerprint(article.body), coding=NO_EVENTS)
        for article in articles()
    )


def stories_of(words: str) -> list[set[tuple[str | None, Relation]]]:
    """The stories with an article whose title has these words, each as its outlets and relations."""
    titles = {article.article_id: article.title or "" for article in articles()}
    stories: dict[str, set[tuple[str | None, Relation]]] = {}
    wanted: set[str] = set()
    for article, placement in placements().placed:
        stories.setdefault(placement.story_id, set()).add((article.head.outlet, placement.relation))
        if words in titles[placement.article_id]:
            wanted.add(placement.story_id)
    return [stories[story] for story in sorted(wanted)]


def test_the_readme_names_every_file_and_no_other() -> None:
    files = {str(path.relative_to(SAMPLE)) for path in SAMPLE.rglob("*") if path.is_file()}
    assert set(CLAIMS) == files


@pytest.mark.parametrize("name", sorted(CLAIMS))
def test_a_file_holds_as_many_articles_and_rejects_as_the_readme_says(name: str) -> None:
    rejects = sum(isinstance(outcome, Reject) for outcome in read(name))
    assert (len(read(name)) - rejects, rejects) == CLAIMS[name]


def test_the_totals_of_the_readme_are_right() -> None:
    found = re.search(r"Together (\d+) records: (\d+) articles in (\d+) stories, and (\d+) rejects", README)
    assert found is not None
    outcomes = [outcome for name in CLAIMS for outcome in read(name)]
    rejects = sum(isinstance(outcome, Reject) for outcome in outcomes)
    counts = (len(outcomes), len(articles()), len(placements().stories), rejects)
    assert counts == tuple(map(int, found.groups()))


def test_bad_records_are_rejected_for_eight_reasons() -> None:
    reasons = Counter(o.reason for name in CLAIMS for o in read(name) if isinstance(o, Reject))
    assert reasons == {
        RejectReason.NO_TEXT: 3,
        RejectReason.BAD_SYNTAX: 1,
        RejectReason.WRONG_TYPE: 1,
        RejectReason.BAD_ENCODING: 1,
        RejectReason.REMOVED: 1,
        RejectReason.NOT_AN_ARTICLE: 1,
        RejectReason.TRUNCATED_ARCHIVE: 1,
        RejectReason.UNKNOWN_FORMAT: 1,
    }


def test_reports_and_retellings_of_the_evacuation_are_one_story() -> None:
    (story,) = stories_of("Iran begins pulling commanders")
    assert {outlet for outlet, _ in story} == {
        "meridianwire.example",
        "orbitalpost.example",
        "northgateherald.example",
        "harbourdaily.example",
    }
    assert {relation for _, relation in story} == {Relation.LEAD, Relation.EXACT, Relation.NEAR}


def test_a_higher_toll_and_a_correction_stay_with_their_report() -> None:
    (story,) = stories_of("Missile hits garage in Zaporizhzhia")
    assert [story] == stories_of("rises to eleven") == stories_of("Ten die as missile hits garage")


def test_bulletins_of_one_template_are_two_stories() -> None:
    assert len(stories_of("earthquake recorded off")) == 2


def test_an_excerpt_is_known_as_one() -> None:
    (story,) = stories_of("Philippines clears villages")
    assert ("greatlakesstandard.example", Relation.EXCERPT) in story


def test_mojibake_is_repaired_and_html_removed() -> None:
    assert not [a.title for a in articles() if "â€" in a.text or "<p" in a.text or "[+" in a.body]


def test_source_lines_are_outlets_and_never_text() -> None:
    assert not [a.title for a in articles() if "Original Source" in a.text]
    assert [a for a in articles() if a.title and a.title.startswith("What Tehran") and a.outlet]


def test_some_articles_have_no_date_some_an_inferred_one_and_none_is_of_today() -> None:
    dated = [article for article in articles() if article.published is not None]
    assert len(articles()) - len(dated) == 3
    assert sum(article.published_inferred for article in dated) >= 5
    assert {a.published.strftime("%Y-%m") for a in dated if a.published} == {"2024-11", "2024-12"}


def test_languages_and_kinds_of_body_are_known() -> None:
    assert Counter(a.language for a in articles()) == {"en": 60, "es": 1, "fr": 1}
    kinds = Counter(a.body_kind for a in articles())
    assert kinds == {BodyKind.FULL: 58, BodyKind.TRUNCATED: 3, BodyKind.SUMMARY: 1}


def test_articles_are_of_the_length_of_articles() -> None:
    lengths = [len(a.body.split()) for a in articles() if a.body_kind is BodyKind.FULL]
    assert min(lengths) >= 50
    assert sum(120 <= length <= 400 for length in lengths) >= len(lengths) - 2
