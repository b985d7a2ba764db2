"""The page of attacks tried, docs/attacks.md: ``python -m benchmarks.attacks --write`` writes it, test_attacks holds it true."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from loaders.loading import load
from tests.security.attack_files import ATTACKS
from tidy.language import using
from ui.work import archives

PAGE = Path(__file__).resolve().parents[2] / "docs" / "attacks.md"
HEAD = """# 试过的攻击 / Attacks tried

由 `python -m benchmarks.attacks --write` 生成；`tests/security/test_attacks.py` 每次运行都重做这些文件（只量一次的慢文件除外）、核对这张表。
Written by that command; the test makes each file anew (but for the slowest) and holds this table to what its uploader is told.
None may take over 20 s or 1 GB, read another file, reach the network or another person's data. Measured on 2 cores: seconds
by the clock (more than the 19 that a file gets where others took the processor) / of processor, megabytes more in the server / at most in the processes that read.

| # | 攻击 / attack | 文件 / file | 上传的人看到 / what the uploader sees | s | MB |
|---|---|---|---|---:|---:|
"""
BEYOND = """
## 不是文件的攻击 / Attacks that are no files

| 攻击 / attack | 结果 / outcome | 证明 / proof |
|---|---|---|
| 14 种恶意文件名 / hostile file names | 照常读入，名字只当文字 | `test_attacks.py::test_a_hostile_name` |
| 11 种伪造地址 / forged addresses | 页面照常，忽略不认识的值 | `test_attacks.py::test_a_forged_address` |
| 标签里的公式，9 种 / formulas in labels | 各种导出文件里都是文字 | `test_attacks.py::test_a_formula_in_a_label_stays_text_in_every_table_file` |
| 读取进程被攻陷后伪造回答，4 种 / forged answers of a reader taken over | 拒绝，主程序照常 | `tests/loaders/test_wire.py` |
| 伪造的演示地址，12 种 / forged arrangements | 忽略 | `tests/ui/test_stage_kept.py` |
| 伪造会话状态、直接调用受保护函数 / forged session state, direct calls | 拒绝并记入日志 | `test_gate.py`, `test_guard.py` |
| 未登录上传、错误来源、错误主机名 / uploads of strangers, wrong origin, wrong host | 拒绝 | `test_door.py` |
| 伪造的连接：别的页面、控件、无意义的帧、33 MB 的帧 / forged pages, widgets, frames, a frame of 33 MB | 拒绝并记入日志；连接断开 | `test_connection.py` |
| 退出后重用复制的 cookie、重用登录回答 / a copied cookie after sign-out, an answer used twice | 不建立会话 | `test_connection.py`, `test_tokens.py`, `test_signin.py` |
| 错误的 state、nonce、aud、iss、密钥、算法、过期 / wrong tokens | 不建立会话 | `test_tokens.py` |
| 由合计、差、占比、前后两版反推小格 / working out a hidden small cell | 推不出 | `test_small_cells.py`, `tests/tidy/test_suppression.py` |
"""


def told(content: bytes, file: str) -> str:
    """Return the first thing that the uploader of a file is told, in Chinese; what is read says how much."""
    with using("zh"):
        if file.endswith(".zip"):
            return _of_archive(content, file)
        loaded = load(content, file)
    first = next(iter(loaded.problems), None)
    read = f"读出 {len(loaded.cells)} 格" if len(loaded.cells) else ""
    return "；".join(filter(None, [read, f"{first.message} → {first.advice}" if first else ""])) or "读出 0 格"


def _of_archive(content: bytes, file: str) -> str:
    try:
        return f"展开 {len(list(archives.files(content, file)))} 个文件"
    except archives.Refusal as refused:
        return str(refused)


def cell(text: str) -> str:
    """Return a text that stays inside its cell of a Markdown table."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


def rows() -> dict[str, str]:
    """Return what each attack's row says, without number and time."""
    lines = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return {parts[1]: parts[3] for parts in lines if parts[0].strip("| ").isdigit()}


def write(found: Mapping[str, tuple[str, float, float, float, float]]) -> None:
    """Write the page: by attack what was said, seconds by the clock and of processor, megabytes of server and readers."""
    lines = [
        f"| {number} | {name} | `{cell(ATTACKS[name][0])}` | {cell(said)} | {clock:.1f} / {used:.1f} | {server:.0f} / {readers:.0f} |"
        for number, (name, (said, clock, used, server, readers)) in enumerate(found.items(), 1)
    ]
    PAGE.write_text(HEAD + "\n".join(lines) + "\n" + BEYOND, encoding="utf-8")
