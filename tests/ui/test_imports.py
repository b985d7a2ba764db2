"""What a page costs before it shows: the heavy libraries wait until somebody needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

SLOW = ("pandas", "sqlalchemy", "duckdb", "pyarrow")
HEAVY = ("openpyxl", "pptx", "docx", "kaleido", "calamine", "ibis", "sqlglot", "cn2an")


@pytest.mark.parametrize(
    ("imported", "waiting"),
    [
        pytest.param("ui.frame, ui.pages", HEAVY, id="no office library and no compiler to show a page"),
        pytest.param("ui.server", SLOW, id="the port opens before tables can be read"),
    ],
)
def test_what_is_not_loaded_yet(imported: str, waiting: tuple[str, ...]) -> None:
    code = f"import sys, {imported}; print(*(name for name in sys.argv[1:] if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code, *waiting], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
