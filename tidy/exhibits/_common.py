"""What every builder needs: one indicator's figures, their words, and the rows of marks.

``figures`` is a table of observations joined with their reporter's ``reporter_name``,
``reporter_name_en``, ``kind``, ``pilot_type``, ``pilot_level``, ``city``, ``county``,
``area_code`` and ``parent_id`` (what ``Store.observations`` returns).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import pandas as pd

from tidy.exhibit import FigureMeta
from tidy.language import _, current, pick
from tidy.measures import Reported, latest
from tidy.measures.series import by_text, chosen, tuples
from tidy.schema import CITIES
from tidy.suppression import MARK, suppressed
from tidy.values import dimension

NO_LIMIT = float("nan")
# Short English names of what has no English in the reference tables.
TYPE_NAMES = {
    "特色小镇": "Characteristic towns",
    "楼宇商圈": "Buildings and business districts",
    "园区": "Industrial parks",
    "其他": "Other",
    "非试点": "Not a pilot",
}
_ENGLISH_CITIES = "Hangzhou Ningbo Wenzhou Jiaxing Huzhou Shaoxing Jinhua Quzhou Zhoushan Taizhou Lishui"
CITY_NAMES = dict(zip(CITIES, _ENGLISH_CITIES.split(), strict=True))


def city_name(city: str) -> str:
    """Return a prefecture city's name in the reader's language."""
    return pick(city, CITY_NAMES.get(city, ""))


def type_name(pilot_type: str) -> str:
    """Return a pilot type's name in the reader's language."""
    return pick(pilot_type, TYPE_NAMES.get(pilot_type, ""))


def row_of(indicators: pd.DataFrame, indicator_id: str) -> Any:
    """Return the indicator's row; raise ``KeyError`` when it is unknown."""
    known = indicators["indicator_id"].tolist()
    if indicator_id not in known:
        raise KeyError(indicator_id)
    return row_at(indicators, known.index(indicator_id))


def row_at(rows: pd.DataFrame, place: int) -> Any:
    """Return one row with its columns as attributes; ``itertuples`` of one row takes five times as long."""
    return SimpleNamespace(**{str(name): column.iat[place] for name, column in rows.items()})


def indicator_name(indicator: Any) -> str:
    """Return an indicator row's name in the reader's language."""
    return pick(indicator.name, indicator.name_en)


def results(
    figures: pd.DataFrame, indicator_id: str, measure: str | None = None, *, scoped: bool = False
) -> pd.DataFrame:
    """Return the indicator's figures without targets, of one measure if asked.

    Scoped parts (其中, 规上企业) would be counted twice in a sum and are left out unless
    ``scoped`` asks for them, as a spread of rates does.
    """
    said = figures["measure"]
    wanted = (figures["indicator_id"] == indicator_id) & (said != "target" if measure is None else said == measure)
    return chosen(figures, wanted if scoped else wanted & (figures["scope"] == ""))


