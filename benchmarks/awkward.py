"""Read every file of a folder as an upload and say what came of it.

    python -m benchmarks.awkward DIR [--each]

Prints one line a file (cells read, or the message), then a table of outcomes.  Every file must give
cells or one clear message within 20 seconds, and the host must live on.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rows import Row, row
from loaders.cells import safely
from loaders.refusal import Refused

LIMIT = 20.0
FILES = Path(__file__).resolve().parents[2] / "shared" / "spreadsheets" / "awkward"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file gave."""

    name: str
    kind: str
    cells: int
    errors: int
    seconds: float
    message: str


def outcome(path: Path) -> Outcome:
    """Read one file; its kind is ``cells``, the code of its message, or ``SILENT`` and ``SLOW``, which are faults."""
    started, cells, errors, messages = time.monotonic(), 0, 0, []
    code = ""
    try:
        for lines, problems in safely(path.resolve()):
            cells += lines.count("\n")
            errors += lines.count('"note": "错误值')
            messages += [str(problem) for problem in problems]
            code = code or next((problem.code for problem in problems), "")
    except Refused as refused:
        code, messages = refused.problem.code, [str(refused.problem)]
    seconds = time.monotonic() - started
    kind = "SLOW" if seconds > LIMIT else "cells" if cells else code or "SILENT"
    return Outcome(path.name, kind, cells, errors, seconds, messages[0] if messages else "")


def run(folder: Path = FILES) -> list[Row]:
    """Read every file; ``ratio`` is the share that gave cells or one clear message in time."""
    found = [outcome(path) for path in sorted(folder.iterdir()) if path.is_file()] if folder.exists() else []
    bad = sum(one.kind in ("SILENT", "SLOW") for one in found)
    counts = Counter("opened" if one.kind == "cells" else f"refused: {one.kind}" for one in found)
    rows = [
        row(
            "files opened or refused with a message",
            len(found) - bad,
            "files",
            f"{len(found)} files",
            (len(found) - bad) / max(1, len(found)),
        )
    ]
    rows += [row(kind, count, "files") for kind, count in counts.most_common()]
    return [
        *rows,
        row("slowest file", max((one.seconds for one in found), default=0.0), "s"),
        row("cells", sum(one.cells for one in found), "cells"),
    ]


def main(arguments: list[str]) -> int:
    """Print the table; return 1 when a file was silent or slow."""
    folder = Path(arguments[0])
    found = [outcome(path) for path in sorted(folder.iterdir()) if path.is_file()]
    if "--each" in arguments:
        for one in found:
            print(f"{one.kind:16} {one.cells:7} {one.errors:5} {one.seconds:6.2f}  {one.name}  {one.message}")
    for kind, count in Counter(one.kind for one in found).most_common():
        example = next((one.message for one in found if one.kind == kind and kind != "cells"), "")
        print(f"{count:4}  {kind:18} {example}")
    print(
        f"{len(found):4}  files, {sum(one.cells for one in found)} cells, {sum(one.errors for one in found)} errors,"
        f" slowest {max((one.seconds for one in found), default=0):.1f} s"
    )
    return int(any(one.kind in ("SILENT", "SLOW") for one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
