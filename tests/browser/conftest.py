"""A real Chromium for tests: pages on a desktop and on a phone, accessibility, signing in.

The browser is the one that CREDENCE_CHROMIUM names, or the first on the path. Without one, tests
are skipped; with CREDENCE_REQUIRE_BROWSER=1 they fail. Screenshots go to var/screenshots.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Response,
    expect,
    sync_playwright,
)

from config.environment import VAR

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SCREENSHOTS = VAR / "screenshots"
PATIENCE = 60_000  # milliseconds; a machine may be busy, and what never comes still fails
expect.set_options(timeout=PATIENCE)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERVER_ERROR = 500
LAUNCH_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
# The editor's form, but for Wagtail's buttons for comments: its own footer covers the one that
# happens to stand there, and so makes it smaller than it is.
EDITOR = {"include": [["main"]], "exclude": [[".w-field__comment-button"]]}
# What is still fading in has no contrast of its own yet: it is brought to its end, not waited for.
AT_REST = """() => document.getAnimations()
    .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
    .forEach((one) => one.finish())"""


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CREDENCE_CHROMIUM") or next(filter(None, found), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once for all tests."""
    executable = _chromium()
    if not executable:
        reason = "No Chromium found. Install it, or set CREDENCE_CHROMIUM to its path."
        if os.environ.get("CREDENCE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=LAUNCH_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of its own context, with Playwright's options: `new_page(locale="fr-CA")`.

    A page that the server could not make fails the test, however accessible its excuse is.
    """
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def notice(response: Response) -> None:
        if response.status >= SERVER_ERROR:
            broken.append(f"{response.status} {response.url}")

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-CA", **options})
        context.set_default_timeout(PATIENCE)
        context.on("response", notice)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert broken == []


@pytest.fixture
def browser_page(new_page: Callable[..., Page]) -> Page:
    """A page on a desktop."""
    return new_page()


@pytest.fixture
def phone_page(new_page: Callable[..., Page]) -> Page:
    """A page on a phone."""
    return new_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def axe() -> Callable[..., None]:
    """Assert that a page breaks no rule of WCAG 2.2 AA: `axe(page)`.

    `context` limits the check to a part of the page, in axe's own terms; `tags` adds sets of rules.
    """

    def check(page: Page, context: Any = None, tags: tuple[str, ...] = ()) -> None:
        options = {
            "resultTypes": ["violations"],
            "runOnly": {"type": "tag", "values": [*WCAG, *tags]},
            "rules": {"target-size": {"enabled": True}},
        }
        assert page.title().partition(" - ")[0].strip(), f"{page.url} has no title"
        page.evaluate(AT_REST)
        results = Axe().run(page, context=context, options=options)
        assert not results.violations_count, f"{page.url}\n{_report(results.response)}"

    return check


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Sign in to the admin: `sign_in(page, live_server, user)`."""

    def enter(page: Page, live_server: Any, user: Any, password: str = "secret") -> None:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}{reverse('wagtailadmin_login')}")
        page.fill("input[name=username]", user.get_username())
        page.fill("input[name=password]", password)
        page.click("button[type=submit]")
        page.wait_for_url(f"{live_server.url}{reverse('wagtailadmin_home')}")

    return enter


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Keep what a page looks like: `screenshot(page, "empty")` writes a PNG, named by the test."""

    def take(page: Page, name: str = "", *, full_page: bool = True) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        stem = "-".join(part for part in (request.node.name, name) if part)
        path = SCREENSHOTS / f"{re.sub(r'[^a-z0-9]+', '-', stem.lower()).strip('-')}.png"
        page.screenshot(path=path, full_page=full_page)
        return path

    return take


def _report(response: dict[str, Any]) -> str:
    """One paragraph for each broken rule: what it is, where, and what to read about it."""
    lines = []
    for violation in response["violations"]:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"    at {node['target']}: {node['html'][:200]}")
            lines.append(f"       {node['failureSummary'].replace(chr(10), ' ')}")
        lines.append(f"    see {violation['helpUrl']}")
    return "\n".join(lines)
