"""The parts of 数据填报: drafts, forms, reminders, correcting one figure, a new reporter."""

from __future__ import annotations

import streamlit as st

from tidy.language import _
from ui import who
from ui.choice import Choice
from ui.who import Person
from ui.work import chase, correct, desk, forms, parts, register

# Streamlit writes the button of its uploader in English only.
BUTTON = """<style>[data-testid="stFileUploaderDropzone"] button {{ font-size: 0 !important; }}
[data-testid="stFileUploaderDropzone"] button p {{ display: none; }}
[data-testid="stFileUploaderDropzone"] button::after {{ content: "{choose}"; font-size: 0.95rem; }}
[data-testid="stFileUploaderDropzoneInstructions"] > * {{ display: none; }}
[data-testid="stFileUploaderDropzoneInstructions"]::after {{ content: "{limit}"; font-size: 0.85rem; }}</style>"""


def uploader_words() -> None:
    """Put the uploader's own words into the reader's language."""
    st.html(BUTTON.format(choose=_("选择文件"), limit=_("或拖到这里，每个不超过 50 MB")))


def show(choice: Choice, person: Person) -> None:
    """Show who works here and the chosen part."""
    who.change()
    uploader_words()
    parts.show("upload", {
        "drafts": (_("上传与草稿"), lambda: desk.show(person)),
        "forms": (_("生成填报表"), forms.show),
        "chase": (_("催报"), lambda: chase.show(choice)),
        "correct": (_("更正、撤回一个数"), lambda: correct.show(choice, person)),
        "register": (_("登记新单位"), lambda: register.show(person)),
    })  # fmt: skip
