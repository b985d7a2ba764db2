"""A figure as PNG or SVG by kaleido, which keeps one headless Chromium for the whole run.

A figure is plotly's JSON as a dict, handed in: exports draw nothing themselves.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tidy.language import _

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
FORMATS = ("png", "svg")
# Families with Chinese glyphs that pictures may be lettered in.
CJK_FONTS = ("Noto Sans CJK", "Source Han Sans", "Microsoft YaHei", "PingFang", "WenQuanYi", "SimHei", "SimSun")
# defs-5ff330, clip5ff330xyplot, trace6280d2: six random hexadecimal digits.
_RANDOM_ID = re.compile(rb"\b((?:clip|defs-|topdefs-|legend|trace|g))([0-9a-f]{6})(?=[^0-9a-f])")
_lock = threading.Lock()


class CannotDraw(RuntimeError):
    """Raised, with advice in the reader's language, where no picture can be made on this machine."""


@lru_cache(maxsize=1)
def browser() -> str | None:
    """Return the path of an installed Chromium; ``BROWSER_PATH`` comes first."""
    wanted = os.environ.get("BROWSER_PATH")
    return wanted or next((found for name in BROWSERS if (found := shutil.which(name))), None)


@lru_cache(maxsize=1)
def has_cjk_font() -> bool:
    """True when a font with Chinese glyphs is installed (asked of fontconfig where that is there)."""
    lister = shutil.which("fc-list")
    if lister is None:
        return os.name == "nt"  # Windows brings its own
    listed = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return any(name in listed.stdout for name in CJK_FONTS)


def write(figure: Any, form: str = "png", *, width: int = 900, height: int | None = None, scale: float = 2) -> bytes:
    """Return ``figure`` (a plotly figure or its dict) as ``form`` (png or svg) bytes.

    Raises :class:`CannotDraw` without a browser or without a Chinese font (the letters would be
    boxes), and ``ValueError`` for another form.
    """
    if form not in FORMATS:
        raise ValueError(f"{form!r}: {', '.join(FORMATS)}")
    _check_machine()
    import kaleido

    for name in ("kaleido", "choreographer"):  # their chatter at the browser's end is nobody's message
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    drawn_from: Mapping[str, Any] = figure if isinstance(figure, Mapping) else json.loads(figure.to_json())
    size = {"width": width, "height": height or drawn_from.get("layout", {}).get("height") or 560}
    with _lock:  # kaleido's server answers one thread at a time
        kaleido.start_sync_server(path=browser(), n=1, silence_warnings=True)
        drawn = kaleido.calc_fig_sync(dict(drawn_from), opts={"format": form, "scale": scale, **size})
    return still(bytes(drawn)) if form == "svg" else bytes(drawn)


def still(svg: bytes) -> bytes:
    """Return an SVG whose random ids (plotly draws new ones each time) are numbered in order."""
    numbers: dict[bytes, bytes] = {}
    for _kind, found in _RANDOM_ID.findall(svg):
        numbers.setdefault(found, b"%06d" % len(numbers))
    return _RANDOM_ID.sub(lambda one: one.group(1) + numbers[one.group(2)], svg)


def _check_machine() -> None:
    if browser() is None:
        raise CannotDraw(_("本机没有 Chromium，无法生成图片 → 请安装 chromium，或改用 PPTX、XLSX（图表可编辑）"))
    if not has_cjk_font():
        raise CannotDraw(_("本机没有中文字体，图中文字会变成方框 → 请安装 fonts-noto-cjk"))
