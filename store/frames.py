"""An engine's answer as pandas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

# Pages ask small tables for single texts, which Arrow's columns make anew each time: a quarter of a page's time.
TEXT = pd.StringDtype("python", na_value=np.nan)


def as_frame(table: pa.Table) -> pd.DataFrame:
    """Return an engine's answer as pandas: enums as texts, exact sums as floats, missing texts as ``""``."""
    fields = zip(table.schema, table.columns, strict=True)
    return pd.DataFrame({field.name: _column(field, values) for field, values in fields})


def _column(field: pa.Field, values: pa.ChunkedArray) -> pd.Series:
    if _is_text(field.type):
        return pd.Series(_texts(values), dtype=TEXT)
    found = values.to_pandas()
    if pa.types.is_decimal(field.type):  # a count that an engine summed in a wider type has no decimals
        return found.astype(float if field.type.scale else "int64")
    return found.astype("Int64") if field.name == "year" else found  # empty where the source states no period


def _texts(values: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.object_]]:
    """The texts of a column, each word one object however often it stands there: a tenth of the memory."""
    encoded = _encoded(values)
    words = np.array([*encoded.dictionary.to_pylist(), ""], dtype=object)
    found: np.ndarray[Any, np.dtype[np.object_]] = words[encoded.indices.fill_null(len(words) - 1).to_numpy()]
    return found


def translated(values: pa.ChunkedArray, words: Mapping[str, str]) -> pa.Array:
    """Return for each id of a column its word, missing where there is none; looked up once an id."""
    encoded = _encoded(values)
    told = pa.array([words.get(one) for one in encoded.dictionary.to_pylist()], type=pa.string())
    return pa.DictionaryArray.from_arrays(encoded.indices, told)


def _encoded(values: pa.ChunkedArray) -> pa.DictionaryArray:
    column = values.combine_chunks()
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_dictionary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind))
