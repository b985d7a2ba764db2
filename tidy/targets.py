"""Declared targets: what an office wants an indicator to reach, and where it is poor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

import pandas as pd

from tidy.intervals import Interval
from tidy.language import _
from tidy.measures import Light, light
from tidy.problems import Problem
from tidy.schema import CITIES


@dataclass(frozen=True, slots=True)
class Target:
    """Thresholds of one indicator: green from ``good``, red beyond ``poor``; ``good`` below ``poor`` when less is better.

    ``city`` narrows it to one prefecture city; ``basis`` names the paper that declares it.
    """

    indicator_id: str
    good: float
    poor: float
    basis: str
    city: str = ""

    def light(self, figure: Interval) -> Light:
        """Return the light of a figure, ``straddles`` where its bounds leave it open."""
        return light(figure, self.good, self.poor)


def for_city(targets: Iterable[Target], indicator_id: str, city: str) -> Target | None:
    """Return the target of an indicator that holds for a city: its own, else the general one."""
    found = {target.city: target for target in targets if target.indicator_id == indicator_id}
    return found.get(city) or found.get("")


def to_rows(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """Return targets as rows that JSON can hold."""
    return [asdict(target) for target in targets]


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[Target]:
    """Return what :func:`to_rows` wrote."""
    return [Target(**row) for row in rows]


def check_rows(rows: Sequence[Mapping[str, Any]], indicators: pd.DataFrame) -> list[Problem]:
    """Return what is wrong with rows that somebody typed, one problem a row, named by its number."""
    said: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, start=1):
        wrong = _fault(row, indicators)
        key = (str(row.get("indicator_id")), str(row.get("city") or ""))
        if not wrong and key in seen:
            wrong = _("与第 {number} 行是同一指标、同一城市").format(number=seen[key])
        seen.setdefault(key, number)
        if wrong:
            place = _("第 {n} 行").format(n=number)
            said.append(Problem("target", wrong, _("改正后再保存"), file=_("目标"), cell=place))
    return said


def _fault(row: Mapping[str, Any], indicators: pd.DataFrame) -> str:
    known = indicators[indicators["indicator_id"] == row.get("indicator_id")]
    if known.empty:
        return _("没有选指标")
    for name in ("good", "poor"):
        if not isinstance(row.get(name), int | float) or not isfinite(float(row[name])):
            return _("达标线、警戒线都要填数")
    if known["unit"].iloc[0] == "%" and not (0 <= row["good"] <= 100 and 0 <= row["poor"] <= 100):
        return _("比率的目标应在 0 到 100 之间")
    if not str(row.get("basis") or "").strip():
        return _("没有写依据（哪份文件定的）")
    return "" if str(row.get("city") or "") in ("", *CITIES) else _("没有这个设区市")
