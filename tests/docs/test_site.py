"""The documents build into a site without a warning, and the site asks nothing of the network, opened from the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.docs.walk import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


@pytest.mark.slow
def test_every_page_is_built(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert all((site / page).exists() for page in pages)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("name", ["index", "officials", "architecture", "reference/data"])
def test_a_page_asks_nothing_of_the_network(browser: Any, site: Path, name: str) -> None:
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / f"{name}.html").as_uri())
    page.wait_for_timeout(500)
    broken = page.evaluate("[...document.images].filter(one => !one.complete || !one.naturalWidth).map(one => one.src)")
    page.close()
    assert not broken
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
