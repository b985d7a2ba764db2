"""Plotly's own JavaScript, which the stage puts into the page, and the fingerprint by which the door lets it run."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def script() -> str:
    """Return the script from the installed package: nothing comes from a network."""
    return (files("plotly") / "package_data" / "plotly.min.js").read_text(encoding="utf-8")


def fingerprint(text: str) -> str:
    """Return how a Content-Security-Policy names an inline script: its SHA-256 in base64."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
