"""Every row of the boilerplate file keeps its promises."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.logic.normalising import strip_boilerplate
from transforms.logic.normalising.boilerplate import Rule, rules, strip_inline

STORY = "Rebels entered the town on Monday, witnesses said."
LONG_STORY = " ".join([STORY] * 20)
EXAMPLES = [text for rule in rules() for text in rule.examples]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_rule_finds_its_examples_and_spares_its_counter_examples(rule: Rule) -> None:
    assert rule.examples
    assert rule.counter_examples
    for text in rule.examples:
        assert rule.finds(text), text
    for text in rule.counter_examples:
        assert strip_boilerplate([STORY, text]) == [STORY, text]
        assert strip_inline(text) == text


@pytest.mark.parametrize(
    "rule", [rule for rule in rules() if rule.place == "tail"], ids=lambda rule: rule.name
)
def test_endings_go_at_the_end_only(rule: Rule) -> None:
    for text in rule.examples:
        assert strip_boilerplate([STORY, text]) == [STORY]
        assert strip_boilerplate([f"{STORY} {text}"]) == [STORY]
        assert strip_boilerplate([f"{text} {LONG_STORY}"]) == [f"{text} {LONG_STORY}"]


@pytest.mark.parametrize(
    "rule", [rule for rule in rules() if rule.place == "line"], ids=lambda rule: rule.name
)
def test_lines_go_wherever_they_stand(rule: Rule) -> None:
    for text in rule.examples:
        assert strip_boilerplate([text, STORY, text, STORY]) == [STORY, STORY]


def test_endings_go_until_none_is_left() -> None:
    credit = "Reporting by Jane Roe in Beirut; Editing by J. Doe"
    last = f"{STORY} {credit} Our Standards: The Thomson Reuters Trust Principles."
    assert strip_boilerplate([STORY, last, "Read more: Ten things", "Social Sharing"]) == [STORY, STORY]


def test_inline_becomes_a_line_break() -> None:
    assert strip_inline("He left.CLICK HERE TO GET THE EXAMPLE NEWS APPThen came") == "He left.\nThen came"


@given(st.lists(st.sampled_from([*EXAMPLES, STORY, f"{STORY} {EXAMPLES[0]}"]) | st.text(min_size=1)))
def test_stripping_again_changes_nothing(lines: list[str]) -> None:
    once = strip_boilerplate(lines)
    assert strip_boilerplate(once) == once


@pytest.mark.parametrize("piece", ["(", "Source: A ", "© A", "Reporting by A", "Reuters.", "READ MORE "])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    started = time.process_time()
    strip_boilerplate([piece * 500] * 5)
    assert time.process_time() - started < 2
