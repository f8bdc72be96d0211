"""A real browser without a network, and pages to open in it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.report import report_command
from schemas.lexicon import Lexicon
from tests.pipeline.report_rows import article, crowded_store, event, hostile_store, store_of
from tests.pipeline.run_helpers import run
from transforms.logic.coding import load_lexicon

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync")  # fmt: skip

Opener = Callable[..., Any]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright, with a profile of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon, sample_dump: Path) -> dict[str, Path]:
    """The stores that are looked at, by name; each with its page beside it."""
    folder = tmp_path_factory.mktemp("pages")
    run(folder / "sample", sample_dump)
    store_of(folder / "empty", [])
    store_of(folder / "one", [article(1)], [event(article(1), "SYR:state")])
    hostile_store(folder / "hostile")
    crowded_store(folder / "crowded", sorted(actor for actor in lexicon.actors if ":" not in actor)[:200])
    stores = {path.name: path for path in folder.iterdir()}
    for name, store in stores.items():
        report_command(str(store), folder / f"{name}.html", None, None, 90, [])
    return {name: folder / f"{name}.html" for name in stores}


@pytest.fixture
def opened(chromium: Any, pages: dict[str, Path]) -> Iterator[Opener]:
    """Opens a page by name without a network; in the end, nothing may have been asked or complained of."""
    contexts, troubles = [], []

    def open_page(
        name: str, *, theme: str = "light", width: int = 1280, hash: str = "", **options: Any
    ) -> Any:
        context = chromium.new_context(
            offline=True, color_scheme=theme, viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("request", lambda request: _note_request(request.url, troubles))
        page.goto(pages[name].as_uri() + hash)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _note_request(url: str, troubles: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        troubles.append(f"request: {url}")
