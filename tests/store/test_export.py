"""Exports in open formats: equal to the store, harmless in a spreadsheet, the same bytes for the same vintage."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from store import Store
from tests.store.conftest import figures, values
from tidy.schema import read_table

NEW = ("r3", "members", "2019", "stock", "13人")
ATTACKS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1")


def hashes(folder: Path) -> dict[str, str]:
    """File name → SHA-256."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_every_format_holds_the_figures(store: Store, tmp_path: Path) -> None:
    store.export(tmp_path / "out")
    expected = values(store)
    csv_values = pd.read_csv(tmp_path / "out/observations.csv").set_index("observation_id")["value"].to_dict()
    parquet = pd.read_parquet(tmp_path / "out/observations.parquet").set_index("observation_id")["value"].to_dict()
    excel = (
        pd.read_excel(tmp_path / "out/observations.xlsx", engine="openpyxl")
        .set_index("observation_id")["value"]
        .to_dict()
    )
    sdmx = pd.read_csv(tmp_path / "out/figures.sdmx.csv").set_index("STATEMENT")["OBS_VALUE"].to_dict()
    assert csv_values == parquet == excel == sdmx == expected


def test_csv_opens_in_excel_and_reads_back_as_shipped_tables(store: Store, tmp_path: Path) -> None:
    store.export(tmp_path / "out")
    assert (tmp_path / "out/observations.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name, table in {"indicators": store.indicators(), "reporters": store.reporters()}.items():
        texts = {column: "str" for column, dtype in table.dtypes.items() if isinstance(dtype, pd.StringDtype)}
        pd.testing.assert_frame_equal(read_table(name, tmp_path / "out").drop(columns="line"), table.astype(texts))


def test_an_old_vintage_exports_to_the_byte_after_three_later_releases(store: Store, tmp_path: Path) -> None:
    published = store.publish(figures(NEW, prefix="n"), by="甲", note="公报")
    store.export(tmp_path / "then")
    for n in range(3):
        store.publish(figures(("r1", "members", "2017", "stock", f"{n + 1}人"), prefix=f"x{n}-"), by="甲", note="后来")
    store.export(tmp_path / "now", as_of=published.at)
    assert hashes(tmp_path / "then") == hashes(tmp_path / "now")
    store.export(tmp_path / "today")
    assert hashes(tmp_path / "then")["observations.csv"] != hashes(tmp_path / "today")["observations.csv"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_runs_as_a_formula(embedded: Store, tmp_path: Path, attack: str) -> None:
    embedded.publish(figures(NEW, prefix="n").assign(note=attack), by="甲", note="攻击")
    embedded.export(tmp_path / "out")
    workbook = openpyxl.load_workbook(tmp_path / "out/observations.xlsx")
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert attack in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
    for name in ("observations.csv", "figures.sdmx.csv"):
        with (tmp_path / "out" / name).open(encoding="utf-8-sig", newline="") as file:
            texts = [cell for row in csv.reader(file) for cell in row]
        assert f"'{attack}" in texts
        assert attack not in texts


def test_the_data_package_describes_what_is_there(store: Store, tmp_path: Path) -> None:
    store.export(tmp_path / "out")
    package = json.loads((tmp_path / "out/datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        path = tmp_path / "out" / resource["path"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        with path.open(encoding=resource["encoding"], newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]


def test_the_data_package_is_valid_for_frictionless(store: Store, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed (development only)")
    store.export(tmp_path / "out")
    report = frictionless.validate(str(tmp_path / "out/datapackage.json"))
    assert report.flatten(["code", "message"]) == []


def test_the_sdmx_structure_names_every_column(store: Store, tmp_path: Path) -> None:
    store.export(tmp_path / "out")
    structure = json.loads((tmp_path / "out/figures.sdmx.json").read_text(encoding="utf-8"))["data"]
    parts = structure["dataStructures"][0]["dataStructureComponents"]
    named = {component["id"] for group in ("dimensionList", "measureList", "attributeList")
             for components in parts[group].values() if isinstance(components, list) for component in components}  # fmt: skip
    header = (tmp_path / "out/figures.sdmx.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert set(header) - named == {"STRUCTURE", "STRUCTURE_ID", "ACTION"}
    codes = {lst["id"]: {code["id"] for code in lst["codes"]} for lst in structure["codelists"]}
    assert codes["CL_REPORTER"] == set(store.reporters()["reporter_id"])


def test_sdmx_reads_back_with_its_own_library(store: Store, tmp_path: Path) -> None:
    from pysdmx.io.csv.sdmx20.reader import read

    store.export(tmp_path / "out")
    (dataset,) = read((tmp_path / "out/figures.sdmx.csv").read_text(encoding="utf-8"))
    assert len(dataset.data) == len(store.observations())
