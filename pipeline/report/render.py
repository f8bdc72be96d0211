"""From the model of a report to its page. Pure: equal models give equal pages, to the byte."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report import shapes
from pipeline.report.island import pack
from pipeline.report.model import Report
from pipeline.report.page import page_of

SCRIPTS = ("data", "rules", "views", "cells", "draw", "drill", "csv", "main")
"""The parts of the page's one script, in the order in which they are joined."""


LIMIT = 960_000
"""Bytes of a page of usual size: under a megabyte, so that it can be mailed and opens at once."""


class Page(NamedTuple):
    """A page, and of how many stories it shows no sentences, for it would have grown too large."""

    html: str
    without_details: int


def render_report(report: Report, limit: int = LIMIT) -> Page:
    """The page of a report.

    Args:
        report: the model; its texts may come from anybody.
        limit: bytes that the page is not to exceed, as far as leaving out sentences and addresses can help.
    """
    style, script = _asset("report.css"), _script()
    shell = {"style": Markup(style), "script": Markup(script), "policy": _policy(style, script)}
    template = _environment().get_template("report.html.j2")
    bare = template.render(shell, page=page_of(report, len(report.stories)), data="")
    data, without_details = pack(report, limit - len(bare.encode()))
    html = template.render(shell, page=page_of(report, without_details), data=data)
    return Page(html + "\n", without_details)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": shapes.number, "decimal": shapes.decimal}
    return environment


def _asset(name: str) -> str:
    return files("pipeline.report").joinpath("static", name).read_text(encoding="utf-8")


def _script() -> str:
    parts = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, sent, framed or evaluated; only this style and this script may act."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"
