"""The list of libraries, and that a secret would be found."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from deploy import supply


def test_nothing_secret_is_under_version_control() -> None:
    assert list(supply.secrets()) == []


@pytest.mark.parametrize("line", [
    "-----BEGIN " + "RSA PRIVATE KEY-----", "key = AKIA" + "ABCDEFGHIJKLMNOP", "gh" + "p_" + "a1" * 18,
    'client_' + 'secret = "abcdef0123456789"', "postgresql://pilots:" + "hunter22@db.example/p",
    "eyJ" + "a" * 24 + ".eyJ" + "b" * 24 + "." + "c" * 24,
])  # fmt: skip
def test_a_planted_secret_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "settings.toml").write_text(f"x = 1\n{line}\n", encoding="utf-8")
    for command in (["git", "init", "-q"], ["git", "add", "settings.toml"]):
        subprocess.run(command, cwd=tmp_path, check=True)
    assert [found.rpartition(":")[0] for found in supply.secrets(tmp_path)] == ["settings.toml:2"]


def test_every_library_is_pinned_with_its_hashes() -> None:
    libraries = supply.libraries()
    assert len(libraries) > 40
    assert all(one.hashes for one in libraries)


def test_the_bill_of_materials_names_them_all() -> None:
    bill = supply.sbom()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert {part["purl"] for part in bill["components"]} >= {
        f"pkg:pypi/streamlit@{supply.metadata.version('streamlit')}"
    }
    assert len(bill["components"]) == len(supply.libraries())
