"""What stands beside the tables: metadata in both languages, and a README that counts rightly."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from tidy.schema import DATA, read_meta

TABLES = sorted(path.stem for path in DATA.glob("*.csv"))
BILINGUAL = ("title", "unit", "source", "notes")


def plain(name: str) -> pd.DataFrame:
    """A table of data/ as it stands."""
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize("name", TABLES)
def test_each_table_has_metadata_in_both_languages(name: str) -> None:
    meta = read_meta(name)

    for key in BILINGUAL:
        assert meta[key], key
        assert meta[f"{key}_en"], key
        assert not re.search(r"[\u4e00-\u9fff]{8}", str(meta[f"{key}_en"])), key
    assert len(meta["notes"]) == len(meta["notes_en"])


@pytest.mark.parametrize("name", TABLES)
def test_each_column_has_its_meaning(name: str) -> None:
    columns = read_meta(name)["columns"]

    assert list(columns) == list(plain(name).columns)
    assert all(column["meaning"] and column["meaning_en"] for column in columns.values())


def test_the_readme_counts_what_the_tables_hold() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    observations, indicators = plain("observations"), plain("indicators")
    groups = observations["indicator_id"].map(indicators.set_index("indicator_id")["group"])

    for name, rows in re.findall(r"\| (\w+)\.csv \| (\d+) \|", readme):
        assert len(plain(name)) == int(rows), name
    for name, rows in re.findall(r"\| \S+ (\w+) \|(?: \d+ \|){5} (\d+) \|", readme):
        assert (len(observations) if name == "total" else (groups == name).sum()) == int(rows), name
