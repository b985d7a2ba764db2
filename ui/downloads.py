"""Downloads of one exhibit: the same code as the command line's, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

import exports
from exports import evidence as proof
from tidy import language
from tidy.exhibit import Exhibit
from tidy.language import _
from ui import cached, copied, drawer
from ui.choice import Choice
from ui.stage import basket


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its ending, its media type and what makes it."""

    ending: str
    mime: str
    make: Callable[[Exhibit], bytes]


def formats() -> list[Format]:
    """Return the formats in the order of the menu."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    return [
        Format("csv", "text/csv", lambda shown: exports.csv_bytes(shown, _behind(shown))),
        Format("xlsx", sheet, lambda shown: exports.xlsx_bytes(shown, _behind(shown))),
        Format("pptx", slides, lambda shown: exports.pptx_bytes(shown, _behind(shown))),
        Format("png", "image/png", lambda shown: exports.image_bytes(cached.drawn(shown, "print"), "png")),
        Format("svg", "image/svg+xml", lambda shown: exports.image_bytes(cached.drawn(shown, "print"), "svg")),
    ]


def _behind(shown: Exhibit) -> pd.DataFrame:
    """The printed lines behind a figure, with the titles of uploaded sources too."""
    known = cached.reference()
    return proof.table(drawer.evidence(shown.observation_ids), known.indicators, known.sources)


def _picture(shown: Exhibit, lang: str) -> bytes:
    return cached.exported(shown, lang, "png", next(one.make for one in formats() if one.ending == "png"))


def buttons(shown: Exhibit, key: str, choice: Choice) -> None:
    """Show a download button for each format, copying and adding to a show; the file is made at the press."""
    said = language.current()
    if shown.kind != "table":
        copied.button(key, shown.meta.title, lambda: _picture(shown, said))
    basket.button(shown, choice, key)
    for one in formats():

        def make(one: Format = one) -> bytes:
            with language.using(said):
                return cached.exported(shown, said, one.ending, one.make)

        st.download_button(
            one.ending.upper(),
            make,
            file_name=f"{shown.meta.title}.{one.ending}",
            mime=one.mime,
            key=f"get_{key}_{one.ending}",
            on_click="ignore",
            help=_("下载为 {kind}").format(kind=one.ending.upper()),
        )
