"""Streamlit's chart in the browser, with one condition more.

It draws each figure twice: at once, hidden and as wide as nothing yet, and when its width is known. Both
take as long, and a page of three charts waits for six drawings. Here the first waits for the width too.
A version of Streamlit in which the place is not found is served as it is; a test says so.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

import streamlit
from starlette.responses import Response

FILES = Path(streamlit.__file__).parent / "static" / "static" / "js"
BEGINS = "(0,P.useEffect)(()=>{if(x.current=!1,S.current===null){"
WAITS = "(0,P.useEffect)(()=>{if(n.width===void 0)return;if(x.current=!1,S.current===null){"
log = logging.getLogger("pilots.front")


def chart_path() -> str:
    """Return the path of Streamlit's chart script below the server's address, empty where there is none."""
    found = sorted(FILES.glob("PlotlyChart.*.js"))
    return f"/static/js/{found[0].name}" if found else ""


@cache
def chart_script() -> bytes | None:
    """Return the script that draws once; ``None`` where Streamlit's own is to be served."""
    path = chart_path()
    text = (FILES / Path(path).name).read_text(encoding="utf-8") if path else ""
    if text.count(BEGINS) != 1:
        log.warning("charts are drawn twice: this version of Streamlit is not known")
        return None
    return text.replace(BEGINS, WAITS).encode()


def answer() -> Response | None:
    """Return the answer to a request for the chart script, ``None`` where Streamlit's own is to be served."""
    script = chart_script()
    kept = {"Cache-Control": "public, immutable, max-age=31536000"}  # as Streamlit's own
    return Response(script, media_type="text/javascript", headers=kept) if script else None