def statements(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop repetitions of a statement already there, so that nothing is counted twice."""
    if "same_as" not in rows or not (rows["same_as"] != "").any():
        return rows
    return rows[~((rows["same_as"] != "") & rows["same_as"].isin(rows["observation_id"]))]


def usual(figures: pd.DataFrame, indicator: Any) -> pd.DataFrame:
    """Return each reporter's latest results of the indicator's usual measure, one a reporter.

    Where a reporter states several figures of one latest period, the first printed stands
    here; the others stay visible on its profile and as contradictions.
    """
    rows = results(figures, indicator.indicator_id, scoped=not indicator.additive)
    if len(rows) == 1:
        return one_dimension(rows, indicator.unit)
    same = rows["measure"] == indicator.measure
    newest = one_dimension(latest(statements(chosen(rows, same) if same.any() else rows)), indicator.unit)
    once = len(set(newest["reporter_id"].tolist())) == len(newest)
    return newest if once else newest[~newest.duplicated(["reporter_id", "scope"])]


def one_dimension(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Keep the rows that measure what ``unit`` measures; without any, those of the commonest unit.

    Counters (家, 个, 场 …) of one indicator count the same thing and are all kept, in ``unit``.
    """
    if rows.empty:
        return rows
    units = Counter(rows["unit"].tolist())
    kinds: Counter[str] = Counter()
    for said, count in units.items():
        kinds[dimension(said)] += count
    wanted = dimension(unit) if dimension(unit) in kinds else min(kinds, key=lambda kind: (-kinds[kind], kind))
    rows = rows if len(kinds) == 1 else rows[by_text(rows["unit"], dimension) == wanted]
    counted = wanted == "count" and dimension(unit) == "count"
    return rows.assign(unit=unit) if counted and set(units) != {unit} else rows


def reporter_label(row: Any) -> str:
    """Return a reporter's name in the reader's language, with the scope of a scoped figure."""
    return _scoped(pick(row.reporter_name, row.reporter_name_en), getattr(row, "scope", ""))


def _scoped(name: str, scope: str) -> str:
    return f"{name}（{scope}）" if scope else name


def labels(rows: pd.DataFrame, of: str = "reporter") -> list[str]:
    """Return :func:`reporter_label` of each row, or the same ``of`` its indicator."""
    names = rows[f"{of}_name"].tolist()
    if current() != "zh":
        names = [pick(*both) for both in zip(names, rows[f"{of}_name_en"].tolist(), strict=True)]
    return [_scoped(*own) for own in zip(names, rows["scope"].tolist(), strict=True)] if "scope" in rows else names


def marked(rows: pd.DataFrame, labels: list[str], **more: Iterable[Any]) -> pd.DataFrame:
    """Return a table with one mark a row, in their order: ``labels``, and whatever columns it needs ``more``."""
    own = {name: rows[name].tolist() for name in ("value", "low", "high", "qualifier", "unit")}
    return pd.DataFrame({"label": labels, **own, "observation_ids": rows["observation_id"].tolist(), **more})


def mark(label: str, row: Any, **more: Any) -> dict[str, Any]:
    """Return one mark of one observation."""
    return {
        "label": label,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "qualifier": row.qualifier,
        "unit": row.unit,
        "observation_ids": row.observation_id,
        **more,
    }


def count_mark(label: str, series: str, size: float, ids: str) -> dict[str, Any]:
    """Return a heatmap's mark of how many there are, NaN for none reported."""
    return {
        "label": label, "series": series, "value": float(size), "low": float(size), "high": float(size),
        "qualifier": "exact", "unit": "", "observation_ids": ids,
    }  # fmt: skip


def expected_pilots(reporters: pd.DataFrame) -> int:
    """Return how many pilots should report."""
    return int((reporters["kind"] == "pilot").sum())


MARKS = ("label", "value", "low", "high", "qualifier", "unit", "observation_ids")


def table(marks: Iterable[dict[str, Any]], *columns: str) -> pd.DataFrame:
    """Return marks as a table that has its columns even when empty."""
    rows = list(marks)
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=[*MARKS, *columns])


def meta(indicator: Any, subject: str, rows: pd.DataFrame, expected: int | None = None, note: str = "") -> FigureMeta:
    """Return the words of a figure about one indicator; ``expected`` is the number of pilots that should report."""
    kinds = list(dict(tuples(rows, "reporter_id", "kind")).values()) if len(rows) else []
    count = len(kinds) if expected is None else kinds.count("pilot")
    notes = [note, _undated(rows), _hidden(rows)]
    return FigureMeta(
        title=_("{indicator}：{subject}").format(indicator=indicator_name(indicator), subject=subject),
        subtitle=span_of(rows),
        unit=indicator.unit,
        note=joined(notes),
        reported=Reported(count, expected),
    )


def span_of(rows: pd.DataFrame) -> str:
    """Return the years that the figures cover: 2014—2018年."""
    told = rows["year"].unique() if "year" in rows else []
    years = sorted(int(year) for year in set(told) if not pd.isna(year))
    if not years:
        return _("时期未注明") if len(rows) else ""
    return (
        _("{year}年").format(year=years[0])
        if years[0] == years[-1]
        else _("{first}—{last}年").format(first=years[0], last=years[-1])
    )


def _undated(rows: pd.DataFrame) -> str:
    count = rows["period"].tolist().count("") if len(rows) else 0
    return _("{count} 个数原文未注明时期").format(count=count) if count else ""


def _hidden(rows: pd.DataFrame) -> str:
    count = int(suppressed(rows).sum()) if len(rows) else 0
    return _("{mark}：{count} 个数涉及的人少，不显示").format(mark=MARK, count=count) if count else ""


def joined(sentences: Sequence[str]) -> str:
    """Join notes as sentences of the reader's language."""
    said = [sentence for sentence in sentences if sentence]
    return ("; " if current() == "en" else "；").join(said)
