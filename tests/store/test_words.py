"""Every sentence of the store has its English."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tidy.language import catalogue

FOLDER = Path(__file__).resolve().parents[2] / "store"


def sentences() -> list[str]:
    """The texts given to ``_()`` anywhere in the store."""
    calls = (node for path in FOLDER.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    found = (call.args[0] for call in calls if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_")
    return sorted({text.value for text in found if isinstance(text, ast.Constant)})


@pytest.mark.parametrize("sentence", sentences())
def test_each_sentence_has_english_with_the_same_places(sentence: str) -> None:
    english = catalogue("en")[sentence]
    assert english != sentence
    places = {part.split("}")[0] for part in sentence.split("{")[1:]}
    assert places == {part.split("}")[0] for part in english.split("{")[1:]}
