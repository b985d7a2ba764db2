"""What a form asks: which indicators of which reporters for which period, and the id that says so."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

import pandas as pd

from loaders.refusal import Refused
from loaders.vocabulary.periods import previous
from tidy import periods
from tidy.language import _
from tidy.schema import CITIES, DATA, GROUPS, Reference

LAYOUT = 1  # grows when the way a form is laid out changes
KEY = ["reporter_id", "indicator_id", "period"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: ``before`` are last period's values shown beside the input cells, as (reporter, indicator, value)."""

    groups: tuple[str, ...]
    period: str
    city: str
    reporter: str
    reporters: tuple[str, ...]
    indicators: tuple[str, ...]
    before: tuple[tuple[str, str, float], ...] = ()
    layout: int = LAYOUT

    @property
    def id(self) -> str:
        """The version id: the period and a digest of everything the form asks."""
        asked = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return f"ZJGH-{self.period.replace('/', '_')}-{hashlib.sha256(asked.encode()).hexdigest()[:10]}"

    def as_json(self) -> str:
        """Return the form as text for its hidden sheet."""
        return json.dumps(asdict(self), ensure_ascii=False)


def from_json(text: str) -> Form:
    """Return the form that :meth:`Form.as_json` wrote; raise ``ValueError`` for anything else."""
    try:
        found = json.loads(text)
        lists = {name: tuple(found[name]) for name in ("groups", "reporters", "indicators")}
        before = tuple((str(r), str(i), float(v)) for r, i, v in found["before"])
        return replace(Form(**(found | lists)), before=before)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(text) from error


def design(
    groups: Sequence[str], period: str, reference: Reference, *, city: str = "", published: pd.DataFrame | None = None
) -> Form:
    """Return the form for indicator ``groups`` and the pilots of ``city`` (empty: all) in ``period``.

    ``published`` observations give last period's values. Raises ``Refused`` for a group, city or period
    that does not exist, and for a city without any reporter.
    """
    _require(groups, period, city)
    indicators = reference.indicators
    asked = indicators[indicators["group"].isin(groups)]
    asked = asked.iloc[asked["group"].map(list(groups).index).argsort(kind="stable")]
    reporters = _reporters(reference.reporters, city)
    federation = reference.reporters.query("kind == 'federation' and city == @city and county == ''")
    whole = federation["reporter_id"].iloc[0] if city and len(federation) else ""
    made = Form(tuple(groups), period, city, whole, tuple(reporters["reporter_id"]), tuple(asked["indicator_id"]))
    return replace(made, before=_before(made, published))


def _require(groups: Sequence[str], period: str, city: str) -> None:
    unknown = [group for group in groups if group not in GROUPS]
    if unknown or not groups:
        raise Refused(
            "bad_group",
            _("没有这个指标组：{names}").format(names="、".join(unknown)),
            _("可选：{names}").format(names=" ".join(GROUPS)),
        )
    if not period or not periods.is_valid(period):
        raise Refused(
            "bad_period",
            _("时期“{period}”无法识别").format(period=period),
            _("写成 2017、2018-H1、2018-09、2018-08-31、2013/2018 或 ../2018-10"),
        )
    if city and city not in CITIES:
        raise Refused(
            "bad_city", _("没有这个设区市：{city}").format(city=city), _("可选：{names}").format(names=" ".join(CITIES))
        )


def _reporters(table: pd.DataFrame, city: str) -> pd.DataFrame:
    """Return the pilots of a city; where it has none, its federations."""
    own = table[table["city"].eq(city)] if city else table[table["city"].isin(list(CITIES))]
    pilots = own[own["kind"].eq("pilot")]
    chosen = pilots if len(pilots) else own
    if chosen.empty:
        raise Refused("no_reporters", _("{city}没有登记任何填报单位").format(city=city), _("先在填报单位名册中登记"))
    return chosen.sort_values(["area_code", "name"])


def _before(form: Form, published: pd.DataFrame | None) -> tuple[tuple[str, str, float], ...]:
    """Return the values of the period before, without those of a narrower scope."""
    if published is None or published.empty:
        return ()
    scope = published.get("scope", pd.Series("", index=published.index))
    here = published[
        published["period"].eq(previous(form.period))
        & scope.eq("")
        & published["value"].notna()
        & published["reporter_id"].isin(form.reporters)
        & published["indicator_id"].isin(form.indicators)
    ]
    rows = here.drop_duplicates(KEY, keep="last")[["reporter_id", "indicator_id", "value"]]
    return tuple((str(r), str(i), float(v)) for r, i, v in rows.itertuples(index=False))


@lru_cache(maxsize=2)
def group_names(language: str = "zh") -> dict[str, str]:
    """Return indicator group → its name."""
    names: dict[str, str] = tomllib.loads((DATA / "vocabulary" / "groups.toml").read_text(encoding="utf-8"))[language]
    return names
