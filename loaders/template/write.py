"""A form as a workbook: one sheet a group of indicators, the definitions, and a hidden sheet that says what it is."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template import marks
from loaders.template.definitions import write_definitions
from loaders.template.form import Form, group_names
from loaders.template.sheet import Asked, write_sheet
from tidy.schema import Reference


def write(form: Form, reference: Reference) -> bytes:
    """Return the form as the bytes of an xlsx workbook."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    indicators = reference.indicators.set_index("indicator_id").loc[list(form.indicators)]
    names = reference.reporters.set_index("reporter_id").loc[list(form.reporters), "name"]
    reporter = reference.reporters.set_index("reporter_id")["name"].get(form.reporter, "")
    before = {(r, i): value for r, i, value in form.before}
    for group in form.groups:
        own = [Asked.of(id, row) for id, row in indicators[indicators["group"].eq(group)].iterrows()]
        sheet = workbook.create_sheet(group_names()[group])
        write_sheet(sheet, form, own, names.to_dict(), str(reporter), before)
    write_definitions(workbook.create_sheet(marks.DEFINITIONS), form, indicators)
    _write_hidden(workbook.create_sheet(marks.HIDDEN_SHEET), form, list(reference.reporters["name"]))
    workbook.properties.title = form.id
    workbook.properties.creator = ""
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _write_hidden(sheet: Worksheet, form: Form, reporters: Sequence[str]) -> None:
    """Keep the form's own description, and the names that drop-downs offer."""
    sheet["A1"] = marks.START + form.id
    for number, piece in enumerate(_pieces(form.as_json()), start=1):
        sheet.cell(number, 2, piece)
    for row, name in enumerate(reporters, start=1):
        sheet.cell(row, 3, name)
    sheet.sheet_state = "hidden"


def _pieces(text: str, size: int = 30_000) -> list[str]:
    """Cut a text to what one cell can hold."""
    return [text[start : start + size] for start in range(0, len(text), size)]
