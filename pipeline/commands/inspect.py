"""`wiretally inspect`: how dumps would be read."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.inputs import list_dumps
from pipeline.looking import Look, looks
from pipeline.terminal import counted, facts, moment, page
from pipeline.visible import visible
from schemas import Article
from transforms.logic.reading import load_shapes
from transforms.logic.reading.shapes import FIELDS

_EXCERPT = 160
"""Characters of a sample's body that are shown."""


def inspect_command(names: Sequence[str], format_name: str | None, mapping: Path | None) -> int:
    """Inspect the files; see `docs/cli.md`."""
    console = page()
    for look in looks(list_dumps(names), format_name, load_shapes(user=mapping)):
        show_look(console, look)
    return 0


def show_look(console: Console, look: Look) -> None:
    """Draw what was seen of files that are read in the same way."""
    others = f" and {counted(look.files - 1, 'other file')} like it" if look.files > 1 else ""
    console.print(Text(visible(look.report.path) + others, "bold", overflow="fold"))
    console.print(facts(_numbers(look)))
    if look.report.mapping:
        console.print()
        console.print(facts(_fields(look)))
    if look.rejects:
        console.print()
        console.print(_rejects(look))
    for sample in look.samples:
        console.print()
        _show_sample(console, sample)
    console.print()


def _numbers(look: Look) -> list[tuple[str, object]]:
    packing = "".join(f" in {layer}" for layer in reversed(look.report.packing))
    shape = look.report.shape
    form = look.report.container or "unknown"
    seen = counted(look.records, "record") + ("" if look.complete else " looked at, there are more")
    rows: list[tuple[str, object]] = [
        ("format", f"{form}{packing}" + (f", shape {shape}" if shape and shape != form else "")),
        (
            "records",
            f"{seen}: {counted(look.articles, 'article')}, {look.records - look.articles:,} rejected",
        ),
    ]
    if look.articles:
        rows.append(
            ("dates", ", ".join(f"{look.dates[kind]:,} {kind}" for kind in ("stated", "inferred", "missing")))
        )
    if set(look.encodings) - {"utf-8"}:
        rows.append(("encodings", _listed(look.encodings)))
    return rows


def _fields(look: Look) -> list[tuple[str, object]]:
    mapping = look.report.mapping
    rows: list[tuple[str, object]] = [
        (name, "from " + ", else ".join(mapping[name])) for name in FIELDS if name in mapping
    ]
    absent = [name for name in FIELDS if name not in mapping]
    return [*rows, ("not found", ", ".join(absent))] if absent else rows


def _rejects(look: Look) -> Table:
    rows: list[tuple[str, object]] = []
    for reason, count in look.rejects.most_common():
        rows.append((f"{count:,} {reason}", f"for example {look.examples[reason]}"))
    return facts(rows)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())


def _show_sample(console: Console, article: Article) -> None:
    console.print(Padding(Text(visible(article.title or "(no title)"), "bold"), (0, 0, 0, 2), expand=False))
    console.print(Padding(Text(sample_line(article), "dim"), (0, 0, 0, 2), expand=False))
    excerpt = shorten(article.body, _EXCERPT, placeholder=" …")
    console.print(Padding(Text(visible(excerpt)), (0, 0, 0, 2), expand=False))


def sample_line(article: Article) -> str:
    """Outlet, date and how sure it is, language, length, and the record's own id."""
    date = f"{moment(article.published)} UTC" if article.published else "undated"
    if article.published and article.published_inferred:
        date += " (inferred)"
    parts = [article.outlet or "unknown outlet", date, article.language or "unknown language"]
    parts.append(f"{len(article.body):,} characters, {article.body_kind}")
    if article.record_id:
        parts.append(f"id {article.record_id}")
    return visible(" · ".join(parts))
