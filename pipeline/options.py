"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer


def _formats() -> list[str]:
    """Names for shell completion."""
    from transforms.logic.reading import FORMATS

    return list(FORMATS)


Dumps = Annotated[
    list[str],
    typer.Argument(
        metavar="DUMP", help="Files, folders, globs or URIs of article dumps.", show_default=False
    ),
]
Source = Annotated[
    str,
    typer.Argument(metavar="FILE", help="A dump of any format, or - for standard input.", show_default=False),
]
Store = Annotated[
    str, typer.Option("--store", metavar="DIR", help="Folder or URI of the store.", show_default=False)
]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help="Take every file as this format.", autocompletion=_formats),
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="TOML file that maps the fields of an unknown format."),
]
Lexicon = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon", metavar="DIR", help="Folder of lexicon tables laid over the built-in; repeatable."
    ),
]
Runner = Annotated[
    str,
    typer.Option("--runner", metavar="NAME", help="direct (in this process), flink, or Beam's name of one."),
]
FlinkMaster = Annotated[
    str | None,
    typer.Option("--flink-master", metavar="HOST:PORT", help="Where the Flink cluster answers."),
]
FirstDay = Annotated[
    str | None, typer.Option("--from", metavar="DAY", help="First day of publication, YYYY-MM-DD.")
]
LastDay = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help="Last day of publication, YYYY-MM-DD.")
]
KeepText = Annotated[bool, typer.Option("--keep-text", help="Keep the articles' texts in the store.")]
Metrics = Annotated[
    Path | None,
    typer.Option("--metrics", metavar="FILE", help="Write figures for Prometheus to a text file."),
]
DedupWindow = Annotated[
    int,
    typer.Option(
        "--dedup-window",
        metavar="DAYS",
        min=0,
        help="Days of publication within which near copies are one story; exact ones always are.",
    ),
]
Workers = Annotated[
    int,
    typer.Option("--workers", metavar="N", min=1, help="Processes that prepare articles; one for each core."),
]
