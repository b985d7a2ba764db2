"""How the house is kept: ``python -m scripts.house`` prints the sizes of functions, files and pages as Markdown.

Functions are counted without their docstrings; what is larger than the project's own limits is named.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("tidy", "loaders", "store", "charts", "exports", "ui", "pages", "deploy", "benchmarks", "scripts", "tests")
CODE = FOLDERS[:-1]
MOST_LINES, MOST_PAGE = 300, 60


@dataclass(frozen=True, slots=True)
class Function:
    """A function and its length without its docstring."""

    where: str
    lines: int
    documented: bool
    public: bool


def files(folder: str) -> list[Path]:
    """Return the Python files of a folder."""
    return sorted((ROOT / folder).rglob("*.py"))


def functions(path: Path) -> Iterator[Function]:
    """Yield the functions and methods of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = ast.get_docstring(node) is not None
            first = node.body[0]
            lines = (node.end_lineno or 0) - node.lineno + 1
            if said:
                lines -= (first.end_lineno or 0) - first.lineno + 1
            where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            yield Function(where, lines, said, not node.name.startswith("_"))


def lines(path: Path) -> int:
    """Return the number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def row(name: str, folders: Sequence[str]) -> str:
    """Return the figures of some folders as a row of the table."""
    paths = [path for folder in folders for path in files(folder)]
    found = [one for path in paths for one in functions(path)]
    sizes, public = [lines(path) for path in paths], [one for one in found if one.public]
    said = f"{sum(one.documented for one in public) / len(public):.0%}" if public else "–"
    middle, ninth = spread([one.lines for one in found])
    over = sum(size > MOST_LINES for size in sizes)
    return f"| {name} | {len(paths)} | {sum(sizes)} | {max(sizes)} | {over} | {middle:g} / {ninth} | {said} |"


def spread(lengths: Sequence[int]) -> tuple[float, int]:
    """Return the middle length and the one that nine in ten stay within; zeros where there is none."""
    ordered = sorted(lengths)
    return (statistics.median(ordered), ordered[int(len(ordered) * 0.9)]) if ordered else (0, 0)


def large() -> Iterator[str]:
    """Yield what is larger than it should be."""
    for path in (path for folder in CODE for path in files(folder)):
        most = MOST_PAGE if path.parent.name == "pages" else MOST_LINES
        if lines(path) > most:
            yield f"{path.relative_to(ROOT)}: {lines(path)} lines"
        yield from (f"{one.where}: {one.lines} lines" for one in functions(path) if one.lines > 60)


def report() -> str:
    """Return the table and the list below it."""
    head = ["| folder | files | lines | largest file | files > 300 | function median / 90th | public with docstring |",
            "|---|---:|---:|---:|---:|---:|---:|"]  # fmt: skip
    return "\n".join(
        [
            *head,
            *(row(one, (one,)) for one in FOLDERS),
            row("all but tests", CODE),
            "",
            *(f"- {one}" for one in large()),
        ]
    )


if __name__ == "__main__":
    print(report())
    sys.exit(0)
