"""The shape that slides, workbooks and documents share: an exhibit's marks as a grid of cells."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from exports.evidence import amount_of
from tidy import periods
from tidy.exhibit import Exhibit
from tidy.language import _
from tidy.suppression import MARK, QUALIFIER

OVER_TIME = ("series", "small_multiples")
# Kinds whose columns, not rows, grow with the data.
WIDE = (*OVER_TIME, "slope", "dumbbell")


@dataclass(frozen=True)
class Cell:
    """One mark: the number, its bounds (NaN: no limit) and the amount as readers write it."""

    value: float
    low: float
    high: float
    text: str
    unit: str
    qualifier: str
    mark: Any

    @property
    def plus(self) -> float:
        """How far the printed figure can lie above its number; 0 where there is no limit."""
        return max(self.high - self.value, 0.0) if math.isfinite(self.high) else 0.0

    @property
    def minus(self) -> float:
        """How far the printed figure can lie below its number."""
        return max(self.value - self.low, 0.0) if math.isfinite(self.low) else 0.0


@dataclass(frozen=True)
class Grid:
    """Rows by columns; a pair without a mark is missing, which is never a zero.

    ``instead`` says for pairs without a number why: hidden (small cells), or not to be added.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    instead: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def column(self, name: str) -> list[Cell | None]:
        """Return one column's cells from top to bottom."""
        return [self.cells.get((row, name)) for row in self.rows]

    @cached_property
    def values(self) -> list[float]:
        """Return all numbers that are there."""
        return [cell.value for cell in self.cells.values()]

    @property
    def bounded(self) -> bool:
        """True where some mark can mean more than its number."""
        return any(cell.plus or cell.minus for cell in self.cells.values())


def cell(mark: Any) -> Cell | None:
    """Return the cell of a mark, ``None`` for a mark without a number."""
    value = float(mark.value)
    if not math.isfinite(value):
        return None
    low, high = (float(x) if x is not None else math.nan for x in (mark.low, mark.high))
    return Cell(value, low, high, amount_of(mark), str(mark.unit), str(mark.qualifier or "exact"), mark)


def grid(exhibit: Exhibit) -> Grid:
    """Return the exhibit's marks as a grid: labels or years down, series across."""
    exhibit = times_down(exhibit)
    marks = list(_with_targets(exhibit).itertuples())
    single = exhibit.meta.unit or _("数值")
    row_of = _time_of(marks) if exhibit.kind in OVER_TIME else _label_of(exhibit)
    cells: dict[tuple[str, str], Cell] = {}
    instead: dict[tuple[str, str], str] = {}
    for mark in marks:
        found = cell(mark)
        key = (row_of(mark), str(getattr(mark, "series", "") or single))
        if found:
            cells[_free(key, cells)] = found
        elif why := _why_none(mark):
            instead[key] = why
    rows = _ordered(exhibit, "rows", [row_of(mark) for mark in marks], [row for row, _column in cells])
    columns = _ordered(exhibit, "columns", [column for _row, column in cells], sorted(c for _row, c in instead))
    return Grid(rows, columns, cells, instead)


def times_down(exhibit: Exhibit) -> Exhibit:
    """Return a slope with its two times as labels and a series a reporter, as a line chart needs it."""
    table = exhibit.table
    if exhibit.kind != "slope" or exhibit.empty or "period" not in table:
        return exhibit
    if not table["series"].eq(table["period"].map(str).map(periods.label)).all():
        return exhibit
    return replace(exhibit, table=table.rename(columns={"label": "series", "series": "label"}))


def _why_none(mark: Any) -> str:
    """What stands where a mark has no number: the sign of a hidden figure, or a cross table's reason."""
    return MARK if mark.qualifier == QUALIFIER else str(getattr(mark, "detail", ""))


def _with_targets(exhibit: Exhibit) -> pd.DataFrame:
    """Results and their targets as two series, where an exhibit has targets."""
    if exhibit.kind != "bullets" or exhibit.empty:
        return exhibit.table
    results = exhibit.table.assign(series=_("结果"))
    goals = results.assign(
        series=_("目标"), qualifier="exact", **dict.fromkeys(("value", "low", "high"), results["target"])
    )
    return pd.concat([results, goals], ignore_index=True)


def _label_of(exhibit: Exhibit) -> Callable[[Any], str]:
    """Name marks by their label; in a ranking the rank stands in front."""
    if exhibit.kind == "ranking" and "rank" in exhibit.table:
        return lambda mark: f"{mark.rank} {mark.label}"
    return lambda mark: str(mark.label)


def _free(key: tuple[str, str], cells: dict[tuple[str, str], Cell]) -> tuple[str, str]:
    """Two marks of one name both stay: the second is numbered."""
    row, number = key[0], 2
    while key in cells:
        key, number = (f"{row} ({number})", key[1]), number + 1
    return key


