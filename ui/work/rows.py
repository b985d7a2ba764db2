"""A draft's rows: every figure a file holds, with what people changed, up to the tidy table that is published."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tidy import periods, values
from tidy.schema import MEASURES, OBSERVATION_COLUMNS, OPTIONAL_OBSERVATION_COLUMNS

# ``row`` names a figure within its file: Sheet1!C12 in a workbook, 120-126 in a text.
TEXTS = (
    "row", "sheet", "cell", "text", "reporter_id", "indicator_id", "period", "measure", "unit", "qualifier", "as_printed",
    "scope", "note", "state", "reason", "reporter_name", "indicator_name", "rows", "columns",
)  # fmt: skip
NUMBERS = ("value", "low", "high", "start", "end", "confidence")
COLUMNS = (*TEXTS, *NUMBERS)
EDITABLE = ("as_printed", "reporter_id", "indicator_id", "period", "measure", "unit", "scope", "note")
PHRASE, MEANING = {"as_printed", "unit"}, {"value", "qualifier"}
# How a qualifier that a person chooses is printed, for the bounds: the widest that data/qualifiers.csv has for it.
PRINTED = {"exact": "{}", "approx": "约{}", "at_least": "{}以上", "at_most": "不超过{}"}
# What becomes of a workbook's cell; totals and comparisons are checked there, never published.
KEPT_STATES = ("stored", "unknown", "ambiguous", "text", "error")
PENDING, ACCEPTED, REFUSED = "pending", "accepted", "refused"


def shaped(table: pd.DataFrame) -> pd.DataFrame:
    """Return ``table`` with exactly the columns of a draft's rows; what is missing is empty."""
    made = table.reindex(columns=list(COLUMNS)).reset_index(drop=True)
    for name in NUMBERS:
        made[name] = pd.to_numeric(made[name], errors="coerce").astype("float64")
    for name in TEXTS:
        made[name] = made[name].astype("object").where(made[name].notna(), "").astype("str")
    return made


def numbered(table: pd.DataFrame) -> pd.DataFrame:
    """Give rows that stand at one place (one number, two indicators) different names."""
    again = table.groupby("row").cumcount()
    return table.assign(row=table["row"].where(again == 0, table["row"] + "#" + (again + 1).astype("str")))


def of_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the loaders' cells of a workbook as rows of a draft, with the index that they have there."""
    if cells.empty:
        return shaped(pd.DataFrame())
    kept = cells[cells["state"].isin(KEPT_STATES)]
    made = kept.assign(
        row=kept["sheet"] + "!" + kept["cell"], rows=kept["row_path"], columns=kept["column_path"], note=kept["comment"]
    )
    return numbered(shaped(made)).set_index(kept.index)


def pack(table: pd.DataFrame) -> str:
    """Return the rows as text for the draft's state: Parquet, so that a large file stays small."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, compression="zstd", index=False)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def unpack(packed: str) -> pd.DataFrame:
    """Return what :func:`pack` wrote; empty rows for an empty text."""
    if not packed:
        return shaped(pd.DataFrame())
    return shaped(pd.read_parquet(io.BytesIO(base64.b64decode(packed))))


def edited(table: pd.DataFrame, edits: Mapping[str, Mapping[str, Any]], shares: Mapping[str, bool]) -> pd.DataFrame:
    """Return the rows with people's changes; a changed phrase or unit is read again by the rules of data/qualifiers.csv.

    ``shares`` tells which indicators end at 100%. A phrase that is no number leaves the value empty; a value or
    qualifier that a person gives overrules the phrase.
    """
    if not edits:
        return table
    made = table.reset_index(drop=True)
    place = {row: n for n, row in enumerate(made["row"])}
    for row, change in edits.items():
        if row in place:
            _change(made, place[row], change, shares)
    return made.set_index(table.index)


def merged(before: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return an earlier change of a row with a later one: a new phrase says again what the figure means."""
    kept = {name: value for name, value in before.items() if not (PHRASE & set(change) and name in MEANING)}
    return {**kept, **change}


def _change(made: pd.DataFrame, at: int, change: Mapping[str, Any], shares: Mapping[str, bool]) -> None:
    for name in EDITABLE:
        if name in change:
            made.loc[at, name] = str(change[name] or "").strip()
    if PHRASE & set(change):
        made.loc[at, FOUND] = _read(made.loc[at], made.loc[at, "as_printed"], shares)
    if MEANING & set(change):
        made.loc[at, FOUND] = _read(made.loc[at], _phrase(made.loc[at], change), shares)


FOUND = ["value", "low", "high", "unit", "qualifier"]


def _phrase(row: pd.Series, change: Mapping[str, Any]) -> str:
    """What a person's value and qualifier would look like in print."""
    value = str(change.get("value") or "").strip() or (f"{row['value']:.15g}" if pd.notna(row["value"]) else "")
    return PRINTED.get(str(change.get("qualifier") or row["qualifier"]), "{}").format(value)


def _read(row: pd.Series, phrase: str, shares: Mapping[str, bool]) -> list[Any]:
    try:
        printed = values.parse(phrase, row["unit"], share=shares.get(row["indicator_id"], False))
    except values.NotANumber:
        return [None, None, None, row["unit"], row["qualifier"]]
    return [printed.value, printed.low, printed.high, printed.unit or row["unit"], printed.qualifier]


def complete(table: pd.DataFrame) -> pd.Series:
    """Tell which rows can be published: somebody's figure of something, with a readable period."""
    named = table["reporter_id"].ne("") & table["indicator_id"].ne("") & table["measure"].isin(MEASURES)
    readable = table["period"].map(periods.is_valid).astype(bool)
    return named & table["value"].notna() & readable


def with_verdicts(table: pd.DataFrame, verdicts: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows with a column ``verdict``: what a person said, else what the reading proposed.

    The cells of a workbook are taken unless refused; the figures of a report wait for a person.
    """
    proposed = table["state"].map({"proposed": PENDING, "not_figure": REFUSED}).fillna(ACCEPTED)
    said = table["row"].map(dict(verdicts))
    return table.assign(verdict=said.where(said.notna(), proposed).astype("str"))


def observations(table: pd.DataFrame, source_id: str) -> pd.DataFrame:
    """Return accepted, complete rows as the tidy table of design section 3."""
    taken = table[complete(table) & table["verdict"].eq(ACCEPTED)].copy()
    taken["observation_id"] = source_id + "-" + taken["row"]
    taken["source_id"] = source_id
    taken["locator"] = taken["row"].str.replace(r"#\d+$", "", regex=True)
    kinds = taken["measure"].map({"stock": "instant"}).fillna("interval")
    taken["period_type"] = kinds.where(taken["period"].ne(""), "unstated")
    taken["same_as"] = ""
    taken["qualifier"] = taken["qualifier"].where(taken["qualifier"].ne(""), "exact")
    return taken.reindex(columns=[*OBSERVATION_COLUMNS, *OPTIONAL_OBSERVATION_COLUMNS]).reset_index(drop=True)
