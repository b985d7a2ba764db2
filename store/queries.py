"""The analytic queries, each written once as an ibis expression that every engine runs as it stands."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _ as col
from ibis.expr.types import Table

from store.base import COLUMNS, CUBE, DIMENSIONS, FIGURE_COLUMNS, KEY, NUMBERS, Filters
from store.errors import WrongUse
from tidy.language import _, listed

TEXT, REAL = "string", "float64"
# Sums are exact decimals: every engine, on any number of machines, gives the same last digit.
EXACT = "decimal(28, 6)"
SORTED = ("indicator_id", "pilot_type", "city", "period", "reporter_id", "observation_id")
# Who has reported what: a second cube, by reporter instead of by indicator.
WHO = ("reporter_id", "kind", "pilot_type", "pilot_level", "city", "group", "year")
SERIES = ("reporter_id", "indicator_id", "measure", "unit", "scope")

_FIGURE_TYPES = {name: REAL if name in NUMBERS else TEXT for name in FIGURE_COLUMNS}
_DIMENSION_TYPES = {name: "int32" if name == "year" else TEXT for name in DIMENSIONS}
_RAW = {**_FIGURE_TYPES, "batch": TEXT, "withdrawn": "boolean"}
_COUNTS = {"n": "int64", "low_n": "int64", "high_n": "int64"}
FIGURES = {**_FIGURE_TYPES, "release_id": "int64", **_DIMENSION_TYPES}

RAW = ibis.table(_RAW, name="raw")
BELIEVED = ibis.table({"batch": TEXT, "release_id": "int64", "strength": "int64"}, name="believed")
# ``ends`` is the last day, for the order of time.
PERIODS = ibis.table({"period": TEXT, "year": "int32", "ends": "int32"}, name="periods")
_REPORTER_COLUMNS = ("reporter_id", "reporter_name", "reporter_name_en", "kind", "pilot_type", "pilot_level", "city",
                     "county", "area_code", "parent_id")  # fmt: skip
REPORTERS = ibis.table(dict.fromkeys(_REPORTER_COLUMNS, TEXT), name="reporters")
INDICATORS = ibis.table(
    {"indicator_id": TEXT, "indicator_name": TEXT, "indicator_name_en": TEXT, "group": TEXT, "additive": "boolean"},
    name="indicators")  # fmt: skip
ALL_FIGURES = ibis.table(FIGURES, name="figures")
NEWER = ibis.table(FIGURES, name="newer")
GONE = ibis.table(dict.fromkeys(KEY, TEXT), name="gone")
_TOTALS = {**_COUNTS, **dict.fromkeys(NUMBERS, "decimal(38, 6)")}
ALL_CUBE = ibis.table({**{name: FIGURES[name] for name in CUBE}, **_TOTALS}, name="cube")
ALL_WHO = ibis.table({**{name: FIGURES[name] for name in WHO}, **_TOTALS}, name="who")


def believed_rows() -> Table:
    """Every row of the believed releases that no stronger release speaks about: ``FIGURES``.

    Rows of one release with the same key are all kept: two sources that contradict each other.
    """
    rows = RAW.join(BELIEVED, "batch")
    stronger = rows.filter(rows.strength > 0).select(*KEY, "strength").distinct().view()
    same_key = [rows[name] == stronger[name] for name in KEY]
    current = rows.anti_join(stronger, [*same_key, rows.strength < stronger.strength]).filter(~col.withdrawn)
    reporters = REPORTERS.select("reporter_id", "kind", "pilot_type", "pilot_level", "city")
    wide = current.left_join(reporters, "reporter_id").drop("reporter_id_right")
    wide = wide.left_join(INDICATORS.select("indicator_id", "group"), "indicator_id").drop("indicator_id_right")
    wide = wide.left_join(PERIODS.select("period", "year"), "period").drop("period_right")
    return wide.select(*FIGURES)


def cube(figures: str = "figures") -> Table:
    """Counts and sums of figures by the columns that pages filter and group by, kept per vintage."""
    return _kept(figures, CUBE)


def who(figures: str = "figures") -> Table:
    """Counts and sums of figures by reporter, group and year, kept per vintage."""
    return _kept(figures, WHO)


def _kept(figures: str, by: Sequence[str]) -> Table:
    return (
        ibis.table(FIGURES, name=figures)
        .group_by(list(by))
        .aggregate(
            n=col.count(),
            value=col.value.cast(EXACT).sum(),
            low=col.low.cast(EXACT).sum(),
            low_n=col.low.count(),
            high=col.high.cast(EXACT).sum(),
            high_n=col.high.count(),
        )
    )


def figures(filters: Filters, layered: bool = False) -> Table:
    """The figures that pass ``filters``; ``layered`` where newer ones lie over a larger table.

    Each part is filtered before they are joined: only so the large one is not read to the end.
    """
    rows = _filtered(ALL_FIGURES, filters)
    if layered:
        rows = rows.anti_join(GONE, list(KEY)).union(_filtered(NEWER, filters))
    return rows if filters.newest is None else _newest(rows, filters.newest)


def _newest(rows: Table, by: Sequence[str]) -> Table:
    """What ``Filters.newest`` says: enough for the latest figures, since a repetition never hides an older figure."""
    dated = rows.left_join(PERIODS.select("period", "ends"), "period").drop("period_right")
    repeats = dated.same_as != ""
    series = dict.fromkeys([*SERIES, *by])
    last = dated.ends.fill_null(0).max().over(ibis.window(group_by=[*series, repeats]))
    told = rows.filter(rows.same_as != "").select("same_as").distinct().view()
    marked = dated.mutate(keep=(dated.ends.fill_null(0) == last) | repeats | dated.observation_id.isin(told.same_as))
    return marked.filter(marked.keep).select(*FIGURES)


def select(filters: Filters, columns: tuple[str, ...], layered: bool = False) -> Table:
    """The figures that pass ``filters`` with the named columns, in a fixed order."""
    _check(columns)
    rows = figures(filters, layered)
    for names in (REPORTERS, INDICATORS):
        if set(columns) & set(names.columns) - set(FIGURES):
            rows = _with_names(rows, names)
    return rows.order_by(list(SORTED)).select(*columns)


def aggregate(filters: Filters, by: tuple[str, ...], layered: bool = False) -> Table:
    """Count and sums of value, low and high by group; an open bound in a group leaves its sum open.

    Answered from the kept cube where its columns suffice, so the cost does not grow with the figures.
    """
    _check(by)
    used = {*by, *(name for name, _wanted in filters.given())}
    for kept in (ALL_CUBE, ALL_WHO):
        if used <= set(kept.columns) and filters.newest is None:
            return _summed(_filtered(kept, filters), by, layered)
    rows = figures(filters, layered)
    if not used <= set(FIGURES):
        rows = _with_names(_with_names(rows, REPORTERS), INDICATORS)
    return _summed(_counted(rows), by, layered)


def _with_names(rows: Table, names: Table) -> Table:
    """Add what only the reference table knows, by its id (its first column)."""
    key = names.columns[0]
    more = names.select(key, *(name for name in names.columns if name not in FIGURES))
    return rows.left_join(more, key).drop(f"{key}_right")


def _counted(rows: Table) -> Table:
    """Give single figures the columns of the cube."""
    exact = {name: rows[name].cast(EXACT) for name in NUMBERS}
    known = {f"{name}_n": rows[name].notnull().cast("int64") for name in ("low", "high")}
    return rows.mutate(n=ibis.literal(1, "int64"), **exact, **known)


def _summed(rows: Table, by: Sequence[str], layered: bool) -> Table:
    """Sums by group; a group of which a layer took back every figure is no group."""
    n = rows.n.sum().nullif(0) if layered else rows.n.sum()
    bounds = {name: ibis.ifelse(rows[f"{name}_n"].sum() == n, rows[name].sum(), None) for name in ("low", "high")}
    measures = {"n": n, "value": rows.value.sum(), **bounds}
    if not by:
        return rows.aggregate(**{**measures, "value": ibis.ifelse(n.notnull(), rows.value.sum(), None)})
    sums = rows.group_by(list(by)).aggregate(**measures)
    return (sums.filter(col.n.notnull()) if layered else sums).order_by(list(by))


def _filtered(rows: Table, filters: Filters) -> Table:
    for name, wanted in filters.given():
        rows = rows.filter(rows[name].isin(list(wanted)) if wanted else ibis.literal(False))
    return rows


def _check(columns: Sequence[str]) -> None:
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown:
        raise WrongUse(_("没有这些列：{columns}").format(columns=listed(unknown)))