def _ordered(exhibit: Exhibit, name: str, *met: Sequence[str]) -> tuple[str, ...]:
    """The order that the exhibit declares; else by time, else as met."""
    if exhibit.options.get(name):
        return tuple(str(one) for one in exhibit.options[name])
    unique = list(dict.fromkeys(one for some in met for one in some))
    if name == "rows" and exhibit.kind in (*OVER_TIME, "slope"):
        unique = _years(unique) if exhibit.kind in OVER_TIME else sorted(unique)
    return tuple(unique)


def _years(met: Sequence[str]) -> list[str]:
    """Every year from first to last, so that a missing one is a gap; other periods just in order."""
    if not met or not all(one.isdigit() for one in met):
        return sorted(met)
    years = [int(one) for one in met]
    return [str(year) for year in range(min(years), max(years) + 1)]


def _time_of(marks: Sequence[Any]) -> Callable[[Any], str]:
    """Name marks by year, or by period where a series has several in one year."""
    keys = [(getattr(m, "panel", ""), getattr(m, "series", ""), m.year) for m in marks]
    if len(set(keys)) == len(keys):
        return lambda mark: str(int(mark.year))
    return lambda mark: periods.label(str(mark.period))


def pages(exhibit: Exhibit, most_rows: int, most_columns: int) -> Iterator[Exhibit]:
    """Yield the exhibit in parts that fit one slide each; one part when it fits as it is."""
    wide = exhibit.kind in WIDE
    key, most = ("series", most_columns) if wide else ("label", most_rows)
    if times_down(exhibit) is not exhibit:
        key = "label"
    if exhibit.kind == "small_multiples":
        key, most = "panel", 6
    if exhibit.empty or key not in exhibit.table or exhibit.kind in ("choropleth", "dots"):
        yield exhibit
        return
    order = exhibit.options.get("rows") if key == "label" else None
    names = list(order or dict.fromkeys(exhibit.table[key]))
    parts = math.ceil(len(names) / most)
    size = math.ceil(len(names) / parts)  # even parts: 16 + 15, not 20 + 11
    for start in range(0, len(names), size):
        chosen = names[start : start + size]
        rows = exhibit.table[exhibit.table[key].isin(chosen)]
        options = {**exhibit.options, "rows": chosen} if order else exhibit.options
        yield replace(exhibit, table=rows, options=options)


def panels(exhibit: Exhibit) -> Iterator[Exhibit]:
    """Yield each panel of small multiples as a line chart of its own, all over the same years."""
    years = grid(replace(exhibit, kind="series", table=exhibit.table.assign(series=exhibit.table["panel"])))
    for name, rows in exhibit.table.groupby("panel", sort=False):
        options = {"rows": years.rows, "ceiling": _round_above(max(years.values))}
        yield replace(exhibit, kind="series", table=rows, options=options).titled(str(name))


def _round_above(number: float) -> float:
    """The next round number, as the end of an axis: 49 → 50, 490000 → 500000."""
    power = 10.0 ** math.floor(math.log10(number)) if number > 0 else 1.0
    return next((step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= number), number)


def headings(exhibit: Exhibit) -> list[str]:
    """Return the headings of the exhibit as a table: label, then series or the amount."""
    extra = exhibit.options.get("columns")
    if exhibit.kind == "table" and isinstance(extra, dict):
        return [str(exhibit.options.get("label", "")), *map(str, extra.values()), _("数值")]
    if exhibit.kind == "dots":
        return [_("分组"), _("填报单位"), _("数值")]
    if exhibit.kind == "ranking":
        return [_("填报单位"), _("名次"), _("数值")]
    first = _("时期") if exhibit.kind in OVER_TIME else str(exhibit.options.get("corner") or _("项目"))
    return [first, *grid(exhibit).columns]


def text_rows(exhibit: Exhibit) -> list[list[str]]:
    """Return the exhibit as rows of texts under :func:`headings`; missing cells are empty."""
    extra = exhibit.options.get("columns")
    if exhibit.kind == "table" and isinstance(extra, dict):
        return [[str(m.label), *(str(getattr(m, c)) for c in extra), amount_of(m)] for m in _marks(exhibit)]
    if exhibit.kind == "dots":
        return [[str(m.series), str(m.label), amount_of(m)] for m in _marks(exhibit)]
    if exhibit.kind == "ranking":
        return [[str(m.label), str(m.rank), amount_of(m)] for m in _marks(exhibit)]
    shape = grid(exhibit)
    return [[row, *(_text(shape, (row, c)) for c in shape.columns)] for row in shape.rows]


def figure_columns(exhibit: Exhibit) -> range:
    """Return which columns of :func:`text_rows` hold figures (set to the right); the others hold words."""
    count = len(headings(exhibit))
    words = exhibit.kind in ("dots", "ranking") or isinstance(exhibit.options.get("columns"), dict)
    return range(count - 1 if words else 1, count)


def _marks(exhibit: Exhibit) -> list[Any]:
    return list(exhibit.table.itertuples())


def _text(shape: Grid, key: tuple[str, str]) -> str:
    return shape.cells[key].text if key in shape.cells else shape.instead.get(key, "")


def values_of(table: pd.DataFrame) -> list[float]:
    """Return the finite numbers of a table of marks."""
    return [value for value in map(float, table["value"]) if math.isfinite(value)]
