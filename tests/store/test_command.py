"""``python -m store``: what it prints, what it returns, in either language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store import Store
from store.__main__ import main
from tests.store.conftest import figures

NEW = ("r3", "members", "2019", "stock", "13人")
CORRECTED = ("r1", "members", "2017", "stock", "1300人")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(embedded: Store, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a small store; return its status, output and messages."""
    monkeypatch.setenv("PILOTS_STORE", str(embedded.location.folder))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr("store.store.DATA", data)
    monkeypatch.setattr("store.__main__.open_store", lambda data=data: __import__("store").open_store(data=data))

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_init_and_status(run: Run) -> None:
    assert run("init")[:2] == (0, "存储已就绪：1 批发布\n")
    status, out, _err = run("status", "--json")
    facts = json.loads(out)
    assert status == 0
    assert (facts["releases"], facts["figures"], facts["trouble"]) == (1, 6, "")
    assert "figures: 6" in run("status")[1]


def test_releases_diff_and_undo(run: Run, embedded: Store) -> None:
    embedded.publish(figures(CORRECTED, NEW, prefix="n"), by="甲", note="更正")
    status, out, err = run("diff", 1, 2)
    assert status == 0
    assert "修改\t单位1\t会员\t2017\t1200人 → 1300人\t#2 甲: 更正" in out
    assert "新增\t单位3\t会员\t2019\t13人\t#2 甲: 更正" in out
    assert "共 2 处不同" in err
    assert run("undo", 2, "--by", "乙", "--why", "录错") == (0, "第 2 批已由第 3 批撤回\n", "")
    lines = run("releases")[1].splitlines()
    assert [line.split("\t")[0] for line in lines] == ["1", "2", "3"]
    assert "已撤回" in lines[1]
    assert "录错" in lines[2]


def test_backup_verify_and_restore(run: Run, embedded: Store, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "b.zip")[0] == 0
    release = embedded.publish(figures(NEW, prefix="n"), by="甲", note="新")
    assert run("verify")[:2] == (0, "全部核对无误\n")
    embedded.objects.local(embedded.releases()[-1].sha256).unlink()
    status, _out, err = run("verify")
    assert status == 1
    assert f"第 {release.id} 批发布 observations.parquet: 文件丢失 → 用 restore 从备份恢复" in err
    assert run("restore", tmp_path / "b.zip")[0] == 0
    assert run("verify")[0] == 0


def test_export_of_a_vintage(run: Run, embedded: Store, tmp_path: Path) -> None:
    embedded.publish(figures(NEW, prefix="n"), by="甲", note="新")
    assert run("export", tmp_path / "out", "--as-of", "1")[0] == 0
    assert "n1" not in (tmp_path / "out/observations.csv").read_text(encoding="utf-8")
    assert run("export", tmp_path / "out")[0] == 0
    assert "n1" in (tmp_path / "out/observations.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("wrong", [
    ["frob"], [], ["undo", "1"], ["undo", "99", "--by", "甲", "--why", "错"], ["undo", "1", "--by", " ", "--why", "错"],
    ["diff", "1", "yesterday"], ["restore", "nothing.zip"], ["export"],
], ids=str)  # fmt: skip
def test_wrong_use_is_told_and_returns_two(run: Run, wrong: list[str]) -> None:
    status, out, err = run(*wrong)
    assert status == 2
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


def test_a_damaged_archive_returns_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK")
    status, _out, err = run("restore", tmp_path / "bad.zip")
    assert status == 1
    assert "bad.zip" in err


def test_messages_come_in_english_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert run("init")[1] == "Store ready: 1 releases\n"
    message = run("undo", 99, "--by", "a", "--why", "b")[2]
    assert message == "There is no release 99 → list them with python -m store releases\n"


def test_the_module_runs_as_a_program(embedded: Store) -> None:
    environment = {
        **os.environ,
        "PILOTS_STORE": str(embedded.location.folder),
        "LANG": "zh_CN.UTF-8",
        "PILOTS_LOG": "json",
    }
    done = subprocess.run(
        [sys.executable, "-m", "store", "verify"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "全部核对无误", "")
