"""Streamlit's own page and chart in the browser, each with a little more.

Its chart draws each figure twice: at once, hidden and as wide as nothing yet, and when its width is known. Both
take as long, and a page of three charts waits for six drawings. Here the first waits for the width too.
And of every figure that changes it makes a new chart from an empty place on; here the chart stays, and plotly
changes what is different.
Its page asks for the chart script, the largest by far, when the first figure comes; here at once, so that it is
there while the server still works the figures out.
A version of Streamlit in which a place is not found is served as it is; a test says so.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.responses import Response

FILES = Path(streamlit.__file__).parent / "static"
PAGES = Path(__file__).resolve().parent.parent / "pages"
# What stands in the script of its chart, and what stands there instead; then the same of its page's.
CHART = (
    ("(0,P.useEffect)(()=>{if(x.current=!1,S.current===null){",
     "(0,P.useEffect)(()=>{if(n.width===void 0)return;if(x.current=!1,S.current===null){"),
    # Another figure has another id: it is taken over with the width and the ways of pressing of the one before,
    # and with its own height until its place has been measured anew.
    ("(0,P.useEffect)(()=>{F(t=>Le(t,e.theme,c))},[e.id,c,e.theme])",
     "let[shown,nowShown]=(0,P.useState)([e.id,0]);if(shown[0]!==e.id){nowShown([e.id,g]);"
     "let t=Le(O,e.theme,c),{clickmode:n,hovermode:r,dragmode:i,width:a}=N.layout;"
     "F({...t,layout:{clickmode:n,hovermode:r,dragmode:i,width:a,...t.layout}})}"
     "(0,P.useEffect)(()=>{F(t=>Le(t,e.theme,c))},[c,e.theme])"),
    ("U=g>=We?g:Ge(N.layout.height)", "U=g>=We&&(s?.useStretch||g!==shown[1])?g:Ge(N.layout.height)"),
    # Its settings do not change with the figure: settings made anew have plotly begin anew, and draw twice.
    ("[e.id,e.config,l,a,I,L,R,p,f]", "[e.config,l,a,I,L,R,p,f]"),
    # What plotly says of a figure that has been replaced meanwhile is not taken for what is to be shown.
    ("onUpdate:n=>{t.setElementState(e.id,`figure`,n),F(n)}",
     "onUpdate:n=>{t.setElementState(e.id,`figure`,n),F(e=>e.data===n.data?n:e)}"),
    # It looks through the figure's text for 39 colours that stand for others, all of which begin alike.
    ("function ke(e,t,n){return e=Oe(e,t,n),", "function ke(e,t,n){if(!e.includes(`#0000`))return e;return e=Oe(e,t,n),"),
    # Plotly gives every dot its shape and colours when it is placed and once more when all are; only what moves needs both.
    ("y=!!g&&g.duration>0;function b(e){return y?e.tr", "y=!!g&&g.duration>0,moves=!!g;function b(e){return y?e.tr"),
    # A dot without any shape would be taken away in between.
    ("d?(s.singlePointStyle(t,i,f,E,e),u.layerClipId&&s.hide",
     "d?(moves?s.singlePointStyle(t,i,f,E,e):this.hasAttribute(`d`)||this.setAttribute(`d`,`M0,0`),"
     "u.layerClipId&&s.hide"),
    # And reads each dot's colours, always the same few, from their text.
    ("E=e=>S(m(p({},T(e)),{alpha:1})),D=",
     "E=e=>S(m(p({},T(e)),{alpha:1})),paints=new Map,paint=e=>{let t=paints.get(e);"
     "return t||paints.set(e,t=[E(e),T(e).alpha]),t},D="),
    ("fill:(e,t)=>{e.style({fill:E(t),\"fill-opacity\":T(t).alpha})}",
     "fill:(e,t)=>{let[n,r]=paint(t);e.style({fill:n,\"fill-opacity\":r})}"),
    ("stroke:(e,t)=>{e.style({stroke:E(t),\"stroke-opacity\":T(t).alpha})}",
     "stroke:(e,t)=>{let[n,r]=paint(t);e.style({stroke:n,\"stroke-opacity\":r})}"),
)  # fmt: skip
# An id is $$ID-hash-key; a chart is told from others by its key alone, if it has one, and none of another id is retained
# beside it.
PAGE = (
    ("Ja=new Set([`toast`,", "chartKey=e=>e&&e.replace(/^[^-]*-[^-]*-(?!None$)/,``),Ja=new Set([`plotlyChart`,`toast`,"),
    ("n=this.getCurrentKey(ze(e.element))",
     "n=this.getCurrentKey(e.element.type===`plotlyChart`?chartKey(ze(e.element)):ze(e.element))"),
    ("isStale:n,children:c(ag,{element:e,...o},e.id)", "isStale:n,children:c(ag,{element:e,...o},chartKey(e.id))"),
)  # fmt: skip
HEAD_ENDS = "</head>"
log = logging.getLogger("pilots.front")


def chart_path() -> str:
    """Return the path of Streamlit's chart script below the server's address, empty where there is none."""
    found = sorted(FILES.glob("static/js/PlotlyChart.*.js"))
    return f"/{found[0].relative_to(FILES).as_posix()}" if found else ""


def page_path() -> str:
    """Return the path of the script of Streamlit's page, empty where there is none."""
    told = re.search(r'src="\.(/static/js/index\.[\w-]+\.js)"', _text("/index.html"))
    return told[1] if told else ""


@cache
def answers() -> dict[str, Response]:
    """Return the answers to requests that Streamlit is not asked, by path below the server's address."""
    chart, name = _changed(chart_path(), *CHART), Path(chart_path()).name
    # A browser may have kept Streamlit's own chart script, with which this page would show no change.
    version = sha256(chart.encode()).hexdigest()[:8]
    asks = [(f"{quote}./{name}{quote}", f"{quote}./{name}?{version}{quote}") for quote in ('"', "`")]
    script = _changed(page_path(), *PAGE, *asks)
    more = f'<script type="module" crossorigin src=".{chart_path()}?{version}"></script>'
    page = _changed("/index.html", (HEAD_ENDS, more + HEAD_ENDS))
    if not (chart and script and page):
        log.warning("charts are drawn twice, and anew at every change: this version of Streamlit is not known")
        return {}
    kept = {"Cache-Control": "public, immutable, max-age=31536000"}  # both as Streamlit's own
    shell = Response(page, media_type="text/html", headers={"Cache-Control": "no-cache"})
    return {
        chart_path(): Response(chart, media_type="text/javascript", headers=kept),
        page_path(): Response(script, media_type="text/javascript", headers=kept),
    } | dict.fromkeys(("/", *(f"/{one.stem}" for one in PAGES.glob("*.py"))), shell)


def _changed(path: str, *changes: tuple[str, str]) -> str:
    """Return a file of Streamlit's with each place changed, empty where one is not there just once."""
    text = _text(path)
    for place, instead in changes:
        if text.count(place) != 1:
            return ""
        text = text.replace(place, instead)
    return text


def _text(path: str) -> str:
    file = FILES / path.removeprefix("/")
    return file.read_text(encoding="utf-8") if file.is_file() else ""
