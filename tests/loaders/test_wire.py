"""Between the reading process and its host: everything comes back as it was, and nothing can be made to run."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import sandbox, wire
from loaders.annotate import Annotated
from loaders.loading import Wishes, read_workbook
from loaders.read.cells import plain
from loaders.refusal import Refused
from loaders.report_text.model import Piece
from tests.security.attack_parts import sheet, table, workbook
from tidy.problems import Problem
from tidy.schema import read_reference

ROOT = Path(__file__).resolve().parent.parent.parent
VALUES = [
    None, True, 7, -2.5, "嘉兴市\ud800\x00", b"\x00\xff", [1, [2]], (1, (2, "x")), {"a": 1, (1, 2): {"b"}}, frozenset({1}),
    Path("/a/b.xlsx"), dt.date(2018, 10, 1), dt.datetime(2018, 10, 1, 8, 30), dt.time(8, 30), dt.timedelta(hours=3),
    Problem("code", "message", cell="B12"), Annotated(b"PK", ["图形"]), Piece("正文", 1, 3), np.float64(1.5), np.int64(3),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back(value: Any) -> None:
    assert wire.unpack(wire.pack(("item", value))) == ("item", value)


def test_a_refusal_comes_back_with_its_three_words() -> None:
    back = wire.unpack(wire.pack(Refused("password", "文件设有打开密码", "请去掉密码")))
    assert (back.problem.code, str(back), back.problem.advice) == ("password", "文件设有打开密码", "请去掉密码")


@pytest.mark.parametrize("frame", [
    pd.DataFrame(), pd.DataFrame(columns=["a", "b"]), pd.DataFrame({"a": [1.5, float("nan")]}, index=["x", "y"]),
    pd.DataFrame({"a": pd.Series(["x", None, "x"], dtype="str"), "b": pd.Series(["x", None, "y"], dtype=object)}),
    pd.DataFrame({"a": pd.Categorical(["x", None], categories=["x", "never"])}), pd.DataFrame({0: [1, 2], "b": [True, False]}),
    pd.DataFrame({"a": pd.Series([2018, None], dtype="Int64"), "b": pd.Series([1, "一"], dtype=object)}),
    pd.DataFrame({"a": pd.to_datetime(["2018-10-01", None])}), pd.DataFrame({"a": ["半\ud800", "b"]}, dtype=object),
], ids=range(9))  # fmt: skip
def test_a_table_comes_back(frame: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(wire.unpack(wire.pack(frame)), frame)


def test_a_whole_reading_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(sheet(table())))
    here = read_workbook(path, path.name, Wishes())
    there = sandbox.call("loaders.loading:read_workbook", path, path.name, Wishes(reference=read_reference()))
    for field in fields(here):
        mine, its = getattr(here, field.name), getattr(there, field.name)
        if isinstance(mine, pd.DataFrame):
            pd.testing.assert_frame_equal(its, plain(mine))
        else:
            assert its == mine, field.name


class Loaded:
    """Named as a class that may cross; it is another."""


@pytest.mark.parametrize(
    "value", [print, object(), Loaded(), re.compile("x"), 1j], ids=lambda value: type(value).__name__
)
def test_what_is_not_known_is_not_sent(value: object) -> None:
    with pytest.raises(wire.NotOurs):
        wire.pack(value)


def message(text: str) -> bytes:
    content = text.encode()
    return (1).to_bytes(4, "big") + len(content).to_bytes(8, "big") + content


@pytest.mark.parametrize("text", [
    '{"class": ["Popen", "reboot"]}', '{"class": ["os.system", "reboot"]}', '{"class": []}', '{"eval": "1"}', '{"bytes": 5}',
    '{"table": {"names": [], "rows": 1, "index": [], "columns": [["arrow", "str", 0]]}}', '{"class": ["Problem"]}', "{", "",
    '{"table": {"names": ["a"], "rows": 1, "index": [], "columns": [["values", "no dtype", [1]]]}}', "[" * 100_000,
    '{"tuple": 1, "dict": 2}', '{"date": "yesterday"}', '{"moment": 5}', '{"dict": [[{"tuple": [[]]}, 1]]}',
])  # fmt: skip
def test_a_forged_message_is_refused(text: str) -> None:
    with pytest.raises(wire.NotOurs):
        wire.unpack(message(text))


@pytest.mark.parametrize("job", ["forge", "forge_size", "forge_refusal", "forge_pickle"])
def test_a_reader_taken_over_can_only_end_its_own_work(job: str, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    with pytest.raises(Refused) as refused:
        sandbox.call(f"tests.loaders.jobs:{job}", str(mark))
    assert refused.value.problem.code == "reader_died"
    assert not mark.exists()
    assert sandbox.call("tests.loaders.jobs:add", 1, 1) == 2


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400), st.booleans())
def test_a_damaged_message_is_refused_or_read(junk: bytes, at: int, cut: bool) -> None:
    whole = wire.pack(("item", pd.DataFrame({"a": ["x", "y"], "b": [1.0, 2.0]}), Problem("a", "b")))
    broken = whole[:at] + junk + (b"" if cut else whole[at + len(junk) :])
    try:
        wire.unpack(broken)
    except wire.NotOurs:
        return


# Both ends of one pipe are this program, and neither reads what was uploaded (docs/decisions/006-second-process.md).
OWN_PIPE = {"ui/elsewhere.py", "ui/maker.py"}


def test_pickles_nowhere_but_between_the_server_and_its_second_process() -> None:
    """Neither pickle nor what pickles behind one's back: multiprocessing, shelve, joblib, read_pickle, marshal."""
    banned = re.compile(
        r"\b(c?[pP]ickle|dill|joblib|shelve|marshal|multiprocessing|ProcessPoolExecutor|read_pickle|to_pickle)\b|allow_pickle=True"
    )
    ours = [
        path
        for name in ("tidy", "loaders", "store", "charts", "exports", "ui", "pages", "deploy")
        for path in (ROOT / name).rglob("*.py")
    ]
    code = {path: re.sub(r'"""[\s\S]*?"""|#.*', "", path.read_text(encoding="utf-8")) for path in ours}
    assert {path.relative_to(ROOT).as_posix() for path, text in code.items() if banned.search(text)} == OWN_PIPE
    imports = re.compile(r"^from ui import .*\b(elsewhere|maker)\b|\bui\.(elsewhere|maker)\b", re.MULTILINE)
    opened = {path.relative_to(ROOT).as_posix() for path, text in code.items() if imports.search(text)}
    assert opened == OWN_PIPE | {"ui/cached.py", "ui/server.py"}, "nothing that reads uploads talks through that pipe"
    assert banned.search(f"import {pickle.__name__}")
