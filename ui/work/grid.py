"""Editing in a grid: the cells of a sheet (paste from Excel works), or the figures one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tidy.language import _
from tidy.schema import MEASURES
from ui import cached
from ui.who import Person
from ui.work import adapter, drafts, problems, rows, unsaved, words
from ui.work.drafts import Work

MOST_ROWS = 1_000
TALLEST = 520


def show_sheet(id: str, person: Person) -> None:
    """Show a sheet's cells for editing; saving puts them into the reading and checks everything again."""
    work = drafts.open_work(id)
    sheets = sheets_of(work)
    name = st.selectbox(_("工作表"), list(sheets), key=f"grid_sheet_{id}")
    if name is None:
        st.info(_("这个文件没有可以编辑的单元格。"))
        return
    shown = sheets[name].iloc[:MOST_ROWS]
    st.caption(_("可从 Excel、WPS 复制整块粘贴；保存后整张表重新检查。原文件不变，改动记在草稿里。"))
    place = f"grid_{id}_{work.draft.sha256[:12]}_{name}"
    changed = unsaved.editor(place, work.draft.version, shown, height=_height(shown), alt=name)
    cells = _changed_cells(name, shown, changed)
    if len(sheets[name]) > MOST_ROWS:
        st.caption(_("只显示前 {n} 行；更多请在表格软件里改好后重新上传。").format(n=MOST_ROWS))
    label = _("保存 {n} 个改动的单元格").format(n=len(cells))
    if st.button(label, type="primary", key="grid_save", disabled=not cells, icon=":material/save:"):
        kept = work.said("decisions").get(adapter.CELLS, {})
        drafts.decide(id, person.name, {adapter.CELLS: {**kept, **cells}})
        unsaved.forget(place)
        st.rerun(scope="app")


def _height(shown: pd.DataFrame) -> int:
    """As high as the rows are, within the screen: empty lines under the last one look like data."""
    return min(TALLEST, 38 + 35 * max(1, len(shown)))


def sheets_of(work: Work) -> dict[str, pd.DataFrame]:
    """Return the sheets of a draft's workbook as texts, with the corrections of its state."""
    cells = work.said("decisions").get(adapter.CELLS, {})
    content = cached.store().draft_content
    found: dict[str, pd.DataFrame] = cached.derived(
        ("sheets", work.draft.sha256, repr(sorted(cells.items()))),
        lambda: adapter.sheets(content(work.draft.id), work.draft.file_name, cells),
    )
    return found


def _changed_cells(sheet: str, before: pd.DataFrame, after: pd.DataFrame) -> dict[str, str]:
    """Return Sheet!A1 → text for every cell that differs."""
    old, new = before.fillna(""), after.fillna("").astype("str")
    found = {}
    for column in before.columns:
        differs = old[column].to_numpy() != new[column].to_numpy()
        for at in differs.nonzero()[0]:
            found[f"{sheet}!{column}{before.index[at]}"] = str(new[column].iloc[at]).strip()
    return found


def show_figures(id: str, person: Person) -> None:
    """Show the figures row by row; who, what, when and how much can be corrected."""
    work = drafts.open_work(id)
    table = work.table[work.table["state"].ne("not_figure")]
    only = st.toggle(_("只看不完整的"), key=f"figures_only_{id}")
    if only:
        table = table[~rows.complete(table)]
    if table.empty:
        st.info(_("没有要补全的数。") if only else _("这个文件里没有数。"))
        return
    _edited(work, _for_people(table).iloc[:MOST_ROWS], f"figures_{id}_{only}", person)


def _edited(work: Work, table: pd.DataFrame, key: str, person: Person) -> None:
    """The editor; each change is saved and everything checked again at once.

    What is on show stays the same while only this person edits, so that the place in the grid is kept.
    """
    shown = st.session_state.get(f"_{key}")
    if not shown or shown["version"] != work.draft.version:
        turn = shown["turn"] + 1 if shown else 0
        shown = st.session_state[f"_{key}"] = {
            "version": work.draft.version,
            "table": table,
            "saved": table,
            "turn": turn,
        }
    changed = st.data_editor(
        shown["table"], hide_index=True, key=f"{key}_{shown['turn']}", column_config=_columns(),
        disabled=[_("位置"), _("上下文")], height=_height(table), alt=_("逐数编辑"), placeholder="",
    )  # fmt: skip
    st.caption(_("改一处就保存一处，并重新检查。"))
    if edits := _edits(shown["saved"], changed):
        with st.spinner(_("正在保存并检查…")):
            saved = drafts.edit(work.draft.id, person.name, {str(row): _in_ids(one) for row, one in edits.items()})
        shown |= {"version": saved.draft.version, "saved": changed}
        st.rerun(scope="app")


def _for_people(table: pd.DataFrame) -> pd.DataFrame:
    path = (table["rows"] + " ⟂ " + table["columns"]).str.strip(" ⟂")
    return pd.DataFrame({
        _("位置"): table["row"], _("单位名称"): _labels("reporter", table["reporter_id"]),
        _("指标"): _labels("indicator", table["indicator_id"]), _("时期"): table["period"],
        _("性质"): table["measure"], _("原文"): table["as_printed"].where(table["as_printed"].ne(""), table["text"]),
        _("计量单位"): table["unit"], _("口径"): table["scope"], _("备注"): table["note"],
        _("上下文"): path.where(path.ne(""), table["reporter_name"] + " " + table["indicator_name"]),
    })  # fmt: skip


def _labels(kind: str, ids: pd.Series) -> pd.Series:
    names = {id: name for name, id in problems.names_of(kind).items()}
    return ids.map(names).fillna("")


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        _("单位名称"): config.SelectboxColumn(options=sorted(problems.names_of("reporter")), width="medium"),
        _("指标"): config.SelectboxColumn(options=sorted(problems.names_of("indicator")), width="medium"),
        _("性质"): config.SelectboxColumn(options=list(MEASURES), format_func=words.measure, width="small"),
        _("时期"): config.TextColumn(
            help=_("写成 2017、2018-H1、2018-09、2018-08-31、2013/2018 或 ../2018-10"), width="small"
        ),
        _("原文"): config.TextColumn(help=_("按原文写，如“49万余”“95%以上”；数值和上下界由它得出"), width="small"),
    }


def _edits(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, dict[str, Any]]:
    columns = {_("单位名称"): "reporter_id", _("指标"): "indicator_id", _("时期"): "period", _("性质"): "measure",
               _("原文"): "as_printed", _("计量单位"): "unit", _("口径"): "scope", _("备注"): "note"}  # fmt: skip
    found: dict[str, dict[str, Any]] = {}
    for shown, name in columns.items():
        old, new = before[shown].fillna("").astype("str"), after[shown].fillna("").astype("str")
        for at in (old.to_numpy() != new.to_numpy()).nonzero()[0]:
            found.setdefault(str(before[_("位置")].iloc[at]), {})[name] = new.iloc[at]
    return found


def _in_ids(change: dict[str, Any]) -> dict[str, Any]:
    named = {"reporter_id": "reporter", "indicator_id": "indicator"}
    return {
        key: problems.names_of(named[key]).get(value, "") if key in named else value for key, value in change.items()
    }
