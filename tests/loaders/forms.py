"""A small vocabulary and hand-made workbooks for the tests of reading and checking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook

from loaders.loaded import Loaded
from loaders.loading import Wishes, read_workbook
from tidy.schema import INDICATOR_COLUMNS, REPORTER_COLUMNS, SOURCE_COLUMNS, Reference

TODAY = dt.date(2019, 3, 1)
HEAD = ("单位名称", "基层工会数", "工会会员数（人）", "建会率（%）")
ABOVE = (("杭州市2018年上半年工会组织情况表",), ("填报单位：杭州市总工会",))


def _reporter(id: str, name: str, kind: str, city: str, parent: str = "", aliases: str = "") -> dict[str, str]:
    row = dict.fromkeys((*REPORTER_COLUMNS, "aliases"), "")
    return row | {"reporter_id": id, "name": name, "kind": kind, "city": city, "parent_id": parent, "aliases": aliases}


def _indicator(id: str, name: str, unit: str, measure: str = "stock", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys((*INDICATOR_COLUMNS, "aliases"), "")
    row |= {"indicator_id": id, "name": name, "unit": unit, "measure": measure, "group": "organisation",
            "additive": unit != "%", "maximum": 100.0 if unit == "%" else float("nan")}  # fmt: skip
    return row | more


def reference() -> Reference:
    """Return three pilots, two federations and seven indicators."""
    reporters = [
        _reporter("hangzhou", "杭州市总工会", "federation", "杭州市", "", "杭州市|杭州"),
        _reporter("ningbo", "宁波市总工会", "federation", "宁波市", "", "宁波市"),
        _reporter("dream", "梦想小镇", "pilot", "杭州市", "hangzhou"),
        _reporter("wulin", "武林商圈", "pilot", "杭州市", "hangzhou", "武林商圈工会"),
        _reporter("port", "信息港小镇", "pilot", "杭州市", "hangzhou"),
    ]
    indicators = [
        _indicator("unions", "基层工会数", "个", aliases="工会数"),
        _indicator("members", "工会会员数", "人", aliases="会员数", group="membership"),
        _indicator("unionised", "建会企业数", "家"),
        _indicator("due", "应建会企业数", "家"),
        _indicator("rate", "建会率", "%", numerator_id="unionised", denominator_id="due"),
        _indicator("visits", "慰问人次", "人次", "flow", group="assistance"),
        _indicator("benefit", "补助金额", "元", "cumulative", group="insurance"),
    ]
    return Reference(pd.DataFrame(reporters), pd.DataFrame(indicators), pd.DataFrame(columns=list(SOURCE_COLUMNS)))


def workbook(path: Path, rows: Sequence[Sequence[object]], *, merge: Sequence[str] = (),
             formats: Mapping[str, str] | None = None, hide: Sequence[int] = ()) -> Path:  # fmt: skip
    """Write ``rows`` from A1 on as one sheet named 表 and return the path."""
    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    for row in rows:
        sheet.append(list(row))
    for reach in merge:
        sheet.merge_cells(reach)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    for number in hide:
        sheet.row_dimensions[number].hidden = True
    book.save(path)
    return path


def loaded(path: Path, **wishes: Any) -> Loaded:
    """Read a workbook in this process with the small vocabulary."""
    return read_workbook(path, path.name, Wishes(**({"reference": reference(), "today": TODAY} | wishes)))


def loaded_rows(tmp_path: Path, *body: Sequence[object], head: Sequence[object] = HEAD,
                above: Sequence[Sequence[object]] = ABOVE, **look: Any) -> Loaded:  # fmt: skip
    """Write and read a form with the usual lines above; the header stands in row 3, the body from row 4 on."""
    return loaded(workbook(tmp_path / "form.xlsx", [*above, head, *body], **look))


def codes(one: Loaded) -> dict[str, str]:
    """Return code → cell of the problems."""
    return {problem.code: problem.cell for problem in one.problems}
