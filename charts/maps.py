"""Choropleths drawn as filled outlines: no tiles, no network, the same in a browser and on paper."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from charts import areas, marks, palette, scale, theme, words
from charts.areas import Area, Level
from charts.drawing import Drawing, Figure, Trace, scatter
from tidy.exhibit import FigureMeta
from tidy.format import unit_name
from tidy.language import _, current, listed, pick

MIDDLE_LATITUDE = 29.15
ROOM_FOR_WORDS = 0.14  # degrees around the label's middle
HATCH = {"shape": "/", "size": 6, "solidity": 0.28}
CITY_NAMES_EN = {
    "杭州市": "Hangzhou", "宁波市": "Ningbo", "温州市": "Wenzhou", "嘉兴市": "Jiaxing", "湖州市": "Huzhou",
    "绍兴市": "Shaoxing", "金华市": "Jinhua", "衢州市": "Quzhou", "舟山市": "Zhoushan", "台州市": "Taizhou",
    "丽水市": "Lishui",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """What one area shows: its rows, and whether they are about exactly this area."""

    area: Area
    rows: tuple[dict[Any, Any], ...]
    whole: bool

    @property
    def single(self) -> dict[Any, Any] | None:
        """The one figure that colours the area; ``None`` without a figure or with several."""
        known = [row for row in self.rows if not math.isnan(row["value"])]
        return known[0] if len(known) == 1 else None


def choropleth(
    table: pd.DataFrame, meta: FigureMeta, *, level: Level = "city", within: Sequence[str] = (), mode: str = "light"
) -> Figure:
    """Return a map of the province by ``area_code``, coloured in classes.

    Hatched in colour: the figure's bounds reach into another class, or the area is only part
    of a county of 2018. Grey with strokes: no report (never zero). Rows whose code is not on
    the map are named in the note. ``within`` (codes of cities) shows these alone, as large as
    they fit.
    """
    rows = words.prepared(table, "area_code", unit=meta.unit)
    placed, away = _place(rows, level)
    placed = [shown for shown in placed if not within or _city(shown.area.code) in within]
    values = [shown.single["value"] for shown in placed if shown.single]
    limits = scale.classes(values)
    names = scale.class_names(limits, whole=meta.unit != "%" and scale.counted(values))
    entries = _entries(placed, limits, names, mode)
    if away:
        meta = replace(meta, note=" ".join((meta.note, _away(away))).strip())
    frame = theme.Frame(plot=390 * palette.look(mode).size // 12, bottom=4)
    figure = theme.canvas(meta, mode, frame, unit=unit_name(meta.unit), legend=[entry["name"] for entry in entries])
    figure.add([_outline(shown, limits, mode) for shown in placed])
    figure.add([_swatch(entry, mode) for entry in entries])
    if level == "county":
        figure.add([_city_borders(within, mode)])
    figure.add([_labels(placed, limits, level, "%" if meta.unit == "%" else "", mode)])
    _fit(figure, placed if within else [])
    return marks.finish(figure, marks.summary(rows, meta.title))


def _place(rows: list[words.Record], level: Level) -> tuple[list[Placed], list[str]]:
    """Put each row on its areas; also return the labels of rows that are not on the map."""
    held: dict[str, list[dict[Any, Any]]] = defaultdict(list)
    whole: dict[str, bool] = {}
    away = []
    for row in rows:
        targets = areas.today(str(row["area_code"]), level)
        if not targets and not math.isnan(row["value"]):
            away.append(str(row["label"]))
        for code, fits in targets:
            held[code].append(row)
            whole[code] = whole.get(code, True) and fits
    placed = [Placed(area, tuple(held[area.code]), whole.get(area.code, True)) for area in areas.areas(level)]
    return placed, away


def _away(labels: list[str]) -> str:
    return _("不在图上：{names}。").format(names=listed(dict.fromkeys(labels)))


def _unsure(shown: Placed, limits: list[float]) -> bool:
    """True where the bounds reach beyond the class of the printed number."""
    row = shown.single
    if row is None or marks.certain(row):
        return not shown.whole
    spans = {scale.class_of(row["value"], limits)}
    spans |= {scale.class_of(end, limits) for end in (row["low"], row["high"]) if not math.isnan(end)}
    open_below_top = math.isnan(row["high"]) and scale.class_of(row["value"], limits) < len(limits) - 2
    return len(spans) > 1 or open_below_top or not shown.whole


def _colour(shown: Placed, limits: list[float], mode: str) -> str:
    steps = palette.look(mode).sequential
    if shown.single is None:
        return palette.look(mode).missing
    place = scale.class_of(shown.single["value"], limits)
    return steps[_step(place, len(limits) - 1)]


def _step(place: int, count: int) -> int:
    """Spread fewer classes over the whole colour scale."""
    return 2 if count == 1 else min(4, round(place * 4 / (count - 1)))


def _outline(shown: Placed, limits: list[float], mode: str) -> Trace:
    shade = palette.look(mode)
    colour = _colour(shown, limits, mode)
    return scatter(
        x=shown.area.longitudes, y=shown.area.latitudes, mode="lines", fill="toself", fillcolor=colour,
        fillpattern=_pattern(shown, limits, colour, mode), line={"color": shade.border, "width": 0.8},
        hoveron="fills", hoverinfo="text", text=_hover(shown), name=shown.area.name, showlegend=False,
        customdata=[_custom(shown)],
    )  # fmt: skip


def _pattern(shown: Placed, limits: list[float], colour: str, mode: str) -> dict[str, Any] | None:
    if shown.single is None:
        return _missing_pattern(mode) if not _several(shown) else _several_pattern(mode)
    if _unsure(shown, limits):
        return {**HATCH, "bgcolor": colour, "fgcolor": palette.text_on(colour), "fgopacity": 0.35}
    return None


def _several(shown: Placed) -> bool:
    return sum(not math.isnan(row["value"]) for row in shown.rows) > 1


def _missing_pattern(mode: str) -> dict[str, Any]:
    shade = palette.look(mode)
    return {
        "shape": "\\",
        "size": 8,
        "solidity": 0.12,
        "bgcolor": shade.missing,
        "fgcolor": shade.muted,
        "fgopacity": 0.5,
    }


def _several_pattern(mode: str) -> dict[str, Any]:
    return {**_missing_pattern(mode), "shape": "x", "solidity": 0.2}


def _hover(shown: Placed) -> str:
    name = f"<b>{area_name(shown.area)}</b>"
    if not shown.rows:
        return f"{name}<br>{_('未填报')}"
    return name + "".join(
        f"<br>{row['text']}" if row["label"] == shown.area.name else f"<br>{row['label']}{_('：')}{row['text']}"
        for row in shown.rows
    )


def _custom(shown: Placed) -> list[str]:
    ids = [row["ids"] for row in shown.rows if row["ids"]]
    codes = {str(row["area_code"]) for row in shown.rows}
    return ["|".join(ids), codes.pop() if len(codes) == 1 else shown.area.code]


def area_name(area: Area) -> str:
    """Return an area's name in the reader's language; counties have no English name and keep theirs."""
    return pick(area.name, CITY_NAMES_EN.get(area.name, ""))


def _entries(placed: list[Placed], limits: list[float], names: list[str], mode: str) -> list[dict[str, Any]]:
    """Return the legend: one entry a class, then the hatched and the grey states that occur."""
    steps = palette.look(mode).sequential
    entries: list[dict[str, Any]] = [{"name": name, "colour": steps[_step(place, len(names))], "pattern": None}
               for place, name in enumerate(names)]  # fmt: skip
    if any(shown.single is not None and _unsure(shown, limits) for shown in placed):
        hatch = {**HATCH, "bgcolor": steps[1], "fgcolor": palette.text_on(steps[1]), "fgopacity": 0.35}
        entries.append({"name": _("界跨两档"), "colour": steps[1], "pattern": hatch})
    missing = palette.look(mode).missing
    if any(_several(shown) for shown in placed):
        entries.append({"name": _("数不止一个"), "colour": missing, "pattern": _several_pattern(mode)})
    if any(shown.single is None and not _several(shown) for shown in placed):
        entries.append({"name": _("未填报"), "colour": missing, "pattern": _missing_pattern(mode)})
    return entries


def _swatch(entry: dict[str, Any], mode: str) -> Trace:
    return scatter(
        x=[None], y=[None], mode="lines", fill="toself", fillcolor=entry["colour"], name=entry["name"],
        fillpattern=entry["pattern"], line={"color": palette.look(mode).muted, "width": 0.8}, hoverinfo="skip",
    )  # fmt: skip


def _city(code: str) -> str:
    """The code of the prefecture city that an area belongs to or is."""
    return f"{code[:4]}00"


def _city_borders(within: Sequence[str], mode: str) -> Trace:
    cities = [city for city in areas.areas("city") if not within or city.code in within]
    return scatter(
        x=[x for city in cities for x in (*city.longitudes, None)],
        y=[y for city in cities for y in (*city.latitudes, None)],
        mode="lines", line={"color": palette.look(mode).muted, "width": 1.1}, hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _labels(placed: list[Placed], limits: list[float], level: Level, unit: str, mode: str) -> Trace:
    """Names and amounts on the map; the invisible dots under them are what a click selects."""
    shade = palette.look(mode)
    inks = [_ink(shown, limits, mode) for shown in placed]
    texts = [_label(shown, unit) for shown in placed] if level == "city" else None
    return scatter(
        x=[shown.area.label_at[0] for shown in placed], y=[shown.area.label_at[1] for shown in placed],
        mode="markers+text" if texts else "markers", text=texts, name="labels", showlegend=False,
        textfont={"size": shade.size - 1, "color": inks, "shadow": "auto"},
        marker={"size": 40 if level == "city" else 14, "opacity": 0}, hoverinfo="text",
        hovertext=[_hover(shown) for shown in placed], customdata=[_custom(shown) for shown in placed],
    )  # fmt: skip


def _ink(shown: Placed, limits: list[float], mode: str) -> str:
    """Black or white on the area's colour; on small islands the words lie on the sea."""
    at_sea = shown.area.label_room < ROOM_FOR_WORDS
    return palette.look(mode).ink if at_sea else palette.text_on(_colour(shown, limits, mode))


def _label(shown: Placed, unit: str) -> str:
    name = area_name(shown.area).removesuffix("市" if current() == "zh" else "")
    return f"{name}<br>{words.amount_of(shown.single, unit)}" if shown.single else name


def _fit(figure: Drawing, placed: Sequence[Placed]) -> None:
    """Show the whole province, or as much as the ``placed`` areas take."""
    wide, high = (117.95, 123.0), (27.0, 31.25)
    if placed:
        wide = _span([x for shown in placed for x in shown.area.longitudes])
        high = _span([y for shown in placed for y in shown.area.latitudes])
    figure.x(visible=False, range=wide, constrain="domain")
    figure.y(
        visible=False, range=high, scaleanchor="x",
        scaleratio=1 / math.cos(math.radians(MIDDLE_LATITUDE)), constrain="domain", constraintoward="top",
    )  # fmt: skip


def _span(places: Sequence[float | None]) -> tuple[float, float]:
    known = [place for place in places if place is not None]
    air = 0.04 * (max(known) - min(known))
    return min(known) - air, max(known) + air
