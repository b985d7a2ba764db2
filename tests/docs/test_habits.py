"""What guards a commit is what guards CI, and examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys

import pytest
import yaml

from tests.conftest import LONGEST
from tests.docs.walk import ROOT

WITH_EXAMPLES = sorted(
    path
    for folder in ("tidy", "loaders", "store", "charts", "exports")
    for path in (ROOT / folder).rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


def test_the_hooks_are_the_lint_target() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook["entry"].removeprefix(".venv/bin/") for repo in config["repos"] for hook in repo["hooks"]]
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    lint = [line.strip().removeprefix("$(BIN)/").removesuffix(" .") for line in recipe[1].splitlines()]
    assert hooks == lint
    assert all(repo["repo"] == "local" for repo in config["repos"])


def test_the_hooks_can_be_read_by_pre_commit() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0


def test_some_docstrings_show_examples() -> None:
    assert len(WITH_EXAMPLES) >= 5


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_in_docstrings_are_true(path: object) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")  # type: ignore[attr-defined]
    done = doctest.testmod(importlib.import_module(name))
    assert done.attempted
    assert not done.failed


def test_the_modules_that_begin_first_exist() -> None:
    assert not [name for name in LONGEST if not (ROOT / "tests" / name).is_file()]
