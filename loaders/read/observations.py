"""From read cells to rows of the tidy table (design.md section 3)."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from loaders.read.cells import plain
from tidy.schema import OBSERVATION_COLUMNS, OPTIONAL_OBSERVATION_COLUMNS, SOURCE_COLUMNS

COLUMNS = (*OBSERVATION_COLUMNS, *OPTIONAL_OBSERVATION_COLUMNS)
SAID = ("reporter_id", "indicator_id", "period", "measure", "value", "low", "high", "unit", "qualifier", "as_printed",
        "scope")  # fmt: skip
TYPES = {"stock": "instant", "flow": "interval", "cumulative": "interval", "target": "interval"}


def source_id(content: bytes) -> str:
    """Return the id of a file as a source: short, and the same for the same bytes."""
    return f"wb-{hashlib.sha256(content).hexdigest()[:12]}"


def source(id: str, name: str, content: bytes, kind: str, date: str) -> pd.DataFrame:
    """Return the file's row for data/sources.csv."""
    row = {"source_id": id, "title": name, "publisher": "", "date": date, "kind": kind,
           "sha256": hashlib.sha256(content).hexdigest(), "pages": "", "note": ""}  # fmt: skip
    return pd.DataFrame([row], columns=list(SOURCE_COLUMNS))


def observations(cells: pd.DataFrame, source: str) -> pd.DataFrame:
    """Return the stored cells as observations, each located by sheet and cell (``Sheet1!C12``)."""
    kept = plain(cells.loc[cells["state"].eq("stored"), [*SAID, "sheet", "cell", "comment", "partial"]])
    made = kept[list(SAID)].copy()
    made["locator"] = kept["sheet"] + "!" + kept["cell"]
    made["observation_id"] = source + ":" + made["locator"]
    made["period_type"] = np.where(kept["period"].eq(""), "unstated", kept["measure"].map(TYPES))
    made["source_id"], made["same_as"] = source, ""
    made["note"] = kept["comment"].where(~kept["partial"].astype(bool), ("其中 " + kept["comment"]).str.strip())
    return made[list(COLUMNS)].reset_index(drop=True)
