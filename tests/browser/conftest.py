"""A headless Chromium, one for the session, that says how to install itself when it is missing; who labels in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from annotation.door.accounts import label_link
from annotation.door.calls import Calls
from annotation.door.connection import connect
from annotation.push.push import push
from pipeline.config import Config
from pipeline.records import Article
from tests.annotation.made import write_run
from tests.browser.labelling import Sitting, Work

PROPOSITIONS = [{"name": name, "kind": "proposition"} for name in ("the toll", "$sentence")]
_NUMBER = count(1)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
MISSING = (
    "These tests need a Chromium on the PATH. Install it with\n"
    "    apt-get install --no-install-recommends chromium     (Debian, Ubuntu)\n"
    "or set ONRECORD_NO_BROWSER=1 to leave the browser tests out."
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium. Without one the tests fail, unless ONRECORD_NO_BROWSER=1 leaves them out."""
    if os.environ.get("ONRECORD_NO_BROWSER") == "1":
        pytest.skip("ONRECORD_NO_BROWSER=1")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page that is open, and everything it tried: requests, console messages, dialogs, errors, new windows."""

    page: Page
    requests: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Open HTML as a file, at a width, light or dark, and watch what it does."""
    contexts = []

    def open_html(html: str, width: int = 1440, scheme: str = "light", *, errors: str = "strict") -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8", errors=errors)
        watched = Watched(page=context.new_page())
        page = watched.page
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("console", lambda message: watched.events.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: watched.events.append(f"error: {error}"))
        page.on("popup", lambda popup: watched.events.append(f"popup: {popup.url}"))
        page.on("dialog", lambda dialog: (watched.events.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(file.as_uri())
        return watched

    yield open_html
    for context in contexts:
        context.close()


@pytest.fixture
def work(studio, tmp_path) -> Callable[..., Work]:
    """Pushes articles to a project of their own, and makes an account for somebody to label them."""

    def make(articles: list[Article], **annotation: object) -> Work:
        settings = {"sentences": "all", "blind_share": 0.0, **annotation}
        config = Config.model_validate({"prelabel": {"targets": PROPOSITIONS}, "annotation": settings})
        run = write_run(tmp_path / f"run{next(_NUMBER)}", [articles], config)
        name = f"browser {os.getpid()}-{next(_NUMBER)}"
        calls = Calls(connect(studio.server), studio.server)
        done = push(run, name, config, calls)
        person = studio.annotator()
        return Work(run, name, calls, label_link(studio.server, done.project_id), person.email, person.password)

    return make


@pytest.fixture
def sit(chromium: Browser) -> Iterator[Callable[..., Sitting]]:
    """A browser window of this size."""
    contexts = []

    def down(width: int = 1440, height: int = 900) -> Sitting:
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        sitting = Sitting(context, context.new_page())
        sitting.page.on("pageerror", lambda error: sitting.events.append(f"error: {error}"))
        sitting.page.on("popup", lambda popup: sitting.events.append(f"popup: {popup.url}"))
        sitting.page.on("dialog", lambda dialog: (sitting.events.append(dialog.message), dialog.dismiss()))
        return sitting

    yield down
    for context in contexts:
        context.close()
