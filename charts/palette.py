"""Colours and sizes of the modes: light, dark, print, stage (light, in letters for a hall) and wall (大屏).

The eleven categorical colours of each mode were found by search: the smallest distance
(OKLab) between any two stays above 0.1 as seen with full colour vision, protanopia,
deuteranopia and tritanopia, and each has contrast of at least 3:1 with the background;
``tests/charts/test_palette.py`` measures both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tidy import colours
from tidy.colours import luminance

PATTERNS = ("", "/", "x", ".", "-", "+", "|", "\\")


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that one mode decides: colours as hex, ``size`` of plain text and ``narrow``,
    the smallest width in pixels that texts are wrapped for."""

    background: str
    ink: str
    muted: str
    grid: str
    border: str
    missing: str
    accent: str
    categorical: tuple[str, ...]
    sequential: tuple[str, ...]
    lights: dict[str, str]
    size: int = 12
    narrow: int = 390

    @property
    def zoom(self) -> float:
        """How much larger marks are drawn than on a page."""
        return self.size / 12


LIGHT = Look(
    background="#ffffff",
    ink=colours.INK,
    muted=colours.MUTED,
    grid="#e3e6ea",
    border="#ffffff",
    missing=colours.MISSING,
    accent=colours.ACCENT,
    categorical=colours.CATEGORICAL,
    sequential=colours.SEQUENTIAL,
    lights={"green": "#00755e", "amber": "#b06a00", "red": "#b3203a", "straddles": "#565d66"},
)  # fmt: skip
DARK = Look(
    background="#0e1117",
    ink="#f0f2f5",
    muted="#aab2bd",
    grid="#2a313b",
    border="#0e1117",
    missing="#262c35",
    accent="#5ab4f0",
    categorical=(
        "#5ab4f0", "#f0a02c", "#8844b6", "#d7e941", "#c22000", "#ffffd9", "#627fff", "#a8c6a4", "#af7a9e",
        "#04ebff", "#356d5b",
    ),
    sequential=("#1c3b5e", "#285f94", "#3d8aca", "#7dbbea", "#d0e9fc"),
    lights={"green": "#3fcfa6", "amber": "#f0b23c", "red": "#ff7b82", "straddles": "#aab2bd"},
)  # fmt: skip
MODES = {
    "light": LIGHT,
    "dark": DARK,
    "print": replace(LIGHT, ink="#000000", muted="#333333", grid="#d0d0d0", missing="#f2f2f2"),
    "stage": replace(LIGHT, size=20, narrow=900),
    "wall": replace(DARK, background="#061428", border="#061428", grid="#1d3353", missing="#172a45",
                    size=20, narrow=900),
}  # fmt: skip


def look(mode: str) -> Look:
    """Return the look of ``mode``; raise ``ValueError`` naming the modes there are."""
    if mode not in MODES:
        raise ValueError(f"mode {mode!r}: {', '.join(MODES)}")
    return MODES[mode]


def text_on(colour: str) -> str:
    """Return black or white, whichever reads better on ``colour``."""
    return "#000000" if luminance(colour) > colours.DARK_BELOW else "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two hex colours (WCAG 2.1), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def faded(colour: str, share: float) -> str:
    """Return a hex colour as ``rgba`` with the given opacity."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"
