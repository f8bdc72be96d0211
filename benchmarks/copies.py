"""Invented news with copies made by fifteen known changes, and templated reports that must stay apart.

A Zipf vocabulary and stock phrases, as news has. The same size gives the same texts.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

TEMPLATE = "template"
ORIGINAL = "original"
_LETTERS = "abcdefghijklmnoprstuvwz"
_FOOTERS = (
    "This article was originally published by outlet {n} and is reproduced with permission.",
    "Sign up for newsletter {n} and follow us for more stories like this one.",
    "(Reporting by staff writer {n}; editing by the desk) Read more: top stories of the day.",
)

Paragraphs = list[str]


@dataclass(frozen=True)
class Made:
    """One made article: `story` is the truth, `kind` the change that made it."""

    kind: str
    story: int
    day: int
    text: str


class Press:
    """Writes invented news, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.vocabulary = sorted({self._word() for _ in range(20_000)})
        self.rng.shuffle(self.vocabulary)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.vocabulary))))
        self.phrases = [self.words(self.rng.randint(4, 9)) for _ in range(400)]

    def _word(self) -> str:
        return "".join(self.rng.choices(_LETTERS, k=self.rng.randint(2, 10)))

    def words(self, count: int) -> list[str]:
        """Words by their frequency."""
        return self.rng.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def sentence(self) -> str:
        """A sentence; one in six has a phrase that others have too."""
        words = self.words(self.rng.randint(10, 28))
        if self.rng.random() < 1 / 6:
            words[3:3] = self.rng.choice(self.phrases)
        if self.rng.random() < 1 / 4:
            words.insert(2, str(self.rng.randint(2, 3000)))
        return " ".join(words).capitalize() + "."

    def paragraph(self) -> str:
        """Two to four sentences."""
        return " ".join(self.sentence() for _ in range(self.rng.randint(2, 4)))

    def article(self) -> Paragraphs:
        """Paragraphs of about 3 KB in all, log-normal."""
        count = max(3, min(40, int(self.rng.lognormvariate(2.1, 0.4))))
        return [self.paragraph() for _ in range(count)]

    def market_report(self) -> str:
        """A report that differs from others of its kind in figures and a few words."""
        frame = random.Random(1)
        words = [frame.choice(self.vocabulary) for _ in range(190)]
        for at in range(6, 190, 14):
            words[at] = f"{self.rng.uniform(0, 9000):.2f}"
        for at in range(9, 190, 60):
            words[at] = self._word()
        return " ".join(words) + "."

    def substitute(self, paragraphs: Paragraphs, share: float) -> Paragraphs:
        """Replace a share of the words."""
        return [
            " ".join(self.words(1)[0] if self.rng.random() < share else word for word in text.split())
            for text in paragraphs
        ]


def _one_word(press: Press, article: Paragraphs) -> Paragraphs:
    words = article[0].split()
    words[press.rng.randrange(len(words))] = press.words(1)[0]
    return [" ".join(words), *article[1:]]


def _cut(article: Paragraphs, share: float) -> Paragraphs:
    text = "\n".join(article)
    return [text[: int(len(text) * share)].rsplit(" ", 1)[0]]


def _drop(press: Press, article: Paragraphs) -> Paragraphs:
    gone = press.rng.randrange(len(article))
    return article[:gone] + article[gone + 1 :]


CHANGES: dict[str, Callable[[Press, Paragraphs], Paragraphs]] = {
    "exact": lambda _, article: article,
    "case and punctuation": lambda _, article: [
        text.replace(",", " ,").replace(".", "...").upper() for text in article
    ],
    "one word": _one_word,
    "1% of words": lambda press, article: press.substitute(article, 0.01),
    "3% of words": lambda press, article: press.substitute(article, 0.03),
    "5% of words": lambda press, article: press.substitute(article, 0.05),
    "agency prefix": lambda press, article: [f"By {press.words(1)[0]}, staff writer (Agency)", *article],
    "footer": lambda press, article: [
        *article,
        press.rng.choice(_FOOTERS).format(n=press.rng.randint(1, 999)),
    ],
    "paragraph dropped": _drop,
    "lead rewritten": lambda press, article: [press.paragraph(), *article[1:]],
    "update": lambda press, article: [press.paragraph(), *article[:-1], press.paragraph()],
    "paragraphs shuffled": lambda press, article: press.rng.sample(article, len(article)),
    "cut to 75%": lambda _, article: _cut(article, 0.75),
    "cut to 50%": lambda _, article: _cut(article, 0.5),
    "footer, prefix and 2% of words": lambda press, article: [
        press.sentence(),
        *press.substitute(article, 0.02),
        press.rng.choice(_FOOTERS).format(n=1),
    ],
}


def make_corpus(originals: int, seed: int = 7) -> list[Made]:
    """Originals, copies of half of them by each change in turn, and templated reports, shuffled."""
    press = Press(seed)
    articles = [press.article() for _ in range(originals)]
    days = [press.rng.randint(0, 364) for _ in articles]
    made = [Made(ORIGINAL, story, days[story], "\n".join(article)) for story, article in enumerate(articles)]
    for kind, story in zip(
        _cycle(originals // 2), press.rng.sample(range(originals), originals // 2), strict=True
    ):
        text = "\n".join(CHANGES[kind](press, articles[story]))
        made.append(Made(kind, story, days[story] + press.rng.randint(0, 3), text))
    for number in range(originals // 20):
        made.append(Made(TEMPLATE, -1 - number, number % 20, press.market_report()))
    press.rng.shuffle(made)
    return made


def _cycle(count: int) -> Iterator[str]:
    kinds = list(CHANGES)
    return (kinds[number % len(kinds)] for number in range(count))
