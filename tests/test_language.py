"""Every word on screen has its English; no catalogue holds a word that nobody says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tidy import language

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("dashboard.py", "pages", "ui", "loaders", "store", "charts", "exports", "tidy")
FIELDS = re.compile(r"{[^{}]*}")


def said() -> dict[str, str]:
    """Every literal inside ``_(…)`` with the place where it is said."""
    found: dict[str, str] = {}
    for name in FOLDERS:
        for path in [ROOT / name] if name.endswith(".py") else sorted((ROOT / name).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args:
                    text = node.args[0]
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        found.setdefault(text.value, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def test_every_word_has_its_english() -> None:
    english = language.catalogue("en")
    missing = [f"{where}: {text}" for text, where in said().items() if not english.get(text)]
    assert not missing, "\n".join(missing)


def test_fields_survive_translation() -> None:
    english = language.catalogue("en")
    names = {text: {f.split(":")[0] for f in FIELDS.findall(text)} for text in said()}
    wrong = [
        text
        for text, fields in names.items()
        if {f.split(":")[0] for f in FIELDS.findall(english.get(text, ""))} - fields
    ]
    assert not wrong


@pytest.mark.parametrize("path", sorted((ROOT / "locale" / "en").glob("*.po")), ids=lambda path: path.name)
def test_catalogues_can_be_read_and_hold_no_dead_words(path: Path) -> None:
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    words = said()
    assert not [m.id for m in messages if m.id not in words or m.fuzzy]
