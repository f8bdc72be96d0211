"""Where the time of coding goes: microseconds of each stage of the cascade.

On the gold articles of the project, and on the dumps named or a real one if there is any. Each stage is timed
by itself over all articles that reach it, the coder as a whole beside them. Figures of one run compare with
each other; those of two runs only if the machine is quiet.

Run as `python -m benchmarks.coding_stages [DUMP ...]`.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from rich.console import Console
from rich.table import Table

from benchmarks.common import Dump, Tools, processor_seconds
from schemas import Article
from transforms.logic.coding import Coder
from transforms.logic.coding.chunks import chunk_tokens
from transforms.logic.coding.matching import fold
from transforms.logic.coding.records import to_dyads, to_events
from transforms.logic.coding.scene import Scene
from transforms.logic.coding.sentences import split_sentences
from transforms.logic.coding.settling import settle
from transforms.logic.coding.tagging import tag_tokens
from transforms.logic.coding.tokens import tokenise
from transforms.logic.coding.triggers import TriggerFinder, marked_sentences

_ROOT = Path(__file__).resolve().parent.parent
_REAL = _ROOT.parent / "shared" / "dumps" / "real_10k.jsonl.gz"
_MOST = 3_000
_In = TypeVar("_In")
_Out = TypeVar("_Out")


class Stage(NamedTuple):
    """A stage of the cascade: how often it ran, in how many seconds of processor time."""

    name: str
    runs: int
    seconds: float


class Clock:
    """Times stages one after another."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []

    def run(self, name: str, work: Callable[[_In], _Out], inputs: Iterable[_In]) -> list[_Out]:
        """What `work` makes of each input, in order, the time noted under a name."""
        ready = list(inputs)
        gc.disable()  # what is kept for the next stage is more than the coder ever holds at once
        before = time.process_time()
        made = [work(each) for each in ready]
        self.stages.append(Stage(name, len(ready), time.process_time() - before))
        gc.enable()
        return made


def stages_of(coder: Coder, articles: list[Article]) -> list[Stage]:
    """The stages over these articles, in the order of the cascade."""
    clock, words, finder = Clock(), coder.vocabulary, TriggerFinder(coder.vocabulary)
    texts = clock.run("fold", fold, [article.text for article in articles])
    lowers = [text.lower() for text in texts]
    marks = clock.run("find triggers and cues", finder.find, lowers)
    read = [n for n, article in enumerate(articles) if coder.analyse(article) is not None]
    split = clock.run("split sentences", lambda n: split_sentences(texts[n], 0), read)
    chosen = clock.run(
        "choose sentences",
        lambda pair: marked_sentences(marks[pair[0]], pair[1]),
        zip(read, split, strict=True),
    )
    kept = [(n, sentences, some) for n, sentences, some in zip(read, split, chosen, strict=True) if some]
    names = clock.run("find names", lambda each: words.names.find(texts[each[0]], lowers[each[0]]), kept)
    pairs = list(zip(kept, names, strict=True))
    clock.run("lay the scene", lambda each: Scene(words, lowers[each[0][0]], each[1], None).place, pairs)
    spans = [(n, hits, sentences[i]) for (n, sentences, some), hits in pairs for i in some]
    tokens = clock.run(
        "tokenise",
        lambda each: tokenise(words, texts[each[0]], lowers[each[0]], each[2].start, each[2].end, each[1]),
        spans,
    )
    clock.run("tag", tag_tokens, tokens)
    clock.run("chunk", chunk_tokens, tokens)
    _run_frames(clock, coder, [articles[n] for n, _, _ in kept])
    return clock.stages


def _run_frames(clock: Clock, coder: Coder, articles: list[Article]) -> None:
    """What comes behind chunking; settling finds the proposals of verbs and nouns made."""
    analyses = [analysis for analysis in map(coder.analyse, articles) if analysis is not None]
    marked = [(analysis, i) for analysis in analyses for i in analysis.marked]
    for analysis, i in marked:
        analysis.clause(i)
    clock.run("propose", lambda each: each[0].proposals(each[1]), marked)
    settled = clock.run("settle", settle, analyses)
    told = [(article, found) for article, found in zip(articles, settled, strict=True) if found]
    clock.run(
        "record", lambda each: (to_events(each[0].text, each[1]), to_dyads(each[0].text, each[1])), told
    )


def table_of(dump: Dump, tools: Tools) -> Table:
    """Microseconds a run and an article of each stage over a dump."""
    articles = [article.model_copy(update={"language": "en"}) for article in dump.articles[:_MOST]]
    whole = processor_seconds(lambda: [tools.coder.code(article) for article in articles])
    size = sum(len(article.text) for article in articles) / len(articles)
    table = Table(title=f"Coding {len(articles):,} articles of {size:,.0f} characters: {dump.name}")
    table.add_column("stage")
    for column in ("runs an article", "µs a run", "µs an article"):
        table.add_column(column, justify="right")
    for name, runs, seconds in stages_of(tools.coder, articles):
        table.add_row(
            name, f"{runs / len(articles):.2f}", *_micro(seconds, runs), *_micro(seconds, len(articles))
        )
    table.add_section()
    table.add_row("the coder", "1.00", *_micro(whole, len(articles)), *_micro(whole, len(articles)))
    return table


def _micro(seconds: float, count: int) -> tuple[str]:
    return (f"{1e6 * seconds / max(count, 1):,.0f}",)


def main(*named: str) -> None:
    """Measure, and print the tables."""
    tools = Tools()
    paths = [Path(path) for path in named] or ([_REAL] if _REAL.exists() else [])
    gold = Dump("own gold", _ROOT / "tests" / "gold" / "articles.jsonl")
    for dump in (gold, *(Dump(path.name, path) for path in paths)):
        Console().print(table_of(dump, tools))


if __name__ == "__main__":
    main(*sys.argv[1:])
