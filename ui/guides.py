"""The guides of ``docs/`` inside the app: the same Markdown files as on the site, with their pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import streamlit as st

from tidy import language
from tidy.language import _
from ui import address

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURE = re.compile(r"^!\[(?P<words>[^\]]*)\]\((?P<path>[^)]+)\)\s*$", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:)([^)]+)\)")
OTHER = re.compile(r" ?\[(?:中文|English)\]\([^)]+\)")  # the way to the other language, which the app has itself
COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
KEY = "page_help_guide"


def names() -> dict[str, str]:
    """Return the guides by file name, in the order in which people meet them."""
    return {"officials": _("看数"), "analysts": _("填报与发布"), "presenters": _("汇报"), "operators": _("安装与维护")}


def show() -> None:
    """Show a choice of guides and the chosen one."""
    address.bind(KEY, "guide", names())
    chosen = st.radio(
        _("指南"), names(), key=KEY, format_func=names().get, horizontal=True, label_visibility="collapsed"
    )
    st.divider()
    for words, picture in pieces(_text(chosen, language.current())):
        if words:
            st.markdown(words)
        if picture:
            st.image(DOCS / picture[1], caption=picture[0])


@lru_cache(maxsize=16)
def _text(name: str, lang: str) -> str:
    """The guide in a language; Chinese where there is no other."""
    own = DOCS / f"{name}.{lang}.md"
    return (own if own.exists() else DOCS / f"{name}.md").read_text(encoding="utf-8")


def pieces(text: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Yield a guide as words, each with the picture (caption, path) that follows them.

    The first heading is the page's own; links to other files would lead nowhere in the app and become their words.
    """
    said = LINK.sub(r"\1", OTHER.sub("", COMMENT.sub("", text))).split("\n", 1)[-1]
    start = 0
    for found in PICTURE.finditer(said):
        yield said[start : found.start()].strip(), (found["words"], found["path"])
        start = found.end()
    yield said[start:].strip(), None
