from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from charts.palette import MODES, contrast, look, text_on

# Machado, Oliveira and Fernandes (2009), severity 1
VISIONS = {
    "full": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
TO_CONES = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005]]  # fmt: skip
TO_LAB = [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099],
          [0.0259040371, 0.7827717662, -0.808675766]]  # fmt: skip


def oklab(colour: str, vision: str) -> np.ndarray:
    parts = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(VISIONS[vision]) @ linear, 0, 1)
    return np.array(TO_LAB) @ np.cbrt(np.clip(np.array(TO_CONES) @ seen, 0, None))


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("mode", MODES)
def test_eleven_cities_are_told_apart(mode, vision):
    colours = look(mode).categorical
    assert len(set(colours)) >= 11
    seen = [oklab(colour, vision) for colour in colours]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 0.075


@pytest.mark.parametrize("mode", MODES)
def test_marks_and_words_have_contrast(mode):
    shade = look(mode)
    assert min(contrast(colour, shade.background) for colour in shade.categorical) >= 3
    assert min(contrast(colour, shade.background) for colour in shade.lights.values()) >= 3
    assert min(contrast(colour, shade.background) for colour in (shade.ink, shade.muted)) >= 4.5
    assert min(contrast(colour, text_on(colour)) for colour in (*shade.sequential, *shade.categorical)) >= 4.5


def test_an_unknown_mode_is_named():
    with pytest.raises(ValueError, match="wall"):
        look("sepia")
