"""The list of libraries, and that a secret would be found."""

from __future__ import annotations

import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from deploy import audit, supply
from deploy.libraries import Library


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


def test_a_secret_is_found_where_there_is_no_git(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("key = AKIA" + "ABCDEFGHIJKLMNOP", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "made.txt").write_text("key = AKIA" + "ABCDEFGHIJKLMNOP", encoding="utf-8")
    assert list(supply.secrets(tmp_path)) == ["settings.toml:1: cloud key"]


def test_every_library_is_pinned_with_its_hashes() -> None:
    libraries = supply.libraries()
    assert len(libraries) > 40
    assert all(one.hashes for one in libraries)


def test_the_bill_of_materials_names_them_all() -> None:
    bill = supply.sbom()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert {part["purl"] for part in bill["components"]} >= {f"pkg:pypi/streamlit@{version('streamlit')}"}
    assert len(bill["components"]) == len(supply.libraries())


def test_no_pinned_library_is_known_to_be_vulnerable() -> None:
    assert not list(audit.known(supply.libraries()))
    assert not list(audit.other_than_pinned(supply.libraries()))


def test_every_kept_advisory_would_be_found() -> None:
    pinned = {one.name for one in supply.libraries()}
    for row in audit.kept():
        assert row["library"] in pinned, f"{row['library']} is not used any more: delete its lines"
        old = Library(row["library"], "0.0.1", "", ())
        assert any(row["id"] in line for line in audit.known([old]))


def test_another_version_than_the_pinned_is_found() -> None:
    assert list(audit.other_than_pinned([Library("pandas", "0.1", "", ())]))


@pytest.mark.parametrize(("printed", "found", "unasked"), [
    ('{"dependencies": [{"name": "pypdf", "version": "1.0", "vulns": [{"id": "X-1", "fix_versions": ["2.0"]}]}]}', ["pypdf 1.0: X-1 → 2.0"], []),
    ('{"dependencies": [{"name": "pypdf", "skip_reason": "not found"}]}', [], ["pypdf"]), ("", [], ["all"]),
], ids=["vulnerable", "not asked", "no network"])  # fmt: skip
def test_what_could_not_be_asked_is_not_called_sound(printed: str, found: list[str], unasked: list[str]) -> None:
    assert audit.online(lambda _command: printed) == (found, unasked)
