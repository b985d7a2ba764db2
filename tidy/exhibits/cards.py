"""Headline cards: one number with its bound, its time, of how many reporters, and its change."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tidy import periods
from tidy.exhibits._common import results, row_at, row_of, statements
from tidy.format import amount, bounds, plain
from tidy.language import _, pick
from tidy.measures import Change, change, points
from tidy.measures.series import chosen


@dataclass(frozen=True, slots=True)
class Card:
    """A headline: what it is, the number as words, when, the change, a spark line, its figures."""

    label: str
    text: str
    when: str
    change: str
    trend: tuple[float, ...]
    observation_ids: tuple[str, ...]
    reported: str = ""
    help: str = ""


def card(figures: pd.DataFrame, indicator_id: str, reporter_id: str, indicators: pd.DataFrame) -> Card | None:
    """Return the headline of one reporter's indicator, ``None`` when it has not reported."""
    indicator = row_of(indicators, indicator_id)
    rows = statements(results(figures, indicator_id))
    own = rows[rows["reporter_id"] == reporter_id]
    if own.empty:
        return None
    dated = points(own)
    last = row_at(dated if len(dated) else own, -1)
    same = chosen(dated, dated["measure"] == last.measure)
    before = [place for place, period in enumerate(same["period"]) if period != last.period]
    who = pick(str(last.reporter_name), str(last.reporter_name_en))
    return Card(
        label=f"{who} · {pick(str(indicator.name), str(indicator.name_en))}",
        text=amount(last.value, last.low, last.high, last.unit, last.qualifier),
        when=periods.label(last.period),
        change=change_text(change(row_at(same, before[-1]), last)) if before else "",
        trend=tuple(same["value"].dropna()) if same["value"].count() > 1 else (),
        observation_ids=tuple(same["observation_id"]) if len(same) else (last.observation_id,),
    )


def change_text(found: Change | None) -> str:
    """Return a change for a reader: 同比 ≥ +4.3%, with a range where the bounds leave one."""
    if found is None:
        return ""
    basis = {"year_on_year": _("同比"), "period_on_period": _("环比"), "since": _("较上次")}[found.basis]
    span = found.percent or found.difference
    unit = "%" if found.percent else _("个百分点") if found.in_points else ""
    low, high = round(span.low, 1), round(span.high, 1)
    if low == high:
        return f"{basis} {'+' if low > 0 else ''}{plain(low)}{unit}"
    rounded = type(span)(low, high)
    return f"{basis} {bounds(rounded)}{unit}"
