"""The house's colours on a light ground, which screens, slides and workbooks share; ``charts/palette.py`` has the dark ones."""

from __future__ import annotations

INK, MUTED, MISSING, ACCENT = "#1b1f24", "#565d66", "#eceef0", "#0067b1"
CATEGORICAL = (
    "#0067b1", "#c65a00", "#9a8ac3", "#1a3703", "#e9677c", "#41006a", "#724a03", "#5480ff", "#935466",
    "#112ea4", "#503e59",
)  # fmt: skip
SEQUENTIAL = ("#dbe9f6", "#a9cfe7", "#62a8d3", "#2a76b5", "#08417f")
DARK_BELOW = 0.18  # the luminance up to which light letters read better


def luminance(colour: str) -> float:
    """Return the relative luminance of a hex colour (WCAG 2.1)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
