"""The figures as SDMX-CSV 2.0 with their structure as SDMX-JSON, for statistical offices' own tools."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from tidy import suppression
from tidy.schema import MEASURES, QUALIFIERS

if TYPE_CHECKING:
    from pysdmx.model import Codelist, Component, DataStructureDefinition, DataType, Role

AGENCY, FLOW, CONCEPTS, VERSION = "ZJ_PILOTS", "FIGURES", "CS_FIGURES", "1.0"
UNSTATED = "_U"  # SDMX's own code for what is unknown
NOT_APPLICABLE = "_Z"  # … and for what does not apply: a figure without a special scope
# A printed period may be open or span years, which SDMX's time types cannot say, so it stays a text;
# STATEMENT tells two contradicting statements about the same thing apart.
DIMENSIONS = {"INDICATOR": "indicator_id", "REPORTER": "reporter_id", "MEASURE": "measure", "SCOPE": "scope",
              "PERIOD": "period", "STATEMENT": "observation_id"}  # fmt: skip
MEASURED = {"OBS_VALUE": "value", "LOW": "low", "HIGH": "high"}
ATTRIBUTES = {"UNIT": "unit", "QUALIFIER": "qualifier", "PERIOD_TYPE": "period_type", "AS_PRINTED": "as_printed",
              "SOURCE": "source_id", "LOCATOR": "locator", "NOTE": "note"}  # fmt: skip


def write(
    figures: pd.DataFrame, reporters: pd.DataFrame, indicators: pd.DataFrame, folder: Path, known: datetime
) -> list[Path]:
    """Write ``figures.sdmx.csv`` and ``figures.sdmx.json`` (the structure) and return their paths.

    ``known`` is the vintage's moment: the same vintage always gives the same bytes.
    """
    from pysdmx.io.csv.sdmx20.writer import write as write_csv  # two seconds to import, only exports need it
    from pysdmx.io.json.sdmxjson2.writer.v2_0.structure import write as write_structure
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model import Concept, ConceptScheme, Dataflow
    from pysdmx.model.message import Header

    codelists = _codelists(reporters, indicators)
    structure = _structure(codelists)
    flow = Dataflow(FLOW, agency=AGENCY, version=VERSION, name="试点统计数据", structure=structure)
    data, described = folder / "figures.sdmx.csv", folder / "figures.sdmx.json"
    text = write_csv([PandasDataset(structure=structure.to_schema(), data=_columns(figures))])
    data.write_text(text or "", encoding="utf-8", newline="")
    header = Header(id=f"{FLOW}-{known:%Y%m%d%H%M%S}", prepared=known)
    concepts = [Concept(name, name=name) for name in (*DIMENSIONS, *MEASURED, *ATTRIBUTES)]
    scheme = ConceptScheme(CONCEPTS, agency=AGENCY, version=VERSION, name="试点统计概念", items=concepts)
    write_structure([*codelists.values(), scheme, structure, flow], described, header=header)
    return [data, described]


def _columns(figures: pd.DataFrame) -> pd.DataFrame:
    names = {old: new for new, old in (DIMENSIONS | MEASURED | ATTRIBUTES).items()}
    table = figures[list(names)].rename(columns=names)
    table["PERIOD"] = table["PERIOD"].replace("", UNSTATED)
    table["SCOPE"] = table["SCOPE"].replace("", NOT_APPLICABLE)
    return table


def _codelists(reporters: pd.DataFrame, indicators: pd.DataFrame) -> dict[str, Codelist]:
    from pysdmx.model import Code, Codelist

    words = {
        "INDICATOR": list(zip(indicators["indicator_id"], indicators["name"], strict=True)),
        "REPORTER": list(zip(reporters["reporter_id"], reporters["name"], strict=True)),
        "MEASURE": [(name, name) for name in MEASURES],
        "QUALIFIER": [(name, name) for name in (*QUALIFIERS, suppression.QUALIFIER)],
    }
    return {
        name: Codelist(
            f"CL_{name}", agency=AGENCY, version=VERSION, name=name, items=[Code(i, name=n) for i, n in pairs]
        )
        for name, pairs in words.items()
    }


def _structure(codelists: dict[str, Codelist]) -> DataStructureDefinition:
    from pysdmx.model import Components, DataStructureDefinition, DataType, Role

    components = [_component(name, Role.DIMENSION, DataType.STRING, codelists) for name in DIMENSIONS]
    components += [_component(name, Role.MEASURE, DataType.DOUBLE, codelists) for name in MEASURED]
    components += [_component(name, Role.ATTRIBUTE, DataType.STRING, codelists) for name in ATTRIBUTES]
    return DataStructureDefinition(
        FLOW, agency=AGENCY, version=VERSION, name="试点统计数据", components=Components(components)
    )


def _component(name: str, role: Role, dtype: DataType, codelists: dict[str, Codelist]) -> Component:
    from pysdmx.model import Component, ItemReference, Role

    codes = codelists.get(name)
    concept = ItemReference("Concept", AGENCY, CONCEPTS, VERSION, name)
    return Component(
        name, required=role is Role.DIMENSION or name == "OBS_VALUE", role=role, concept=concept,
        local_dtype=None if codes else dtype, local_codes=codes,
        attachment_level="O" if role is Role.ATTRIBUTE else None,
    )  # fmt: skip
