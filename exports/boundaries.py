"""Outlines of Zhejiang's cities and counties (``data/boundaries``) for maps drawn as shapes."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tidy.schema import DATA

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One city or county: its rings and where its name stands, in a plane with y downward."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    label: tuple[float, float]


@lru_cache(maxsize=2)
def areas(level: str) -> tuple[Area, ...]:
    """Return the areas of ``level`` (``city`` or ``county``), one unit the extent of the map's height."""
    name = "counties" if level == "county" else "cities"
    features = json.loads((DATA / "boundaries" / f"{name}.geojson").read_text("utf-8"))["features"]
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    west, north = min(x for x, _y in points), max(y for _x, y in points)
    tall = north - min(y for _x, y in points)
    squeeze = math.cos(math.radians(north - tall / 2))

    def flat(point: list[float]) -> tuple[float, float]:
        return ((point[0] - west) * squeeze / tall, (north - point[1]) / tall)

    return tuple(
        Area(
            feature["properties"]["code"],
            feature["properties"]["name"],
            tuple(tuple(flat(point) for point in ring) for ring in _rings(feature)),
            flat(feature["properties"]["label_at"]),
        )
        for feature in features
    )


def _rings(feature: dict[str, dict[str, list[list[list[list[float]]]]]]) -> Iterator[list[list[float]]]:
    """Outer rings only: holes do not occur at this scale, and islands smaller than a dot are left out."""
    polygons = feature["geometry"]["coordinates"]
    largest = max(len(polygon[0]) for polygon in polygons)
    for polygon in polygons:
        if len(polygon[0]) >= 5 or len(polygon[0]) == largest:
            yield polygon[0]


def width(level: str) -> float:
    """Return the map's width for a height of 1."""
    return max(x for area in areas(level) for ring in area.rings for x, _y in ring)


def extent(area: Area) -> tuple[float, float, float, float]:
    """Return an area's left, top, right and bottom."""
    xs = [x for ring in area.rings for x, _y in ring]
    ys = [y for ring in area.rings for _x, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


@lru_cache(maxsize=1)
def _codes_of_2018() -> dict[str, tuple[str, ...]]:
    """Where each county of 2018 is drawn today; counties merged with others are not drawn."""
    found: dict[str, tuple[str, ...]] = {}
    with (DATA / "boundaries" / "area_codes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["relation"] in ("same", "split"):
                found[row["code_2018"]] = (*found.get(row["code_2018"], ()), row["code_today"])
    return found


def drawn_as(code: str, level: str) -> tuple[str, ...]:
    """Return today's areas that show the area ``code`` of 2018; none where it cannot be drawn."""
    return _codes_of_2018().get(code, ()) if level == "county" else (code,)
