"""Boundaries of cities and counties, and how the counties of 2018 lie on today's."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from tidy.schema import DATA

Level = Literal["city", "county"]
FILES: dict[Level, str] = {"city": "cities.geojson", "county": "counties.geojson"}
BOUNDARIES = DATA / "boundaries"
WHOLE = ("same", "split")  # relations where today's area holds land of one county of 2018 only


@dataclass(frozen=True, slots=True)
class Area:
    """One area of a map: its code and names of today, its outline with ``None`` between rings."""

    code: str
    name: str
    city: str
    label_at: tuple[float, float]
    label_room: float
    longitudes: tuple[float | None, ...]
    latitudes: tuple[float | None, ...]


@lru_cache(maxsize=2)
def areas(level: Level) -> tuple[Area, ...]:
    """Return the areas of one level, read once."""
    record = json.loads((BOUNDARIES / FILES[level]).read_text(encoding="utf-8"))
    return tuple(_area(feature) for feature in record["features"])


def _area(feature: dict[str, Any]) -> Area:
    names = feature["properties"]
    points: list[tuple[float | None, float | None]] = []
    for rings in feature["geometry"]["coordinates"]:
        for ring in rings:
            points += [(x, y) for x, y in ring]
            points.append((None, None))
    longitudes, latitudes = zip(*points[:-1], strict=True)
    x, y = names["label_at"]
    return Area(names["code"], names["name"], names["city"], (x, y), names["label_room"], longitudes, latitudes)


@lru_cache(maxsize=1)
def _since_2018() -> dict[str, list[dict[str, str]]]:
    with (BOUNDARIES / "area_codes.csv").open(encoding="utf-8-sig", newline="") as file:
        found = defaultdict(list)
        for row in csv.DictReader(file):
            found[row["code_2018"]].append(row)
    return dict(found)


def today(code: str, level: Level) -> list[tuple[str, bool]]:
    """Return the areas of today that a code is drawn on, each with whether it fits the area whole.

    A county of 2018 may lie on two areas (余杭区 → 余杭区, 临平区) or share one with another
    (上城区, 江干区). A code that the map does not have gives an empty list.
    """
    if level == "county" and code in _since_2018():
        return [(row["code_today"], row["relation"] in WHOLE) for row in _since_2018()[code]]
    known = {area.code for area in areas(level)}
    return [(code, True)] if code in known else []
