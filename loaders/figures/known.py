"""Names from the report matched with the indicators the project already knows."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from loaders.figures import lexicon
from loaders.figures.model import Figure

TABLE = Path(__file__).resolve().parent.parent.parent / "data" / "indicators.csv"
_LOOSE = re.compile(r"(?:总人数|人数|家数|户数|件数|总数|总量|数量|总额|数|量)$")
_KINDS = {"名": "人", "位": "人", "家": "个", "户": "个", "件": "件"}


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Plain name or alias → (indicator_id, unit); empty when the table is not shipped."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    names = ((name, row) for row in table for name in (*lexicon.split(row.get("aliases") or ""), row["name"]))
    return {plain(name): (row["indicator_id"], row["unit"]) for name, row in names}


def plain(name: str) -> str:
    """``name`` without the endings that only say it is a count: 工会会员总数 → 工会会员."""
    return _LOOSE.sub("", name)


def indicator_id(figure: Figure) -> str:
    """Return the id of the indicator with this name or alias and a unit of the same kind; else empty."""
    found, unit = _known().get(plain(figure.indicator), ("", ""))
    return found if found and _KINDS.get(unit, unit) == _KINDS.get(figure.unit, figure.unit) else ""
