"""What all tests share: one headless Chromium a process (Playwright cannot be started twice), no language left over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tidy import language

# On CI the same examples every time; at the desk new ones at each run.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
# No graphics card is there: to imitate one takes a fifth of a page's processor time.
PLAIN = ["--no-sandbox", "--disable-gpu", "--disable-gpu-compositing", "--disable-software-rasterizer"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


# Modules of more than twenty seconds, the longest first: begun last, one would keep a worker busy while the other idles.
# `--durations=0` tells when the order is stale; a module that is missing here only runs later.
LONGEST = (
    "browser/test_analyst.py", "security/test_attacks.py", "browser/test_present.py", "browser/test_pages.py",
    "browser/test_analyst_files.py", "browser/test_pictures.py", "docs/test_examples.py", "browser/test_signin.py",
    "ui/work/test_pages.py", "browser/test_analyst_refresh.py", "ui/work/test_presses.py", "ui/work/test_drafts.py",
    "browser/test_stories.py", "ui/work/test_checked_again.py", "browser/test_officials.py", "docs/test_guides.py",
    "docs/test_demo.py", "loaders/test_cells.py", "benchmarks/test_bench.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the long modules begin first; within a module, and among the others, the order stays."""
    turns = {Path(__file__).parent / name: turn for turn, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, headless."""
    if not CHROMIUM:
        pytest.skip("no Chromium: install Debian's package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=PLAIN)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def no_language_left() -> None:
    """A test that chose a language leaves none to the next."""
    language._current.set(None)
