"""Streamlit's own page and chart in the browser, each with one thing more.

Its chart draws each figure twice: at once, hidden and as wide as nothing yet, and when its width is known. Both
take as long, and a page of three charts waits for six drawings. Here the first waits for the width too.
Its page asks for the chart script, the largest by far, when the first figure comes; here at once, so that it is
there while the server still works the figures out.
A version of Streamlit in which the place is not found is served as it is; a test says so.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

import streamlit
from starlette.responses import Response

FILES = Path(streamlit.__file__).parent / "static"
PAGES = Path(__file__).resolve().parent.parent / "pages"
BEGINS = "(0,P.useEffect)(()=>{if(x.current=!1,S.current===null){"
WAITS = "(0,P.useEffect)(()=>{if(n.width===void 0)return;if(x.current=!1,S.current===null){"
HEAD_ENDS = "</head>"
log = logging.getLogger("pilots.front")


def chart_path() -> str:
    """Return the path of Streamlit's chart script below the server's address, empty where there is none."""
    found = sorted(FILES.glob("static/js/PlotlyChart.*.js"))
    return f"/{found[0].relative_to(FILES).as_posix()}" if found else ""


@cache
def answers() -> dict[str, Response]:
    """Return the answers to requests that Streamlit is not asked, by path below the server's address."""
    path = chart_path()
    script, page = _text(path), _text("/index.html")
    if not path or script.count(BEGINS) != 1 or page.count(HEAD_ENDS) != 1:
        log.warning("charts are drawn twice: this version of Streamlit is not known")
        return {}
    more = f'<script type="module" crossorigin src=".{path}"></script>'
    kept = {"Cache-Control": "public, immutable, max-age=31536000"}  # both as Streamlit's own
    shell = Response(page.replace(HEAD_ENDS, more + HEAD_ENDS), media_type="text/html",
                     headers={"Cache-Control": "no-cache"})  # fmt: skip
    chart = Response(script.replace(BEGINS, WAITS), media_type="text/javascript", headers=kept)
    return {path: chart} | dict.fromkeys(("/", *(f"/{one.stem}" for one in PAGES.glob("*.py"))), shell)


def _text(path: str) -> str:
    file = FILES / path.removeprefix("/")
    return file.read_text(encoding="utf-8") if file.is_file() else ""
