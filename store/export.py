"""A vintage in open formats: CSV, Parquet, XLSX, SDMX-CSV, and a datapackage.json that describes them."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from store import clock, sdmx
from store.base import NUMBERS, TABLES, Vintage
from store.engine import Engine
from store.errors import clearly

SHEET_ROWS = 1_000_000  # a sheet holds 1,048,576
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = datetime(2000, 1, 1)


def write(engine: Engine, figures: pd.DataFrame, vintage: Vintage, folder: Path) -> list[Path]:
    """Write every format into ``folder`` and return the paths; the same vintage gives the same bytes.

    ``figures`` are all that may be shown; reference tables come from ``engine``.
    """
    with clearly():
        folder.mkdir(parents=True, exist_ok=True)
        tables = {"observations": figures, **{name: engine.reference(name) for name in TABLES}}
        known = max((release.known_from for release in vintage.releases), default=_EPOCH)
        paths = [_csv(table, folder / f"{name}.csv") for name, table in tables.items()]
        paths.append(_parquet(figures, folder / "observations.parquet"))
        paths.append(_workbook(tables, folder / "observations.xlsx", known))
        paths += sdmx.write(safe(figures), tables["reporters"], tables["indicators"], folder, known)
        paths.append(_package(tables, folder, known))
    return paths


def harmless(text: Any) -> Any:
    """Return a text that no spreadsheet runs as a formula; numbers such as -5 stay as they are."""
    if not isinstance(text, str) or not text.startswith(_DANGEROUS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def safe(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every text made :func:`harmless`."""
    texts = [name for name in table if not pd.api.types.is_numeric_dtype(table[name].dtype)]
    return table.assign(**{name: table[name].map(harmless) for name in texts})


def _csv(table: pd.DataFrame, path: Path) -> Path:
    as_shipped = {name: table[name].map({True: "true", False: "false"}) for name in table if table[name].dtype == bool}
    written = safe(table).assign(**as_shipped)
    written.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n", float_format="%.15g")
    return path


def _parquet(figures: pd.DataFrame, path: Path) -> Path:
    pq.write_table(pa.Table.from_pandas(figures, preserve_index=False), path, compression="zstd")
    return path


def _workbook(tables: dict[str, pd.DataFrame], path: Path, known: datetime) -> Path:
    # Texts stay texts: without these options "=1+1" from an upload would run when the file is opened.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        writer.book.set_properties({"created": known.replace(tzinfo=None)})
        for name, table in tables.items():
            for n, start in enumerate(range(0, max(len(table), 1), SHEET_ROWS)):
                sheet = name if not n else f"{name}_{n + 1}"
                table.iloc[start : start + SHEET_ROWS].to_excel(writer, sheet_name=sheet, index=False)
                writer.sheets[sheet].freeze_panes(1, 0)
    return path


def _package(tables: dict[str, pd.DataFrame], folder: Path, known: datetime) -> Path:
    """Describe the CSV files as a Frictionless data package (specs.frictionlessdata.io)."""
    keys = {name: table.columns[0] for name, table in tables.items()}
    resources = [_resource(name, table, folder / f"{name}.csv", keys) for name, table in tables.items()]
    package = {
        "name": "zhejiang-union-pilots",
        "title": "浙江省基层工会改革试点统计数据",
        "profile": "tabular-data-package",
        "created": clock.text(known) if known.tzinfo else known.isoformat(),
        "resources": resources,
    }
    path = folder / "datapackage.json"
    path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _resource(name: str, table: pd.DataFrame, path: Path, keys: dict[str, str]) -> dict[str, Any]:
    content = path.read_bytes()
    schema: dict[str, Any] = {
        "fields": [{"name": column, "type": _kind(table[column])} for column in table],
        "primaryKey": keys[name],
        "missingValues": [""],
    }
    if name == "observations":
        schema["foreignKeys"] = [
            {"fields": keys[other], "reference": {"resource": other, "fields": keys[other]}} for other in TABLES
        ]
    return {
        "name": name, "path": path.name, "profile": "tabular-data-resource", "encoding": "utf-8-sig",
        "format": "csv", "mediatype": "text/csv", "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "schema": schema,
    }  # fmt: skip


def _kind(column: pd.Series) -> str:
    if column.dtype == bool:
        return "boolean"
    return "number" if column.name in NUMBERS or pd.api.types.is_float_dtype(column) else "string"
