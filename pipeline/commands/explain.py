"""`wiretally explain`: an article with its events, and why each was coded."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipeline.commands.articles import open_source
from pipeline.commands.coder import load_coder
from pipeline.marking import ACTOR_STYLE, marked_text, trigger_style
from pipeline.rules import rule_rows
from pipeline.terminal import counted, facts, moment, page
from pipeline.visible import visible
from schemas import Article, Coding, Event, InputError
from schemas.lexicon import Lexicon


def explain_command(
    file: str, format_name: str | None, mapping: Path | None, lexicons: Sequence[Path], only: str | None
) -> int:
    """Explain the articles; see `docs/cli.md`."""
    coder, lexicon = load_coder(lexicons)
    console, shown = page(), 0
    with open_source(file, format_name, mapping) as source:
        for article, coding in source.coded(coder):
            if only in (None, article.record_id, article.article_id):
                explain_article(console, article, coding, lexicon)
                shown += 1
        source.require_articles()
    if only is not None and not shown:
        raise InputError(f"{file}: no article has the id {only}")
    return 0


def explain_article(console: Console, article: Article, coding: Coding, lexicon: Lexicon) -> None:
    """Draw one article: where it is from, its text with marks, its events."""
    console.rule(Text(headline(article), "bold"), align="left", style="dim")
    console.print(Text(origin(article), "dim"))
    console.print()
    console.print(marked_text(article, coding.events))
    if not coding.events:
        console.print()
        why = "no events" if coding.status == "coded" else f"no events: {coding.status}"
        console.print(Text(why, "yellow"))
    for number, event in enumerate(coding.events, start=1):
        _explain_event(console, number, event, article, lexicon)
    console.print()


def headline(article: Article) -> str:
    """The article's id, outlet and time of publication in one line."""
    date = moment(article.published) + " UTC" if article.published else "undated"
    if article.published and article.published_inferred:
        date += " (inferred)"
    name = article.record_id or article.article_id
    return visible(" · ".join((name, article.outlet or "unknown outlet", date)))


def origin(article: Article) -> str:
    """Where the article was read and in which language it is."""
    language = article.language or "unknown language"
    place = f"{article.source_format} {article.source_file}#{article.position}"
    parts = (place, language, article.article_id) if article.record_id else (place, language)
    return visible(" · ".join(parts))


def _explain_event(console: Console, number: int, event: Event, article: Article, lexicon: Lexicon) -> None:
    style = trigger_style(event.modality)
    console.print()
    heading = Text(f"{number:>3}  ").append(f"{event.event_type}/{event.subtype}", style)
    heading.append(f"  {event.role}  ").append(f"{event.actor_who}:{event.actor_side}", ACTOR_STYLE)
    console.print(heading.append(f"  {event.modality}", style))
    console.print(Padding(Text(f"“{_flat(event.evidence.text)}”", "italic"), (0, 0, 0, 5), expand=False))
    console.print(facts(reasons(event, article, lexicon), indent=5))


def reasons(event: Event, article: Article, lexicon: Lexicon) -> list[tuple[str, object]]:
    """Why an event is what it is: the words, the actor and whom it belongs to, the rule, the day."""
    rows: list[tuple[str, object]] = [
        ("trigger", f"{_words(article, event.trigger_start, event.trigger_end)}"),
        ("actor", f"{_words(article, event.actor_start, event.actor_end)} is {actor_name(event, lexicon)}"),
    ]
    ancestors = lexicon.lineage.get(event.actor_id, ())[1:]
    if ancestors:
        rows.append(("counts for", ", ".join(step.actor_id for step in ancestors)))
    rows.append(("rule", event.rule))
    rows += [("", f"{row.place}, as in “{row.example}”") for row in rule_rows(event.rule, lexicon)]
    if event.day is not None:
        rows.append(("day", f"{event.day} (from the text)"))
    if event.mentions > 1:
        rows.append(("said in", counted(event.mentions, "sentence")))
    return rows


def actor_name(event: Event, lexicon: Lexicon) -> str:
    """The actor's id, and its name where the lexicon gives one."""
    known = lexicon.actors.get(event.actor_id)
    return f"{event.actor_id} ({known.name})" if known and known.name != event.actor_id else event.actor_id


def _words(article: Article, start: int, end: int) -> str:
    return f"“{_flat(article.text[start:end])}”" if end > start else "nobody in the text"


def _flat(text: str) -> str:
    return visible(" ".join(text.split()))
