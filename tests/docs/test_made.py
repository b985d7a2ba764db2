"""Pages and pictures made from code are what the code would make today."""

from __future__ import annotations

import sys

import pytest

from scripts import layers, reference


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_is_fresh(name: str) -> None:
    if name == "commands.md" and sys.version_info >= (3, 13):
        pytest.skip("argparse words its help differently since Python 3.13; the page is made with 3.11")
    kept = (reference.REFERENCE / name).read_text(encoding="utf-8")
    assert kept == reference.PAGES[name](), "stale: run `make reference`"


def test_the_layer_picture_is_fresh() -> None:
    assert layers.PICTURE.read_text(encoding="utf-8") == layers.draw(), "stale: run `make reference`"


def test_the_picture_sees_an_import_and_tells_commands_apart() -> None:
    assert layers.imports("charts", commands=False) == {"tidy"}
    assert layers.imports("loaders", commands=False) == {"tidy"}
    assert "store" in layers.imports("loaders", commands=True)


def test_every_command_says_what_it_does_in_both_languages() -> None:
    text = reference.commands()
    assert "usage: python -m store undo" in text
    assert "撤回一批发布" in text
    assert "withdraw a release" in text.lower()
    for module in reference.BY_DOCSTRING:
        assert f"### python -m {module.removesuffix('.__main__')}" in text
