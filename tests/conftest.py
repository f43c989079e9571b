"""What all tests share: where the checkout is, and a browser for the tests that need one."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from page_cases.pages import data_of
from page_cases.watched import Watched
from peers import jena as jena_server
from peers import virtuoso as virtuoso_server

import graph
from graph.pipeline import CaseGraph

try:
    from playwright.sync_api import Browser, sync_playwright
except ModuleNotFoundError:
    sync_playwright = None

CHROMIUM = next(
    (
        found
        for name in ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
# Chromium as root, in a container, with no network: no sandbox, no graphics card, nothing asked of anybody's servers.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


#: What a plain `pytest` and `make test` leave out: it needs other programs, or minutes.
LATER = ("browser", "virtuoso", "jena", "slow")


def _plain(config: pytest.Config) -> bool:
    """Whether nothing is asked for: who names files or tests gets them, whatever they need."""
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    return not (named or config.option.keyword or config.option.markexpr)


def pytest_configure(config: pytest.Config) -> None:
    if _plain(config):
        config.option.markexpr = "not later"


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    # Nearly half of the time of what is left for later is waiting for browsers, servers and limits of time.
    workers = yield
    return workers if _plain(config) else workers + 1


def pytest_report_header(config: pytest.Config) -> str | None:
    if config.option.markexpr != "not later":
        return None
    return f"without the tests marked {', '.join(LATER)}: `make test-all` runs every test"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.get_closest_marker(name) for name in LATER):
            item.add_marker("later")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    # What is collected stays to the end: the garbage collector goes through it neither meanwhile nor after any test.
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    return collected


def pytest_runtest_setup(item: pytest.Item) -> None:
    # Skipped from this one place, so that pytest's summary folds all tests of a kind into one line.
    if item.get_closest_marker("browser") and not (CHROMIUM and sync_playwright):
        _without(f"no {'playwright' if CHROMIUM else 'Chromium'} here: the tests that need a browser did not run")
    if item.get_closest_marker("virtuoso") and not virtuoso_server.PROGRAM:
        _without("no Virtuoso 7 here: the tests that need a SPARQL server of another make did not run")
    if item.get_closest_marker("jena") and not jena_server.THERE:
        pytest.skip("no Jena and javac here: the tests that need another SPARQL engine and client did not run")
    if item.get_closest_marker("r") and not _r():
        pytest.skip("no R with its packages SPARQL and httr here: the tests that need them did not run")


@cache
def _r() -> bool:
    """Whether R is here with the packages that ask our service; R comes without them."""
    if not shutil.which("Rscript"):
        return False
    asked = 'stopifnot(requireNamespace("SPARQL"), requireNamespace("httr"))'
    return subprocess.run(["Rscript", "--vanilla", "-e", asked], capture_output=True, check=False).returncode == 0


def _without(reason: str) -> None:
    if os.environ.get("ACTORGRAPH_CI") == "1":
        pytest.fail(f"{reason}, and ACTORGRAPH_CI=1 requires them", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso 7, empty at first, for tests marked `virtuoso`.

    One for each module: how it plans a query follows from what was in it before, also from what was removed.
    """
    with virtuoso_server.running(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(scope="module")
def jena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with Apache Jena in it, empty at first, for tests marked `jena`."""
    with jena_server.running(tmp_path_factory.mktemp("jena")) as url:
        yield url


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One headless Chromium for all tests marked `browser`; each opens its own context."""
    # Chromium keeps crash settings in the home folder, even for a profile elsewhere: nothing is left behind there.
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path_factory.mktemp("chromium"))}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), env=environment)
        yield chromium
        chromium.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cast is placed at the first try: for tests to which it does not matter where anything stands."""
    monkeypatch.setattr("graph.draw.arrange.BEGINNINGS", 1)
    monkeypatch.setattr("graph.draw.arrange.TRIES", 1)


# --- the page of the first case, built once


@pytest.fixture(scope="session")
def edition(root: Path) -> CaseGraph:
    return graph.load(root / "cases/us-el-salvador-prison-deal")


@pytest.fixture(scope="session")
def file(edition: CaseGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "graph.html"
    file.write_text(edition.page(), "utf-8")
    return file


@pytest.fixture(scope="session")
def data(file: Path) -> dict[str, Any]:
    return data_of(file.read_text("utf-8"))


@pytest.fixture(scope="session")
def watched(browser: Browser, file: Path) -> Iterator[Watched]:
    watched = Watched(browser, file, accept_downloads=True)
    yield watched
    watched.close()


@pytest.fixture(scope="session")
def handheld(browser: Browser, file: Path) -> Iterator[Watched]:
    """The same on a telephone."""
    phone = {"width": 390, "height": 844}
    handheld = Watched(browser, file, viewport=phone, has_touch=True, is_mobile=True, device_scale_factor=2)
    yield handheld
    handheld.close()
