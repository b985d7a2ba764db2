"""A sentence made from the data: who said how much when, never more than that."""

from __future__ import annotations

from tidy import periods
from tidy.exhibits import reporter_label
from tidy.format import amount, bounds
from tidy.intervals import Interval
from tidy.language import _, current
from tidy.measures import points, spread
from ui import cached, reads
from ui.choice import Choice

# What a sentence says of a figure, and what its figure is chosen by.
SAID = (
    "observation_id", "reporter_id", "period", "measure", "scope", "value", "low", "high", "unit", "qualifier",
    "reporter_name", "reporter_name_en",
)  # fmt: skip


def sentence(choice: Choice, indicator_id: str) -> str:
    """Return one sentence about an indicator: its longest series first and last, else its spread."""
    figures = reads.of_indicators(choice, (indicator_id,))
    figures = figures.loc[(figures["measure"] != "target") & figures["value"].notna(), list(SAID)]
    if figures.empty:
        return _("所选范围内没有这个指标的数据。")
    name = cached.indicator_names(choice)[indicator_id]
    dated = points(figures[figures["scope"] == ""])
    same = dated[dated["measure"].isin(["stock", "flow"])]
    if len(same) and (counts := same.groupby("reporter_id")["period"].nunique()).max() > 1:
        own = same[same["reporter_id"] == counts.idxmax()]
        return _series(name, own)
    return _spread(name, figures)


def _series(name: str, own) -> str:  # type: ignore[no-untyped-def]
    first, last = next(own.itertuples()), next(own.iloc[[-1]].itertuples())
    return _("{who}{name}：{when}为 {value}，{later}为 {newer}。").format(
        who=reporter_label(last) + (" " if current() == "en" else ""),
        name=name,
        when=periods.label(first.period),
        value=amount(first.value, first.low, first.high, first.unit, first.qualifier),
        later=periods.label(last.period),
        newer=amount(last.value, last.low, last.high, last.unit, last.qualifier),
    )


def _spread(name: str, figures) -> str:  # type: ignore[no-untyped-def]
    one_unit = figures[figures["unit"] == figures["unit"].mode().iloc[0]]
    found = spread(one_unit)
    assert found is not None
    count = one_unit["reporter_id"].nunique()
    if count == 1:
        row = next(one_unit.iloc[[-1]].itertuples())
        said = amount(row.value, row.low, row.high, row.unit, row.qualifier)
        return _("{name}：只有{who}填报，为 {value}。").format(name=name, who=reporter_label(row), value=said)
    span = bounds(Interval(found.low, found.high), str(one_unit["unit"].iloc[0]))
    return _("{name}：{count} 家填报，所印的数在 {span} 之间。").format(name=name, count=count, span=span)
