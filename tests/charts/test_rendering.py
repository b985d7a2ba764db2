"""Every figure paints in a real browser with no network."""

from __future__ import annotations

import io
import shutil

import numpy as np
import pytest
from PIL import Image

BROWSER = next((found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium: apt-get install -y chromium fonts-noto-cjk"),
]


@pytest.fixture(scope="module", autouse=True)
def _renderer():
    import kaleido

    kaleido.start_sync_server(path=BROWSER, silence_warnings=True)
    yield
    kaleido.stop_sync_server(silence_warnings=True)


@pytest.mark.filterwarnings("ignore:The kopts argument")
@pytest.mark.parametrize("width", [390, 1100])
def test_figure_paints(case, width):
    figure = case.draw("light")
    png = figure.to_image("png", width=width, height=figure.layout.height)
    image = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    assert image.shape[1] == width
    painted = (image != 255).any(axis=2)
    assert painted.mean() > 0.002
    assert not painted[:, :2].any(), "something is cut at the left edge"
    assert not painted[:, -2:].any(), "something is cut at the right edge"
    assert not painted[:2].any(), "something is cut at the top"
