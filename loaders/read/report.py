"""Figures of a narrative report as rows of the tidy table, once they are accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from loaders.figures.command import as_refusal, as_row
from loaders.figures.find import find
from loaders.figures.model import Figure
from loaders.loaded import Loaded
from loaders.read.observations import COLUMNS, TYPES, source, source_id
from loaders.report_text.model import ReportText
from loaders.report_text.open import language_remark, open_report
from tidy.language import _
from tidy.problems import Problem
from tidy.schema import Reference

SURE = 0.5  # below this a figure waits for a person


def load_report(path: Path, name: str, reference: Reference) -> Loaded:
    """Read a report; figures with a known indicator and reporter become rows, the others problems at their place.

    ``cells`` holds every numeral, the refused ones with their reason. Raises ``Refused`` for a file that
    cannot be opened.
    """
    report, content = open_report(path), path.read_bytes()
    found = [as_row(one, name) if isinstance(one, Figure) else as_refusal(one, name) for one in find(report.text, 0)]
    cells = pd.DataFrame(found)
    figures = [row for row in found if "indicator_id" in row]
    known = {column: set(table[column]) for column, table in
             (("indicator_id", reference.indicators), ("reporter_id", reference.reporters))}  # fmt: skip
    clear: list[dict[str, Any]] = []
    open_: list[dict[str, Any]] = []
    for row in figures:
        sure = row["confidence"] >= SURE and all(row[column] in ids for column, ids in known.items())
        (clear if sure else open_).append(row)
    id = source_id(content)
    about = source(id, name, content, "report", dt.date.today().isoformat())
    problems = [_open(row, name, report) for row in open_]
    remark = language_remark(report, name)
    if remark:
        problems.insert(0, remark)
    elif not figures:
        problems = [Problem("no_figures", _("没有找到任何数据"), _("请确认文件是中文报告，而不是图片扫描件"), name)]
    return Loaded(name, "report", accepted(clear, id), problems, cells, cells, about)


def _open(row: Mapping[str, Any], name: str, report: ReportText) -> Problem:
    lacking = [
        word for column, word in (("indicator_id", _("指标")), ("reporter_id", _("填报单位"))) if not row[column]
    ]
    message = _("“{text}”的{what}未能确定，未读入").format(text=row["as_printed"], what="、".join(lacking) or _("含义"))
    return Problem(
        "figure_open",
        message,
        _("在审阅页面选定后读入（{place}）").format(place=report.place(row["start"])),
        name,
        cell=f"{row['start']}-{row['end']}",
        text=str(row["as_printed"]),
        severity="warning",
    )


def accepted(rows: Iterable[Mapping[str, Any]], source: str) -> pd.DataFrame:
    """Return accepted figures (dictionaries as ``loaders figures`` prints them) as observations.

    Each must have its ``indicator_id`` and ``reporter_id``; the locator is the character span.
    """
    made = []
    for row in rows:
        span = f"{row['start']}-{row['end']}"
        made.append({
            **{name: row[name] for name in ("reporter_id", "indicator_id", "period", "measure", "value", "low", "high",
                                            "unit", "qualifier", "as_printed")},
            "observation_id": f"{source}:{span}:{row['indicator_id']}", "source_id": source, "locator": span,
            "period_type": TYPES.get(row["measure"], "unstated") if row["period"] else "unstated",
            "note": row.get("note", ""), "scope": row.get("scope", ""), "same_as": "",
        })  # fmt: skip
    table = pd.DataFrame(made, columns=list(COLUMNS))
    table[["value", "low", "high"]] = table[["value", "low", "high"]].astype("float64")
    return table
