"""The headline cards of the overview: which numbers an official asks for first."""

from __future__ import annotations

import pandas as pd

from tidy.exhibits import Card, card
from tidy.format import bounds, plain
from tidy.intervals import Interval
from tidy.language import _
from tidy.measures import spread
from tidy.targets import Target
from ui import build, cached, reads, targets
from ui.choice import Choice

# (indicator, reporter): the province-wide and city-wide figures that lead.
LEADING = (
    ("insurance_enrolment", "jiaxing-federation"),
    ("union_members", "haining-federation"),
    ("insurance_benefit", "haining-federation"),
)
RATES = ("organising_rate", "membership_rate")


def cards(choice: Choice, declared: tuple[Target, ...]) -> list[Card]:
    """Return the cards under the declared targets: pilots, their share, rates' spread, leading figures."""
    share: Card | None = cached.made(_share, Choice())
    made = [_pilots(choice), share, *(_rate(choice, rate, declared) for rate in RATES)]
    made += [_leading(choice, *pair) for pair in LEADING] + [_reporting(choice)]
    return [one for one in made if one]


def _pilots(choice: Choice) -> Card:
    pilots = build.pilots(choice)
    ids = tuple(source for _number, source in build.printed_types().values())
    text = _("{count} 个").format(count=len(pilots))
    parts = " + ".join(str((pilots["pilot_type"] == kind).sum()) for kind in ("特色小镇", "楼宇商圈", "园区", "其他"))
    note = _("按判断归类 {parts}").format(parts=parts)
    return Card(_("新业态试点"), text, note, "", (), ids)


def _share(choice: Choice) -> Card | None:
    """83 of 291, recomputed from the two printed numbers."""
    figures = reads.figures(choice, indicators=("pilots",), reporters=(build.PROVINCE,))
    whole = figures[(figures["value"] == figures["value"].max()) & (figures["scope"] == "")]
    part = figures[(figures["scope"] == "新业态") & figures["value"].notna()]
    if whole.empty or part.empty:
        return None
    share = 100 * part["value"].iloc[0] / whole["value"].iloc[0]
    ids = (str(part["observation_id"].iloc[0]), str(whole["observation_id"].iloc[0]))
    note = f"{plain(part['value'].iloc[0])} ÷ {plain(whole['value'].iloc[0])}"
    return Card(_("占全省群团改革试点"), f"{share:.1f}%", note, "", (), ids)


def _rate(choice: Choice, indicator_id: str, declared: tuple[Target, ...]) -> Card | None:
    """A rate over many reporters is a spread, never a mean."""
    shown = cached.exhibit(build.every_dot_by_city, choice, indicator_id)
    if shown.empty:
        return None
    rows = shown.table.rename(columns={"observation_ids": "observation_id"})
    if (found := spread(rows)) is None:
        return None
    label = _("{name}（各试点所印）").format(name=shown.meta.title.split("：")[0].split(":")[0])
    text = bounds(Interval(found.low, found.high), "%")
    note = _("中间值 {middle}%").format(middle=plain(found.middle))
    lights = targets.verdicts(choice, indicator_id, declared)
    return Card(label, text, note, lights, (), found.observation_ids, str(shown.meta.reported))


def _leading(choice: Choice, indicator_id: str, reporter_id: str) -> Card | None:
    known = cached.reference(choice)
    everything: pd.DataFrame = cached.made(reads.of_reporters, Choice(as_of=choice.as_of), indicator_id, (reporter_id,))
    return card(choice.narrowed(everything, dated=True), indicator_id, reporter_id, known.indicators)


def _reporting(choice: Choice) -> Card:
    have, expected = build.reporting(choice)
    note = _("未有数字的：{missing} 家").format(missing=expected - have)
    return Card(_("有数字的试点"), f"{have} / {expected}", note, "", (), ())
