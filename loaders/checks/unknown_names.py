"""Headings that name no known indicator or reporter: reported with suggestions, never guessed."""

from __future__ import annotations

from itertools import islice

from loaders.checks._at import MOST, among, at, at_label, rows
from loaders.read.workbook import Reading, Stranger
from tidy.language import _
from tidy.problems import Problem

MOST_SILENT = 20
SUGGESTIONS = 60  # suggestions cost time; a sheet of thousands of strangers has another trouble


def check(reading: Reading) -> list[Problem]:
    """Return a problem at each unknown heading, and at each figure that two headings claim."""
    found = [_stranger(reading, one, number < SUGGESTIONS) for number, one in enumerate(reading.strangers)]
    return found + _ambiguous(reading) + _nobody(reading)


def _stranger(reading: Reading, one: Stranger, suggest: bool) -> Problem:
    message, code = _said(one)
    names = reading.vocabulary.reporters if one.kind == "reporter" else reading.vocabulary.indicators
    nearest = names.suggest(one.label.text) if suggest and one.kind != "scope" else []
    if one.kind == "scope":
        advice = _("已按“口径”保留；如只是分组标题，请在对照表中登记")
        return at_label(reading, one.sheet, one.label, code, message, advice, "warning")
    advice = (
        _("是否指：{names}？请改正，或在别名表中登记").format(names="、".join(nearest))
        if nearest
        else _("请按指标口径和填报单位名册改正名称，或在别名表中登记")
    )
    return at_label(reading, one.sheet, one.label, code, message, advice)


def _said(one: Stranger) -> tuple[str, str]:
    text = one.label.text
    if one.kind == "reporter":
        return _("填报单位“{text}”不在名册中").format(text=text), "unknown_reporter"
    if one.kind == "indicator":
        return _("指标“{text}”不在指标表中").format(text=text), "unknown_indicator"
    if one.kind == "scope":
        return _("标题“{text}”既不是指标也不是填报单位").format(text=text), "unknown_scope"
    return _("标题“{text}”既不是已知指标，也不是已知填报单位").format(text=text), "unknown_heading"


def _ambiguous(reading: Reading) -> list[Problem]:
    """Figures that several indicators, or several reporters that do not contain each other, may claim."""
    cells = among(reading.cells, reading.cells["state"].eq("ambiguous"))
    what = cells[cells["indicator_id"].eq("")].drop_duplicates(["table", "column_path"]).head(MOST)
    who = cells[cells["indicator_id"].ne("")].drop_duplicates(["table", "row_path"]).head(MOST)
    return [
        at(reading, row, "ambiguous_heading", _("表头“{path}”可以指几个指标").format(path=row.column_path), _("请写全指标名称"))
        for row in rows(what)
    ] + [
        at(reading, row, "ambiguous_reporter", _("“{path}”指向几个互不隶属的填报单位").format(path=row.row_path),
           _("核对所属市和单位名称"))
        for row in rows(who)
    ]  # fmt: skip


def _nobody(reading: Reading) -> list[Problem]:
    """Figures of a known indicator for which no reporter is named anywhere."""
    cells = reading.cells
    lost = among(cells, cells["state"].eq("unknown") & cells["indicator_id"].ne("") & cells["reporter_id"].eq(""))
    told = {(one.sheet, one.label.row) for one in reading.strangers if one.kind == "reporter"}
    told_columns = {(one.sheet, one.label.column) for one in reading.strangers if one.kind == "reporter"}
    titled = {one.sheet for one in reading.strangers if one.kind == "reporter"}
    once = lost[~lost["sheet"].isin(titled)].drop_duplicates(["table", "row_path"])
    places = zip(once["sheet"], once["row"], once["column"], strict=True)
    silent = (n for n, (s, r, c) in enumerate(places) if (s, r) not in told and (s, c) not in told_columns)
    return [
        at(reading, row, "no_reporter", _("没有写明填报单位"), _("在表头上方加一行，如“填报单位：杭州市总工会”"))
        for row in rows(once.iloc[list(islice(silent, MOST_SILENT))])
    ]
