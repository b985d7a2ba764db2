"""A whole story as files: the same exports as the command line, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from charts.draw import draw
from exports import image, pdf
from exports.image import CannotDraw
from exports.plans import Material
from exports.story import Story
from tidy import language
from tidy.exhibit import Exhibit
from tidy.language import _

OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Format:
    """A file format of a whole story: its ending, what it is for, its media type and what makes it."""

    ending: str
    use: str
    mime: str
    make: Callable[[Story, Material], bytes]


def formats() -> list[Format]:
    """Return the formats that this machine can make, in the order of the menu."""
    found = [
        Format("pptx", _("可编辑的幻灯片"), f"{OFFICE}presentationml.presentation", _pptx),
        Format("docx", _("公报文稿"), f"{OFFICE}wordprocessingml.document", _docx),
        Format("xlsx", _("带图表的工作簿"), f"{OFFICE}spreadsheetml.sheet", _xlsx),
        Format("html", _("离线放映，一个文件"), "text/html", _html),
    ]
    printable = [Format("pdf", _("打印用"), "application/pdf", _pdf)] if image.browser() or pdf.office() else []
    return found + printable


def _pptx(story: Story, material: Material) -> bytes:
    from exports import pptx  # the office libraries are heavy: only whoever downloads waits for them

    return pptx.write(story, material.evidence, None)


def _xlsx(story: Story, material: Material) -> bytes:
    from exports import xlsx

    return xlsx.write(story, material.evidence)


def _docx(story: Story, material: Material) -> bytes:
    """The tables stand alone where this machine can draw no pictures."""
    from exports import docx

    try:
        return docx.write(story, material.evidence, _picture)
    except CannotDraw:
        return docx.write(story, material.evidence)


def _html(story: Story, material: Material) -> bytes:
    from exports import html

    return html.write(story, material.evidence, _figure)


def _pdf(story: Story, material: Material) -> bytes:
    return pdf.write(story, lambda: _html(story, material), lambda: _pptx(story, material))


def _figure(shown: Exhibit) -> str | None:
    return None if shown.kind == "table" else str(draw(shown, "light").to_json())


def _picture(shown: Exhibit) -> bytes | None:
    return None if shown.kind == "table" else image.write(draw(shown, "print").to_plotly_json(), width=640, scale=2.5)


def buttons(key: str, title: str, make: Callable[[], tuple[Story, Material]]) -> None:
    """Show a download button for each format; story and file are made at the press, in the reader's language."""
    said = language.current()
    for one in formats():

        def content(one: Format = one) -> bytes:
            with language.using(said):
                return one.make(*make())

        st.download_button(
            f"{one.ending.upper()} · {one.use}", content, file_name=f"{title}.{one.ending}", mime=one.mime,
            key=f"get_{key}_{one.ending}", on_click="ignore", width="stretch",
        )  # fmt: skip
    if not any(one.ending == "pdf" for one in formats()):
        st.caption(_("本机没有 Chromium 或 LibreOffice，不能生成 PDF；请下载 PPTX 或 DOCX 后另存。"))
