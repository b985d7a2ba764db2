"""Random cross-tabs, written as people write them, are read back to the same cells, headings and tidy rows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from loaders.grid import a1, read
from loaders.layout import tables
from loaders.numbers import read_number
from tests.loaders.crosstabs import FORMS, Form, Link, as_csv, as_html, as_xlsx, lay
from tests.loaders.forms import loaded

WRITERS = {"xlsx": as_xlsx, "csv": as_csv, "html": as_html}


def read_back(path: Path) -> dict[str, Link]:
    """Return what the loader says of each cell."""
    found = {}
    for sheet in read(path):
        for table in tables(sheet):
            for f in table.figures:
                said = read_number(sheet.value(f.row, f.column), sheet.style(f.row, f.column))
                if said.value is not None and f.role in ("data", "total"):
                    rows = frozenset(tuple(label.text for label in path) for path in f.rows)
                    heads = tuple(label.text for label in f.columns[0])
                    found[a1(f.row, f.column)] = (said.value, rows, heads)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FORMS)
def test_a_random_form_is_read_back_cell_by_cell(form: Form) -> None:
    laid = lay(form)
    with TemporaryDirectory() as folder:
        assert read_back(as_xlsx(laid, Path(folder))) == laid.said


@pytest.mark.parametrize("kind", ["csv", "html"])
@settings(max_examples=12, deadline=None)
@given(FORMS)
def test_so_it_is_from_formats_that_know_only_text(kind: str, form: Form) -> None:
    laid = lay(form.plain(merges=kind == "html"))
    with TemporaryDirectory() as folder:
        assert read_back(WRITERS[kind](laid, Path(folder))) == laid.said


@settings(max_examples=15, deadline=None)
@given(FORMS)
def test_known_names_become_the_same_tidy_rows(form: Form) -> None:
    laid = lay(form.known())
    with TemporaryDirectory() as folder:
        rows = loaded(as_xlsx(laid, Path(folder))).observations
    told = {
        locator.partition("!")[2]: (value, reporter, indicator)
        for locator, value, reporter, indicator in zip(
            rows["locator"], rows["value"], rows["reporter_id"], rows["indicator_id"], strict=True
        )
    }
    assert told == laid.meant
