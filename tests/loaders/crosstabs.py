"""Random forms for the round trip: laid out cell by cell with what a reader must say of each figure."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

from loaders.grid import a1

PLACES = {"杭州市": ("上城区", "西湖区", "萧山区"), "宁波市": ("海曙区", "鄞州区", "江北区"), "温州市": ("鹿城区", "瓯海区", "乐清市"),
          "嘉兴市": ("南湖区", "秀洲区", "桐乡市"), "湖州市": ("吴兴区", "南浔区", "德清县")}  # fmt: skip
GROUPS = ("会员数", "建会数", "参保数", "帮扶金额", "2018年")
SUBS = ("本期", "上期", "女性", "其中：农民工")
KNOWN_PLACES = {"梦想小镇": "dream", "武林商圈": "wulin", "信息港小镇": "port"}
KNOWN_HEADS = {
    "基层工会数": ("unions", 1),
    "工会会员数": ("members", 1),
    "应建会企业数": ("due", 1),
    "补助金额（万元）": ("benefit", 1e4),
}
SIGNS = ("none", "blanks", "wide blanks", "no-break", "style", "bold", "numbers", "groups merged", "groups once")
TOTALS = ("", "合　计", "总计", "全省合计")
Link = tuple[float, frozenset[tuple[str, ...]], tuple[str, ...]]


@dataclass(frozen=True)
class Form:
    """How a form is written: its headings, and the liberties that its writer took."""

    places: tuple[str, ...]
    children: int
    groups: tuple[str, ...]
    subs: tuple[str, ...]
    merged: bool
    sign: str
    corner: tuple[int, int]
    title: int
    unit: str
    total: str
    total_first: bool
    numbered: bool
    gap: int
    notes: int
    continued: bool
    missing: int
    look: str
    hidden: bool
    reporters: bool = False

    def plain(self, *, merges: bool) -> Form:
        """Return the form as far as a format without styles can hold it."""
        lost = ("style", "bold", "blanks" if merges else "groups merged")  # a page shows no blanks before a word
        sign = "wide blanks" if self.sign in lost else self.sign
        look = self.look if self.look in ("text", "plain") else "plain"
        return replace(self, sign=sign, merged=self.merged and merges, look=look, hidden=False, corner=(0, 0))

    def known(self) -> Form:
        """Return the form with names that the small vocabulary of the tests knows."""
        return replace(self, sign="none", subs=(), unit="", look="plain", reporters=True)


def _some(of: tuple[str, ...], least: int, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(of), min_size=least, max_size=most, unique=True).map(tuple)


FORMS = st.builds(
    Form, places=_some(tuple(PLACES), 2, 4), children=st.integers(1, 3), groups=_some(GROUPS, 2, 4), subs=st.one_of(st.just(()), _some(SUBS, 2, 3)),
    merged=st.booleans(), sign=st.sampled_from(SIGNS), corner=st.tuples(st.integers(0, 2), st.integers(0, 2)), title=st.integers(0, 3),
    unit=st.sampled_from(("", "line", "heading", "row")), total=st.sampled_from(TOTALS), total_first=st.booleans(), numbered=st.booleans(),
    gap=st.integers(0, 1), notes=st.integers(0, 3), continued=st.booleans(), missing=st.integers(0, 6),
    look=st.sampled_from(("plain", "text", "人", "万元", "percent")), hidden=st.booleans(),
)  # fmt: skip


@dataclass
class Laid:
    """A form as cells, with merges, hidden rows, and what must be said of it."""

    cells: dict[tuple[int, int], tuple[Any, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    said: dict[str, Link] = field(default_factory=dict)
    meant: dict[str, tuple[float, str, str]] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Any, look: str = "", *, down: int = 1, across: int = 1) -> None:
        """Write a cell, merged over rows and columns when asked."""
        self.cells[row, column] = (value, look)
        if down * across > 1:
            self.merges.append((row, column, row + down - 1, column + across - 1))


@dataclass(frozen=True)
class Row:
    """A row of the body: its labels by column of the stub with their looks, its paths, whether it has figures."""

    labels: tuple[tuple[int, str, str, int], ...]
    paths: tuple[tuple[str, ...], ...]
    figures: bool = True
    top: bool = True


def lay(form: Form) -> Laid:
    """Lay a form out from top to bottom."""
    laid, (row, left) = Laid(), form.corner
    heads, stub = _heads(form), (["序号"] if form.numbered else []) + _names(form)
    row = _title(form, laid, row, left, len(stub) + len(heads))
    row = _header(form, laid, row, left, stub, heads)
    body = _body(form)
    for number, one in enumerate(body):
        if form.continued and form.title and number == len(body) // 2 and one.top and number:
            laid.put(row, left, "续表")
            row = _header(form, laid, row + 1, left, stub, heads)
        _write(form, laid, row, left, one, heads, number)
        row += 1
    _notes(form, laid, row + form.gap, left)
    return laid


def _names(form: Form) -> list[str]:
    return ["市", "县（市、区）"] if form.sign.startswith("groups") else ["单位名称" if form.reporters else "地区"]


def _heads(form: Form) -> list[tuple[str, ...]]:
    names = list(KNOWN_HEADS)[: len(form.groups)] if form.reporters else list(form.groups)
    if form.unit == "heading":
        names = [f"{name}（人）" for name in names]
    heads: list[tuple[str, ...]] = [(name, *([sub] if sub else [])) for name in names for sub in form.subs or ("",)]
    return [(*head, "万人" if n % 2 else "人") for n, head in enumerate(heads)] if form.unit == "row" else heads


def _title(form: Form, laid: Laid, row: int, left: int, width: int) -> int:
    lines = ["各市试点情况统计表", "填报单位：浙江省总工会", "2018年9月"][: form.title]
    for line in lines:
        laid.put(row, left, line, across=width if form.merged and line == lines[0] else 1)
        row += 1
    if form.unit == "line":
        laid.put(row, left + width - 1, "单位：万元")
        row += 1
    return row + (form.gap if lines else 0)


def _header(form: Form, laid: Laid, row: int, left: int, stub: list[str], heads: list[tuple[str, ...]]) -> int:
    deep = len(heads[0])
    for n, name in enumerate(stub):
        laid.put(row, left + n, name, down=deep if form.merged else 1)
    for level in range(deep):
        start = left + len(stub)
        for _path, run in groupby(heads, key=lambda head: head[: level + 1]):
            own = list(run)
            laid.put(row + level, start, own[0][level], across=len(own) if form.merged else 1)
            start += len(own)
    return row + deep


def _body(form: Form) -> list[Row]:
    rows = [row for n, place in enumerate(form.places) for row in _family(form, n, place)]
    if form.reporters:
        rows = [Row(((0, name, "", 1),), ((name,),)) for name in KNOWN_PLACES]
    if form.total:
        total = Row(((0, form.total, "bold" if form.sign == "bold" else "", 1),), ((" ".join(form.total.split()),),))
        rows = [total, *rows] if form.total_first else [*rows, total]
    return rows


def _family(form: Form, number: int, place: str) -> list[Row]:
    children = PLACES[place][: form.children]
    if form.sign.startswith("groups"):
        tall = len(children) if form.sign == "groups merged" else 1
        return [Row((*([(0, place, "", tall)] if not n else []), (1, child, "", 1)), ((place,), (child,)), top=not n)
                for n, child in enumerate(children)]  # fmt: skip
    if form.sign == "none":
        return [Row(((0, place, "", 1),), ((place,),))]
    name = f"{'一二三四五'[number]}、{place}" if form.sign == "numbers" else place
    pad = {"blanks": "  ", "wide blanks": "　　", "no-break": "\u00a0\u00a0"}.get(form.sign, "")
    rows = [Row(((0, name, "bold" if form.sign == "bold" else "", 1),), ((name,),))]
    for n, child in enumerate(children):
        label = f"（{'一二三'[n]}）{child}" if form.sign == "numbers" else child
        look = "indent" if form.sign == "style" else ""
        rows.append(Row(((0, pad + label, look, 1),), ((name, label),), top=False))
    return rows


def _write(form: Form, laid: Laid, row: int, left: int, one: Row, heads: list[tuple[str, ...]], number: int) -> None:
    paths = one.paths
    sums = one.labels[0][1] == form.total
    if form.numbered and not sums:
        laid.put(row, left, number + 1)
        paths = ((str(number + 1),), *paths)
    left += form.numbered
    for column, text, look, tall in one.labels:
        laid.put(row, left + column, text, look, down=tall)
    first = left + len(_names(form))
    if form.hidden and number == 1:
        laid.hidden.add(row)
    for n, head in enumerate(heads):
        column, value = first + n, 1000.0 + 37 * row + 2600 * n
        if form.missing and (row + n) % (form.missing + 3) == 1 and n + 1 < len(heads) and number:
            laid.put(row, column, ("-", "—", "…", "/", "")[(row + n) % 5])
            continue
        laid.put(row, column, f"{value:,.0f}" if form.look == "text" else value, form.look)
        factor = {"万元": 10_000, "percent": 100}.get(form.look, 1)
        laid.said[a1(row, column)] = (value * factor, frozenset(paths), head)
        if form.reporters and not sums:
            id, times = KNOWN_HEADS[head[0]]
            laid.meant[a1(row, column)] = (value * times, KNOWN_PLACES[one.labels[0][1]], id)


def _notes(form: Form, laid: Laid, row: int, left: int) -> None:
    lines = (
        ["注：1.2018年数据为初步统计，共 3 家未报。"],
        ["　　2.金额按当年价格计算。"],
        ["填表人：张三", "", "联系电话：87654321"],
    )
    for n, line in enumerate(lines[: form.notes]):
        for place, text in enumerate(line):
            if text:
                laid.put(row + n, left + place, text)


def as_xlsx(laid: Laid, folder: Path) -> Path:
    """Write a form as a workbook and return its path."""
    with xlsxwriter.Workbook(folder / "form.xlsx") as book:
        formats = {"人": {"num_format": '#,##0"人"'}, "万元": {"num_format": '#,##0"万元"'}, "percent": {"num_format": "0%"},
                   "bold": {"bold": True}, "indent": {"indent": 1}}  # fmt: skip
        made, sheet = {name: book.add_format(look) for name, look in formats.items()}, book.add_worksheet("表")
        for top, left, bottom, right in laid.merges:
            sheet.merge_range(top, left, bottom, right, "")
        for (row, column), (value, look) in laid.cells.items():
            sheet.write(row, column, value, made.get(look))
        for row in laid.hidden:
            sheet.set_row(row, options={"hidden": True})
    return folder / "form.xlsx"


def _rows(laid: Laid) -> list[list[str]]:
    height, width = (max(spot[axis] for spot in laid.cells) + 1 for axis in (0, 1))
    texts = {
        spot: f"{value:.0f}" if isinstance(value, float) else str(value) for spot, (value, _look) in laid.cells.items()
    }
    return [[texts.get((row, column), "") for column in range(width)] for row in range(height)]


def as_csv(laid: Laid, folder: Path) -> Path:
    """Write a form as Chinese offices export it: GB18030."""
    with (folder / "form.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(_rows(laid))
    return folder / "form.csv"


def as_html(laid: Laid, folder: Path) -> Path:
    """Write a form as a page that is named a workbook."""
    reach = {(t, left): (b - t + 1, r - left + 1) for t, left, b, r in laid.merges}
    under = {(i, j) for t, left, b, r in laid.merges for i in range(t, b + 1) for j in range(left, r + 1)} - set(reach)
    lines = []
    for i, row in enumerate(_rows(laid)):
        cells = [(reach.get((i, j), (1, 1)), text) for j, text in enumerate(row) if (i, j) not in under]
        lines.append(
            "<tr>" + "".join(f'<td rowspan="{d}" colspan="{a}">{text}</td>' for (d, a), text in cells) + "</tr>"
        )
    (folder / "form.xls").write_text(f"<html><table>{''.join(lines)}</table></html>", encoding="utf-8")
    return folder / "form.xls"
