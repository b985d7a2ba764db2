"""The words of figures: amounts, headings, captions, hover texts; in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from tidy.exhibit import FigureMeta
from tidy.format import amount
from tidy.language import _

REQUIRED = ("label", "value", "low", "high", "qualifier", "observation_ids")


Record = dict[Any, Any]  # a row of a figure's table; its value and bounds are floats, NaN where there is none


def prepared(table: pd.DataFrame, *more: str, unit: str) -> list[Record]:
    """Return the rows of ``table``, each with its ``text`` (the amount), ``ids`` and ``hover``.

    Raises ``ValueError`` that names the columns of the contract that are missing.
    """
    missing = [name for name in (*REQUIRED, *more) if name not in table]
    if missing:
        raise ValueError(_("图表所需的列不存在：{names}").format(names=", ".join(missing)))
    names = table.columns.tolist()
    columns = [table[name].to_numpy(dtype=object).tolist() for name in names]
    rows = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
    for row in rows:
        row |= {name: _number(row[name]) for name in ("value", "low", "high")}
        row["text"], row["ids"] = amount_of(row, unit), joined(row["observation_ids"])
        row["hover"] = hover(row)
    return rows


def known(rows: Iterable[Record]) -> list[Record]:
    """Return the rows that hold a figure."""
    return [row for row in rows if not math.isnan(row["value"])]


def grouped(rows: Iterable[Record], by: str) -> dict[str, list[Record]]:
    """Return the rows of each value of ``by``, in the order in which these first appear."""
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(str(row[by]), []).append(row)
    return found


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def amount_of(row: Record, unit: str) -> str:
    """Return a row's figure as readers write it: ≥ 49万人; 未填报 where there is none."""
    value = float(row["value"])
    qualifier = str(row["qualifier"]) or "exact"
    return amount(value, row["low"], row["high"], unit, qualifier)


def joined(ids: Any) -> str:
    """Return observation ids as one text with ``|`` between; a list, a text or nothing is taken."""
    if isinstance(ids, str):
        return ids
    if ids is None or (isinstance(ids, float) and math.isnan(ids)):
        return ""
    return "|".join(str(one) for one in ids)


def hover(row: Record) -> str:
    """Return what a mark says under the pointer: label, period and series where given, amount."""
    parts = [str(row["label"])]
    parts += [str(row[name]) for name in ("series", "period") if row.get(name)]
    return f"<b>{' · '.join(dict.fromkeys(parts))}</b><br>{row['text']}"


def below(meta: FigureMeta, unit: str) -> list[str]:
    """Return the lines under the title: the subtitle; unit and how many have reported."""
    facts = [_("单位：{unit}").format(unit=unit)] if unit else []
    if meta.reported is not None and meta.reported.expected is not None:
        facts.append(_("已填报 {count}/{expected}").format(count=meta.reported.count, expected=meta.reported.expected))
    return [line for line in (meta.subtitle, " · ".join(facts)) if line]


def caption(meta: FigureMeta) -> list[str]:
    """Return the lines at the foot: note and source."""
    lines = [_("注：{note}").format(note=meta.note)] if meta.note else []
    return lines + ([_("来源：{source}").format(source=meta.source)] if meta.source else [])
