"""The words of figures: amounts, headings, captions, hover texts; in the reader's language."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tidy.exhibit import FigureMeta
from tidy.format import amount
from tidy.language import _

REQUIRED = ("label", "value", "low", "high", "qualifier", "observation_ids")


def prepared(table: pd.DataFrame, *more: str, unit: str) -> pd.DataFrame:
    """Return a copy of ``table`` with ``text`` (the amount), ``ids`` and ``hover`` for each row.

    Raises ``ValueError`` that names the columns of the contract that are missing.
    """
    missing = [name for name in (*REQUIRED, *more) if name not in table]
    if missing:
        raise ValueError(_("图表所需的列不存在：{names}").format(names=", ".join(missing)))
    rows = table.reset_index(drop=True).copy()
    for name in ("value", "low", "high"):
        rows[name] = pd.to_numeric(rows[name], errors="coerce").astype(float)
    rows["text"] = [amount_of(row, unit) for row in rows.to_dict("records")]
    rows["ids"] = [joined(ids) for ids in rows["observation_ids"]]
    rows["hover"] = [hover(row) for row in rows.to_dict("records")]
    return rows


def amount_of(row: dict[Any, Any], unit: str) -> str:
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


def hover(row: dict[Any, Any]) -> str:
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
