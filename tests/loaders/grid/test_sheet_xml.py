"""What one pass over a sheet's XML says of its rows, whatever rows came before."""

from __future__ import annotations

import io

from loaders.grid.sheet_xml import look

PLAIN = '<row r="{n}"><c r="A{n}" s="1" t="s"><v>0</v></c><c r="B{n}" s="2"><v>5</v></c></row>'
ERROR = '<row r="{n}"><c r="A{n}" s="1" t="s"><v>0</v></c><c r="B{n}" s="2" t="e"><v>#N/A</v></c></row>'
OTHER = '<row r="{n}"><c r="A{n}" s="1" t="s"><v>0</v></c><c r="B{n}" s="3"><v>5</v></c></row>'
GAP = '<row r="{n}"><c r="A{n}" s="1" t="s"><v>0</v></c><c r="C{n}" s="2"><v>5</v></c></row>'
FORMULA = '<row r="{n}"><c r="A{n}" s="1" t="s"><v>0</v></c><c r="B{n}" s="2"><f>1+1</f></c></row>'


def test_a_row_unlike_the_usual_ones_is_seen_as_it_is() -> None:
    rows = [PLAIN, PLAIN, PLAIN, ERROR, PLAIN, OTHER, OTHER, OTHER, GAP, PLAIN, FORMULA, PLAIN]
    xml = "".join(row.format(n=n) for n, row in enumerate(rows, 1))
    found = look(io.BytesIO(f"<worksheet><sheetData>{xml}</sheetData></worksheet>".encode()))
    assert found.errors == {(3, 1): "#N/A"}
    assert found.uncached == {(10, 1)}
    assert [list(found.styles[n]) for n in (2, 3, 4, 5, 7, 8, 9, 10)] == [
        [1, 2], [1, 2], [1, 2], [1, 3], [1, 3], [1, 0, 2], [1, 2], [1, 2],
    ]  # fmt: skip
