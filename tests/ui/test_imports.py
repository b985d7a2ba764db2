"""What a page costs before it shows: the heavy libraries wait until somebody needs them."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("openpyxl", "pptx", "docx", "kaleido", "calamine", "ibis", "sqlglot", "cn2an")


def test_no_office_library_and_no_compiler_is_loaded_to_show_a_page() -> None:
    code = "import sys, ui.frame, ui.pages; print(*(name for name in sys.argv[1:] if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
