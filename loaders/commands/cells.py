"""``python -m loaders cells FILE…``: data cells with their heading paths, one JSON object a line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from loaders.cells import safely
from loaders.refusal import Refused
from tidy.language import _
from tidy.problems import Problem


def run(argv: list[str]) -> int:
    """Print the data cells of the spreadsheets in ``argv``; return the exit status (design, section 6)."""
    parser = argparse.ArgumentParser(
        prog="python -m loaders cells", description=_("读出表格中的数据单元格及其表头路径")
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--all", action="store_true", help=_("也列出缺数符号，使数据区的每个单元格都有交代"))
    options = parser.parse_args(argv)
    return max(_print(name, options.all) for name in options.files)


def _print(name: str, everything: bool) -> int:
    """Print one file's cells; its problems go to standard error."""
    status = 0
    try:
        for lines, problems in safely(Path(name).resolve(), everything):
            sys.stdout.write(lines)
            for problem in problems:
                status = max(status, say(problem, name))
    except Refused as refused:
        status = say(refused.problem, name)
    sys.stdout.flush()
    return status


def say(problem: Problem, name: str) -> int:
    """Print a problem to standard error; return 1 for an error, 0 for a remark."""
    place = "!".join(filter(None, (name, problem.sheet, problem.cell)))
    what = f"{problem.message} → {problem.advice}" if problem.advice else problem.message
    print(f"{place}: {what}", file=sys.stderr)
    return int(problem.severity == "error")
