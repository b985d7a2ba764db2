"""The 口径 sheet of a form: what each indicator counts."""

from __future__ import annotations

import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template import styles
from loaders.template.form import Form, group_names

MEASURES = {"stock": "时点数（期末）", "flow": "时期数（本期发生）", "cumulative": "累计数", "target": "计划数"}
WIDTHS = {"A": 14, "B": 24, "C": 10, "D": 18, "E": 80}


def write_definitions(sheet: Worksheet, form: Form, indicators: pd.DataFrame) -> None:
    """Fill ``sheet`` with one row an indicator: group, name, unit, measure, definition."""
    sheet["A1"] = f"指标口径（表单编号 {form.id}）"
    sheet["A1"].font = styles.TITLE
    for column, text in enumerate(("指标组", "指标", "单位", "计量性质", "口径"), start=1):
        styles.head(sheet.cell(2, column, text))
    for number, row in enumerate(indicators.to_dict("records"), start=3):
        words = (group_names()[row["group"]], row["name"], row["unit"], MEASURES[row["measure"]], row["definition"])
        for column, text in enumerate(words, start=1):
            styles.label(sheet.cell(number, column, text))
    for letters, width in WIDTHS.items():
        sheet.column_dimensions[letters].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.protection.sheet = True
