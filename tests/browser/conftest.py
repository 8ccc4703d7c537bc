"""A real browser on a real server; where there is no chromium these tests say so and skip."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
AXE = "axe-core@4.14.1"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@dataclass
class Watched:
    """A page under watch: what its console complained of, and whom else it asked."""

    page: "Page"
    site: str
    faults: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("request", self._asked)

    def open(self, path: str) -> "Response":
        answer = self.page.goto(self.site + path)
        assert answer is not None
        return answer

    def held(self) -> None:
        """Hold what was heard since the last time to silence."""
        faults, strangers = self.faults[:], self.strangers[:]
        self.faults.clear()
        self.strangers.clear()
        assert faults == []
        assert strangers == []

    def wide(self) -> int:
        """By how much the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def _heard(self, message: "ConsoleMessage") -> None:
        refused = "the server responded with a status of 4" in message.text
        if message.type in {"error", "warning"} and not refused:
            self.faults.append(message.text)

    def _asked(self, request: "Request") -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.strangers.append(request.url)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    if not CHROMIUM:
        pytest.skip("there is no chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with api.sync_playwright() as playwright:
        # What looks at graphics processors takes a quarter of the time, and there is none.
        options = ["--no-sandbox", "--disable-gpu"]
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield found
        found.close()


@pytest.fixture
def watched(browser: "Browser", server: str) -> Iterator[Watched]:
    """A page on a desk; what it complained of, or asked of others, fails the test."""
    with watching(browser, server) as found:
        yield found


@pytest.fixture
def phone(browser: "Browser", server: str) -> Iterator[Watched]:
    with watching(browser, server, **PHONE) as found:
        yield found


@pytest.fixture
def swedish(browser: "Browser", server: str) -> Iterator[Watched]:
    """A page in the browser of somebody who prefers Swedish."""
    with watching(browser, server, locale="sv-SE") as found:
        yield found


@pytest.fixture
def plain(browser: "Browser", server: str) -> Iterator[Watched]:
    """A page in a browser without JavaScript."""
    with watching(browser, server, java_script_enabled=False) as found:
        yield found


@contextmanager
def watching(browser: "Browser", server: str, **options: object) -> Iterator[Watched]:
    """A window of its own, closed in the end; it must have had nothing to complain of."""
    context = browser.new_context(accept_downloads=True, **options)
    found = Watched(context.new_page(), server)
    yield found
    context.close()
    found.held()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of axe-core, fetched by npm where that can be done."""
    if not shutil.which("npm"):
        pytest.skip("there is no npm on this machine, which fetches axe-core")
    folder = tmp_path_factory.mktemp("axe")
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, AXE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=folder)
    script = Path(folder, "node_modules", "axe-core", "axe.min.js")
    if not script.is_file():
        pytest.skip(f"npm cannot fetch {AXE}: {done.stderr.strip()[-200:]}")
    return script.read_text("utf-8")
