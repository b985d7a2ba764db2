"""The stops of docs/architecture.md exist: each file, and in it the function to which the table points."""

from __future__ import annotations

import re

import pytest

from scripts import house
from tests.docs.walk import ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
STOPS = re.findall(r"`([\w/]+\.py)`(?: `(\w+)`)?", TEXT)


@pytest.mark.parametrize(("path", "function"), STOPS, ids=lambda one: one or "file")
def test_a_stop_is_there(path: str, function: str) -> None:
    if path == "charts/meta.py":
        assert not (ROOT / path).exists(), "told to be gone"
        return
    assert (ROOT / path).is_file()
    assert not function or re.search(
        rf"^(?:async )?def {function}\(|^{function} = ", (ROOT / path).read_text("utf-8"), re.MULTILINE
    )


@pytest.mark.parametrize("folder", house.CODE)
def test_functions_stay_short(folder: str) -> None:
    lengths = sorted(one.lines for path in house.files(folder) for one in house.functions(path))
    if lengths:
        assert lengths[len(lengths) // 2] <= 10
        assert lengths[int(len(lengths) * 0.9)] <= 30


def test_one_thing_has_one_name() -> None:
    texts = [path.read_text(encoding="utf-8") for folder in house.CODE for path in house.files(folder)]
    for name in ("class FigureMeta", "def rank_text"):
        assert sum(text.count(f"{name}(") + text.count(f"{name}:") for text in texts) == 1, name
