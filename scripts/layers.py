"""The layer picture drawn from the imports: ``python -m scripts.layers`` writes docs/pictures/layers.svg again.

Boxes are folders with their rooms; an arrow says that some file of the upper imports the lower. Counts are left
out, so that the picture changes only when the architecture does. A test fails when it is stale.
"""

from __future__ import annotations

import ast
import sys
import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "layers.svg"
ROWS = (("dashboard.py",), ("pages",), ("ui",), ("loaders", "store", "charts", "exports"), ("tidy",))
WORDS = {
    "dashboard.py": "frame and page list", "pages": "select → query → figure → notes",
    "ui": "Streamlit parts, the only caches, the server", "loaders": "file → rows, problems",
    "store": "releases, vintages", "charts": "exhibit → figure", "exports": "exhibit → files",
    "tidy": "schema, values with bounds, checks, measures, exhibits",
}  # fmt: skip
# The commands join layers that do not know each other; their arrows are drawn apart.
COMMANDS = ("__main__.py", "commands/load.py")
WIDTH, HEIGHT, GAP, LEFT = 960, 88, 46, 20
FONT = "font-family='Noto Sans CJK SC, system-ui, sans-serif'"


def imports(folder: str, *, commands: bool) -> set[str]:
    """Return which of our folders the files of ``folder`` import; ``commands`` asks for those of its commands alone."""
    start = ROOT / folder
    paths = [start] if start.is_file() else sorted(start.rglob("*.py"))
    wanted = [path for path in paths if path.as_posix().endswith(COMMANDS) == commands]
    return {name for path in wanted for name in imported(path)} & set(WORDS) - {folder}


def imported(path: Path) -> Iterator[str]:
    """Yield the top-level names that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def rooms(folder: str) -> list[str]:
    """Return the folders inside a folder that hold code."""
    start = ROOT / folder
    return sorted(path.name for path in start.iterdir() if (path / "__init__.py").exists()) if start.is_dir() else []


def places() -> dict[str, tuple[float, float, float]]:
    """Return left edge, top and width of each box."""
    found: dict[str, tuple[float, float, float]] = {}
    for number, row in enumerate(ROWS):
        wide = (WIDTH - 2 * LEFT - 16 * (len(row) - 1)) / len(row)
        for place, name in enumerate(row):
            found[name] = (LEFT + place * (wide + 16), 20 + number * (HEIGHT + GAP), wide)
    return found


def draw() -> str:
    """Return the picture as SVG."""
    where = places()
    arrows = [_arrow(where, name, other, "") for name in where for other in sorted(imports(name, commands=False))]
    joined = [_arrow(where, name, other, "stroke-dasharray='5 4'") for name in where
              for other in sorted(imports(name, commands=True) - imports(name, commands=False))]  # fmt: skip
    boxes = [_box(name, *place) for name, place in where.items()]
    tall = 20 + len(ROWS) * (HEIGHT + GAP)
    return "\n".join([
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {tall}' role='img' aria-label='Layers'>",
        "<defs><marker id='a' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7' markerHeight='7' orient='auto'>"
        "<path d='M0 0L8 4L0 8z' fill='#6b7280'/></marker></defs>",
        f"<rect width='{WIDTH}' height='{tall}' fill='#ffffff'/>",
        *arrows, *joined, *boxes,
        f"<text x='{LEFT}' y='{tall - 16}' {FONT} font-size='13' fill='#4a4f57'>"
        "solid: imports · dashed: only the command (loaders load, exports) joins the layers</text>",
        "</svg>\n",
    ])  # fmt: skip


def _box(name: str, x: float, y: float, wide: float) -> str:
    inside = textwrap.wrap(" · ".join(rooms(name)), int(wide / 6.5))
    texts = [(24, 17, 650, name), (44, 13, 400, WORDS[name])]
    texts += [(63 + 15 * number, 11, 400, line) for number, line in enumerate(inside)]
    box = f"<rect x='{x:.0f}' y='{y:.0f}' width='{wide:.0f}' height='{HEIGHT}' rx='8' fill='#f5f3ef' stroke='#a3211b'/>"
    lines = [
        f"<text x='{x + wide / 2:.0f}' y='{y + down:.0f}' text-anchor='middle' {FONT} font-size='{size}'"
        f" font-weight='{weight}' fill='#1d2129'>{escape(text)}</text>"
        for down, size, weight, text in texts
    ]
    return "\n".join([box, *lines])


def _arrow(where: dict[str, tuple[float, float, float]], one: str, other: str, style: str) -> str:
    """A line from the lower edge of one box to the upper edge of the other; beside it within a row."""
    (x, y, wide), (to_x, to_y, to_wide) = where[one], where[other]
    if y == to_y:
        y, to_y = y + HEIGHT, to_y + HEIGHT
        start, end = x + wide / 2, to_x + to_wide / 2
        return (f"<path d='M{start:.0f} {y:.0f}Q{(start + end) / 2:.0f} {y + 44:.0f} {end:.0f} {to_y:.0f}' fill='none' "
                f"stroke='#6b7280' {style} marker-end='url(#a)'/>")  # fmt: skip
    # Arrows of a wide box leave above the box they go to; of a narrow one from its middle.
    start = min(max(to_x + to_wide / 2, x + 20), x + wide - 20)
    end = min(max(start, to_x + 20), to_x + to_wide - 20)
    return (f"<line x1='{start:.0f}' y1='{y + HEIGHT:.0f}' x2='{end:.0f}' y2='{to_y:.0f}' stroke='#6b7280' {style} "
            "marker-end='url(#a)'/>")  # fmt: skip


def main() -> int:
    """Write the picture."""
    PICTURE.write_text(draw(), encoding="utf-8")
    print(PICTURE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
