"""Plotly's own JavaScript, which decks carry and the stage puts into its page."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path


@lru_cache(maxsize=1)
def script() -> str:
    """Return the script from the installed package, found without importing plotly: nothing comes from a network."""
    spec = find_spec("plotly")
    folder = Path(next(iter(spec.submodule_search_locations or []))) if spec else Path()
    return (folder / "package_data" / "plotly.min.js").read_text("utf-8").replace("</script", "<\\/script")
