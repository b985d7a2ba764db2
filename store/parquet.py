"""A release's figures as one Parquet file: typed, sorted for zone maps, the same bytes for the same figures."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from store.base import FIGURE_COLUMNS, NUMBERS, TEXTS
from store.errors import StoreDamaged, WrongUse
from tidy.language import _, listed
from tidy.schema import NUMERIC, OPTIONAL_OBSERVATION_COLUMNS

# ``batch`` ties a row to its release before the release has a number; ``withdrawn`` rows only take back.
FIGURES = pa.schema(
    [(column, pa.float64() if column in NUMBERS else pa.string()) for column in FIGURE_COLUMNS]
    + [("batch", pa.string()), ("withdrawn", pa.bool_())]
)
ROW_GROUP = 122_880  # DuckDB's own row group, so that its threads share a file evenly


def new_batch() -> str:
    """Return a fresh name for the rows of one release."""
    return uuid.uuid4().hex


def clean(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with exactly the store's columns: texts never missing, numbers floats.

    Raises ``WrongUse`` naming columns that are not there.
    """
    absent = set(FIGURE_COLUMNS) - set(figures) - set(OPTIONAL_OBSERVATION_COLUMNS)
    if absent:
        raise WrongUse(_("缺少列：{columns}").format(columns=listed(sorted(absent))))
    table = figures.reindex(columns=list(FIGURE_COLUMNS))
    texts = list(TEXTS)
    table[texts] = table[texts].astype("str").where(table[texts].notna(), "")
    table[list(NUMBERS)] = table[list(NUMBERS)].apply(pd.to_numeric)
    return table.reset_index(drop=True)


def pack(figures: pd.DataFrame, cities: pd.Series, batch: str, withdrawn: pd.DataFrame) -> bytes:
    """Return cleaned ``figures`` and the ``withdrawn`` ones as Parquet bytes.

    ``cities`` maps reporter_id to city: rows are sorted by indicator, city and period.
    """
    both = pd.concat([figures.assign(withdrawn=False), withdrawn.assign(withdrawn=True)], ignore_index=True)
    both["batch"] = batch
    city = both["reporter_id"].map(cities).fillna("")
    order = both.assign(_city=city).sort_values(["indicator_id", "_city", "period", "reporter_id", "observation_id"])
    table = pa.Table.from_pandas(order.drop(columns="_city"), FIGURES, preserve_index=False)
    return _bytes(table)


def clean_reference(table: pd.DataFrame) -> pd.DataFrame:
    """Return a reference table with the types of the shipped ones, wherever it was read or typed in."""
    clean = table.drop(columns="line", errors="ignore").reset_index(drop=True)
    for name in clean:
        if name in NUMERIC:
            clean[name] = pd.to_numeric(clean[name]).astype(float)
        elif name == "additive":
            clean[name] = clean[name].astype("str").str.lower() == "true"
        else:
            clean[name] = clean[name].astype("str").where(clean[name].notna(), "")
    return clean


def pack_reference(table: pd.DataFrame) -> bytes:
    """Return a reference table (reporters, indicators or sources) as Parquet bytes."""
    return _bytes(pa.Table.from_pandas(clean_reference(table), preserve_index=False))


def _bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", row_group_size=ROW_GROUP)
    return sink.getvalue()


def read(
    path: Path, columns: Sequence[str] | None = None, where: list[tuple[str, str, list[str]]] | None = None
) -> pd.DataFrame:
    """Read a Parquet file of the store, or some of it; raise ``StoreDamaged`` naming it when it is not one."""
    try:
        frame: pd.DataFrame = pq.read_table(path, columns=columns, filters=where).to_pandas()
    except (pa.ArrowInvalid, OSError) as error:
        raise damaged(path.name) from error
    return frame


def damaged(name: str) -> StoreDamaged:
    """Return the error for a data file that cannot be read."""
    text = _("数据文件 {name} 已损坏 → 请运行 python -m store verify，并用 restore 从备份恢复")
    return StoreDamaged(text.format(name=name[:12]))
