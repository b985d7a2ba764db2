"""A form goes out, is filled in, and comes back: recognised, read exactly, and told what was altered."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from loaders.loaded import Loaded
from loaders.refusal import Refused
from loaders.template import marks
from loaders.template.form import Form, design, from_json
from loaders.template.write import write
from tests.loaders.forms import codes, loaded, reference
from tidy.schema import read_reference

PUBLISHED = pd.DataFrame([
    {"reporter_id": "dream", "indicator_id": "unions", "period": "2017-H2", "measure": "stock", "scope": "", "value": 7.0},
    {"reporter_id": "wulin", "indicator_id": "members", "period": "2017-H2", "measure": "stock", "scope": "", "value": 900.0},
])  # fmt: skip
GROUPS = ["organisation", "membership"]


def form(**more: Any) -> Form:
    return design(GROUPS, "2018-H1", reference(), city="杭州市", published=PUBLISHED, **more)


def book() -> Workbook:
    return load_workbook(io.BytesIO(write(form(), reference())))


def place(sheet: Worksheet, reporter: str, indicator: str) -> tuple[int, int]:
    """Return row and column of an input cell by its hidden signs."""
    column = next(
        c
        for c in range(1, sheet.max_column + 1)
        if str(sheet.cell(1, c).value).startswith(f"{indicator}|")
        and not str(sheet.cell(1, c).value).endswith("before")
    )
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == reporter)
    return row, column


def returned(tmp_path: Path, alter: Callable[[Workbook], None] = lambda _book: None) -> Loaded:
    """Fill two cells, alter the form, and read it."""
    made = book()
    made["组织建设"].cell(*place(made["组织建设"], "dream", "unions"), 8)
    made["会员"].cell(*place(made["会员"], "wulin", "members"), 950)
    alter(made)
    path = tmp_path / "back.xlsx"
    made.save(path)
    return loaded(path)


def figures(one: Loaded) -> dict[tuple[str, str, str], float]:
    """Return (reporter, indicator, period) → value."""
    return {(r.reporter_id, r.indicator_id, r.period): r.value for r in one.observations.itertuples()}


REPORTERS = ("dream", "wulin", "port")
FILLED = {("dream", "unions", "2018-H1"): 8, ("wulin", "members", "2018-H1"): 950}


def test_a_returned_form_is_recognised_and_read(tmp_path: Path) -> None:
    one = returned(tmp_path)
    assert one.kind == "template"
    assert figures(one) == FILLED
    assert one.problems == []


def test_a_form_that_nobody_filled_in_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(write(form(), reference()))
    assert "form_empty" in codes(loaded(path))


def test_what_a_form_looks_like() -> None:
    sheet = book()["组织建设"]
    row, column = place(sheet, "dream", "unions")
    assert "杭州市" in str(sheet["B2"].value)
    assert sheet["C3"].value == "杭州市总工会"
    assert sheet.freeze_panes == "D7"
    assert sheet.protection.sheet
    assert not sheet.cell(row, column).protection.locked
    assert sheet.cell(row, column + 1).protection.locked
    assert sheet.cell(row, column + 1).value == 7
    assert sheet.cell(row, 3).value == "梦想小镇"
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"decimal", "list"}
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden


def test_totals_are_locked_formulas_and_rates_are_worked_out() -> None:
    sheet = book()["组织建设"]
    total = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == marks.TOTAL)
    _row, column = place(sheet, "dream", "unions")
    _row, rate = place(sheet, "dream", "rate")
    assert str(sheet.cell(total, column).value).startswith("=SUM(")
    assert "100*" in str(sheet.cell(total, rate).value)
    assert sheet.cell(total, column).protection.locked


def test_definitions_and_signatures() -> None:
    made = book()
    assert any(row[1].value == "工会会员数" for row in made[marks.DEFINITIONS].iter_rows())
    assert any("填表人" in str(cell.value) for row in made["会员"].iter_rows() for cell in row)
    assert made[marks.HIDDEN_SHEET].sheet_state == "hidden"


def test_a_form_of_many_indicators_prints_on_pages_that_can_be_read() -> None:
    wide = load_workbook(
        io.BytesIO(write(design(["organisation"], "2018-H1", read_reference(), city="杭州市"), read_reference()))
    )
    sheet = wide.worksheets[0]
    breaks = [one.id for one in sheet.col_breaks.brk]
    assert sheet.page_setup.scale >= 70
    assert len(breaks) == 6
    assert {str(sheet.cell(6, column + 1).value) for column in breaks} == {"本期"}  # no indicator is cut in two
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$5:$6", "$A:$C")


def test_the_version_id_says_what_is_asked() -> None:
    assert form().id == form().id
    assert form().id != design(GROUPS, "2018-H2", reference(), city="杭州市").id
    assert from_json(form().as_json()) == form()


@pytest.mark.parametrize(
    ("groups", "period", "city"), [(["nothing"], "2018", ""), (GROUPS, "上半年", ""), (GROUPS, "2018", "火星市")]
)
def test_a_form_for_what_does_not_exist(groups: list[str], period: str, city: str) -> None:
    with pytest.raises(Refused) as refused:
        design(groups, period, reference(), city=city)
    assert refused.value.problem.advice


def _insert_row(made: Workbook) -> None:
    sheet = made["组织建设"]
    sheet.insert_rows(8)
    sheet["C8"] = "宁波市总工会"
    sheet.cell(8, 4, 3)


def _insert_column(made: Workbook) -> None:
    made["组织建设"].insert_cols(4)
    made["组织建设"]["D7"] = 5


def _sort(made: Workbook) -> None:
    """Sort the visible part only, as people do: the hidden signs stay where they are."""
    sheet = made["组织建设"]
    rows = [[sheet.cell(r, c).value for c in range(2, 14)] for r in (7, 8, 9)]
    for row, values in zip((7, 8, 9), reversed(rows), strict=True):
        for column, value in enumerate(values, start=2):
            sheet.cell(row, column).value = value


def _delete_row(made: Workbook) -> None:
    row, _column = place(made["组织建设"], "port", "unions")
    made["组织建设"].delete_rows(row)


def _retitle(made: Workbook) -> None:
    made["会员"].cell(5, 4).value = "工会会员数（万人）"


def _next_period(made: Workbook) -> None:
    made["会员"]["D3"] = "统计时期：2018年下半年"


def _history(made: Workbook) -> None:
    made["会员"].cell(*place(made["会员"], "wulin", "members"))
    row, column = place(made["会员"], "wulin", "members")
    made["会员"].cell(row, column + 1).value = 1000


def _rename(made: Workbook) -> None:
    row, _column = place(made["组织建设"], "port", "unions")
    made["组织建设"].cell(row, 3).value = "火星小镇"


@pytest.mark.parametrize(("alter", "code", "severity"), [
    (_insert_row, "form_row_added", "note"), (_insert_column, "form_column_added", "warning"), (_sort, "form_sorted", "note"),
    (_delete_row, "form_row_removed", "warning"), (_retitle, "form_heading", "error"), (_next_period, "form_period", "error"),
    (_history, "form_history", "warning"), (_rename, "form_name", "warning"),
    (lambda made: made.remove(made["会员"]), "form_sheet_removed", "warning"),
    (lambda made: made.create_sheet("草稿").append(["x", 1]), "form_sheet_added", "warning"),
    (lambda made: made[marks.HIDDEN_SHEET].__setitem__("A1", "@form:other"), "form_tampered", "error"),
])  # fmt: skip
def test_alterations_are_told_and_the_figures_still_read(
    tmp_path: Path, alter: Callable[[Workbook], None], code: str, severity: str
) -> None:
    one = returned(tmp_path, alter)
    assert one.kind == "template"
    told = [p for p in one.problems if p.code == code]
    assert [p.severity for p in told] == [severity]
    assert told[0].advice
    kept = FILLED if code != "form_sheet_removed" else {key: FILLED[key] for key in FILLED if key[1] == "unions"}
    assert kept.items() <= figures(one).items()


def test_a_form_whose_signs_were_wiped_out_is_read_by_its_words(tmp_path: Path) -> None:
    def wipe(made: Workbook) -> None:
        for name in (marks.HIDDEN_SHEET, marks.DEFINITIONS, "会员"):
            made.remove(made[name])
        sheet = made["组织建设"]
        for cell in [*sheet[1], *(row[0] for row in sheet.iter_rows())]:
            cell.value = None

    def fill(made: Workbook) -> None:
        sheet = made["组织建设"]
        for reporter in REPORTERS:
            for indicator in ("unions", "unionised", "due"):
                sheet.cell(*place(sheet, reporter, indicator), 8)
        wipe(made)

    one = returned(tmp_path, fill)
    assert one.kind == "workbook"
    assert figures(one) == {(r, i, "2018-H1"): 8 for r in REPORTERS for i in ("unions", "unionised", "due")}


VALUES = st.one_of(st.integers(0, 10**7), st.floats(0, 10**6).map(lambda x: round(x, 2)))
ASKED = (("组织建设", "unions"), ("组织建设", "unionised"), ("组织建设", "due"), ("会员", "members"))


@given(
    st.dictionaries(st.tuples(st.sampled_from(REPORTERS), st.sampled_from(ASKED)), VALUES, min_size=1),
    st.lists(st.sampled_from([_insert_column, _sort]), max_size=1),
    st.integers(0, 3),
)
@settings(deadline=None, max_examples=25)
def test_whatever_is_filled_in_is_read_back(
    filled: dict[tuple[str, tuple[str, str]], float], alterations: list[Any], gap: int
) -> None:
    made = book()
    for (reporter, (sheet, indicator)), value in filled.items():
        made[sheet].cell(*place(made[sheet], reporter, indicator), value)
    for alter in alterations:
        alter(made)
    if gap:
        made["会员"].insert_rows(4, gap)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "back.xlsx"
        made.save(path)
        one = loaded(path)
    assert figures(one) == {(r, i, "2018-H1"): pytest.approx(v) for (r, (_s, i)), v in filled.items()}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_form_saved_by_another_program_comes_back(tmp_path: Path, kind: str) -> None:
    made = book()
    made["组织建设"].cell(*place(made["组织建设"], "dream", "unions"), 8)
    made["会员"].cell(*place(made["会员"], "wulin", "members"), 950)
    sent, out = tmp_path / "form.xlsx", tmp_path / "out"
    made.save(sent)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind,
                    "--outdir", str(out), str(sent)], check=True, capture_output=True, timeout=120)  # fmt: skip
    one = loaded(out / f"form.{kind}")
    assert one.kind == "template"
    assert figures(one) == FILLED
    assert [p for p in one.problems if p.severity == "error"] == []
