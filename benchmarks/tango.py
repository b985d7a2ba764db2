"""TANGO's tables by the scorer beside the project: ``../shared/tools/score_tables.py``."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.rows import Row, row

ROOT = Path(__file__).resolve().parent.parent
SCORER = ROOT.parent / "shared" / "tools" / "score_tables.py"


def run() -> list[Row]:
    """Return the F of each kind as the scorer prints it; none where the scorer is not there."""
    if not SCORER.exists():
        return []
    said = subprocess.run([sys.executable, str(SCORER)], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    print(said, file=sys.stderr)
    found = re.findall(r"^([\w-]+)\s+F ([\d.]+)", said, re.MULTILINE)
    exact = re.search(r"right: (\d+)/(\d+)", said)
    rows = [row(f"{name}: F", float(f), "") for name, f in found]
    return rows + (
        [row("tables exact", int(exact[1]), "tables", f"{exact[2]} tables", int(exact[1]) / int(exact[2]))]
        if exact
        else []
    )
