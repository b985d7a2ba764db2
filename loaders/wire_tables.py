"""Tables on the wire between the reading process and its host: Arrow column by column, checked before it is used."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa

from loaders import wire
from loaders.read.shared import is_shared
from loaders.wire import NotOurs

TEXT = (pd.StringDtype(na_value=float("nan")), object)
PLAIN = ("str", "object", "bool", "boolean", "int64", "Int64", "int32", "float64", "datetime64[ns]",
         "datetime64[us]", "datetime64[s]")  # fmt: skip


def write(frame: pd.DataFrame, parts: list[bytes]) -> dict[str, Any]:
    """Write a table: what Arrow takes as one type as columns of one Arrow table, what it does not as values."""
    arrays: list[Any] = []
    index = [] if isinstance(frame.index, pd.RangeIndex) and frame.index.start == 0 else [frame.index.to_series()]
    columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
    made: dict[str, Any] = {"names": wire.written(list(frame.columns), parts), "rows": len(frame)}
    made["index"] = [_column(one, arrays, parts) for one in index]
    made["columns"] = [_column(one, arrays, parts) for one in columns]
    if arrays:
        made["arrow"] = len(parts)
        parts.append(_stream(arrays))
    return made


def _column(column: pd.Series, arrays: list[Any], parts: list[bytes]) -> list[Any]:
    kind = str(column.dtype)
    if is_shared(column.dtype):  # the host gets plain words
        return _words(column, arrays, parts)
    if kind == "category":
        codes = _column(column.cat.codes.astype("int64"), arrays, parts)
        return ["codes", wire.written(column.cat.categories.tolist(), parts), codes]
    try:
        array = pa.array(column, pa.string()).dictionary_encode() if column.dtype in TEXT else pa.array(column)
    except (pa.ArrowException, UnicodeEncodeError):
        return ["values", kind, wire.written(column.tolist(), parts)]
    if kind not in PLAIN:
        return ["values", "object", wire.written(column.tolist(), parts)]
    arrays.append(array)
    return ["arrow", kind, len(arrays) - 1]


def _words(column: pd.Series, arrays: list[Any], parts: list[bytes]) -> list[Any]:
    try:
        words = pa.array(column.cat.categories, pa.string())
    except (pa.ArrowException, UnicodeEncodeError):
        return ["values", "object", wire.written(column.tolist(), parts)]
    arrays.append(pa.DictionaryArray.from_arrays(pa.array(column.cat.codes, pa.int32(), mask=column.isna()), words))
    return ["arrow", "object", len(arrays) - 1]


def _stream(arrays: list[Any]) -> bytes:
    sink = pa.BufferOutputStream()
    table = pa.table(arrays, names=[str(number) for number in range(len(arrays))])
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def read(said: Any, parts: list[memoryview]) -> pd.DataFrame:
    """Return the table that :func:`write` wrote."""
    arrays = _opened(parts[said["arrow"]]) if "arrow" in said else None
    columns = [_series(one, arrays, parts) for one in said["columns"]]
    names = wire.read(said["names"], parts)
    rows = int(said["rows"])
    index = pd.Index(_series(said["index"][0], arrays, parts)) if said["index"] else pd.RangeIndex(rows)
    if not columns:
        return pd.DataFrame(index=index, columns=names or None)
    frame = pd.concat(columns, axis=1)
    frame.columns, frame.index = pd.Index(names), index
    return frame


def _opened(part: memoryview) -> Any:
    table = pa.ipc.open_stream(part).read_all()
    table.validate(full=True)  # offsets that lead out of the message would be read by native code
    return table


def _series(said: Any, arrays: Any, parts: list[memoryview]) -> pd.Series:
    way, kind, where = said
    if way == "codes":
        codes = _series(where, arrays, parts)
        return pd.Series(pd.Categorical.from_codes(codes, pd.Index(wire.read(kind, parts), dtype="str")))
    if kind not in PLAIN or way not in ("arrow", "values"):
        raise NotOurs(str(kind)[:40])
    if way == "values":
        return pd.Series(wire.read(where, parts), dtype=kind)
    found = arrays.column(where).combine_chunks()
    if pa.types.is_dictionary(found.type):  # texts repeat: each is made once
        words = pd.array([*found.dictionary.to_pylist(), None], dtype=kind)
        return pd.Series(words.take(found.indices.fill_null(len(words) - 1).to_numpy()), dtype=kind)
    found = found.to_pandas()
    return found if str(found.dtype) == kind else found.astype(kind)
