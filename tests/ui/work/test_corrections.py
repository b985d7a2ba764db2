"""What a row, a column and a cell of the preview may become, pressed as a person does (AppTest)."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from store import Store
from tests.ui.work.made import workbook
from tests.ui.work.test_pages import ME, at_root, drafted, sound
from ui.work import adapter, drafts

__all__ = ["at_root"]
SCRIPT = """
from tests.ui.work.made import workbook
from ui.who import Person
from ui.work import adapter, corrections, drafts
work = drafts.open_work({id!r})
roles, tables = adapter.layouts(workbook(), work.draft.file_name, work.said("decisions"), "")
corrections.show(work, {place!r}, adapter.sheets(workbook(), work.draft.file_name, {{}})["会员"], roles, tables, Person({me!r}))
"""


@pytest.mark.parametrize(("label", "said"), [
    ("整行是表头", {"header": [3, 4], "stub": ["A"]}), ("整列是行标题", {"header": [3], "stub": ["A", "B"]}),
    ("不用整行", {"ignore": ["会员!A4:C4"]}), ("不用整列", {"ignore": ["会员!B1:B5"]}), ("不用这一格", {"ignore": ["会员!B4"]}),
])  # fmt: skip
def test_a_press_decides_and_is_remembered_for_the_form(
    store: Store, at_root: None, label: str, said: dict[str, list[object]]
) -> None:
    id = drafted(workbook(), "甲县.xlsx")
    app = AppTest.from_string(SCRIPT.format(id=id, place="会员!B4", me=ME), default_timeout=90)
    app.session_state["correct_kind_会员!B4"] = "part"
    sound(app.run())
    assert app.button(key="part_整行不是表头").disabled
    app.button(key=f"part_{label}").click().run()
    assert drafts.open_work(id).said("decisions") == said
    assert said in store.recall_all(adapter.LAYOUT).values()
    assert app.button(key="part_恢复自动识别").click().run()
    assert not any(drafts.open_work(id).said("decisions").values())
