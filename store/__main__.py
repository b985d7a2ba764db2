"""``python -m store``: look at, undo, check, back up and export what is published.

Exit status: 0 done, 1 done with faults that are listed or refused with a message, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from store.base import AsOf
from store.clock import HOME, moment
from store.diff import COMPARED
from store.errors import NotFound, StoreError, WrongUse
from store.store import Store, open_store
from tidy import logs
from tidy.language import _, listed
from tidy.problems import DataProblems


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = _parser().parse_args(arguments)
    logs.set_up(logging.WARNING)
    try:
        # A damaged or half-restored store must still open for verify and restore.
        store = open_store(data=None) if given.command in ("verify", "restore") else open_store()
        try:
            return COMMANDS[given.command](store, given)
        finally:
            store.close()
    except (NotFound, WrongUse) as error:
        return _say(error, 2)
    except (StoreError, DataProblems) as error:
        return _say(error, 1)
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _say(error: Exception, status: int) -> int:
    print(error, file=sys.stderr)
    return status


def init(store: Store, given: argparse.Namespace) -> int:
    """Make the store and publish the shipped figures; harmless when that is done already."""
    print(_("存储已就绪：{n} 批发布").format(n=len(store.releases())))
    return 0


def status(store: Store, given: argparse.Namespace) -> int:
    """Print the store's state; 1 when it serves an older vintage because of trouble."""
    facts = store.status()
    text = json.dumps(facts, ensure_ascii=False) if given.json else "\n".join(f"{k}: {v}" for k, v in facts.items())
    print(text)
    return 1 if facts["trouble"] else 0


def releases(store: Store, given: argparse.Namespace) -> int:
    """Print one line a release: number, time, who, rows, whether in force, note."""
    for r in store.releases():
        state = _("有效") if r.in_force else _("已撤回")
        known = "" if r.known_from == r.at else _("（{time} 起公开）").format(time=r.known_from.astimezone(HOME))
        time = r.at.astimezone(HOME).isoformat(" ", "seconds")
        print(r.id, time, r.by, _("{n} 个数").format(n=r.rows), state, r.note + known, sep="\t")
    return 0


def diff(store: Store, given: argparse.Namespace) -> int:
    """Print figure by figure what differs between two releases or dates."""
    table = store.diff(_vintage(given.a), _vintage(given.b))
    words = {"added": _("新增"), "changed": _("修改"), "withdrawn": _("撤回")}
    for row in table.itertuples():
        old, new = (_printed(row, side) for side in ("old", "new"))
        what = f"{old} → {new}" if row.change == "changed" else old or new
        reason = f"#{row.release_id} {row.by}: {row.note}"
        print(words[row.change], row.reporter_name, row.indicator_name, row.period, what, reason, sep="\t")
    print(_("共 {n} 处不同").format(n=len(table)), file=sys.stderr)
    return 0


def _printed(row: object, side: str) -> str:
    number, printed = (getattr(row, f"{name}_{side}") for name in (COMPARED[0], "as_printed"))
    return "" if pd.isna(number) else str(printed or f"{number:g}")


def undo(store: Store, given: argparse.Namespace) -> int:
    """Withdraw a release by a new one."""
    release = store.undo(given.release, by=given.by, why=given.why)
    print(_("第 {old} 批已由第 {new} 批撤回").format(old=given.release, new=release.id))
    return 0


def verify(store: Store, given: argparse.Namespace) -> int:
    """Re-hash and check everything; list what is wrong and return 1 when anything is."""
    problems = store.verify()
    for problem in problems:
        print(problem, file=sys.stderr)
    print(_("发现 {n} 处问题").format(n=len(problems)) if problems else _("全部核对无误"))
    return 1 if problems else 0


def backup(store: Store, given: argparse.Namespace) -> int:
    """Write one archive of everything."""
    number = store.backup(given.file)
    print(_("已备份 {n} 个文件到 {path}").format(n=number, path=given.file))
    return 0


def restore(store: Store, given: argparse.Namespace) -> int:
    """Put back what an archive holds."""
    gone = store.restore(given.file, by=given.by)
    print(_("已恢复：{n} 批发布").format(n=len(store.releases())))
    if gone:
        print(_("备份之后的发布已不在：第 {numbers} 批；审计日志仍记着它们").format(numbers=listed(map(str, gone))))
    return 0


def export(store: Store, given: argparse.Namespace) -> int:
    """Write the vintage in open formats."""
    for path in store.export(given.folder, _vintage(given.as_of) if given.as_of else None):
        print(path)
    return 0


def _vintage(text: str) -> AsOf:
    """Read a release number or an ISO date; raise ``WrongUse`` for anything else."""
    if text.isdecimal() and len(text) < 8:
        return int(text)
    try:
        return moment(text)
    except ValueError:
        raise WrongUse(_("{text} 不是发布号或日期 → 写成 3 或 2018-10-31").format(text=text)) from None


COMMANDS: dict[str, Callable[[Store, argparse.Namespace], int]] = {
    "init": init, "status": status, "releases": releases, "diff": diff, "undo": undo, "verify": verify,
    "backup": backup, "restore": restore, "export": export,
}  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m store", description=_("管理已发布的数据（PILOTS_STORE）"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    helps = {"init": _("建立存储"), "status": _("查看状态"), "releases": _("列出发布"), "diff": _("比较两批发布"),
             "undo": _("撤回一批发布"), "verify": _("核对全部文件"), "backup": _("备份"), "restore": _("从备份恢复"),
             "export": _("导出开放格式")}  # fmt: skip
    sub = {name: commands.add_parser(name, help=text, description=text) for name, text in helps.items()}
    sub["status"].add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    for name in ("a", "b"):
        sub["diff"].add_argument(name, metavar=name.upper(), help=_("发布号或日期"))
    sub["undo"].add_argument("release", type=int, metavar="RELEASE", help=_("发布号"))
    sub["undo"].add_argument("--by", required=True, metavar="NAME", help=_("操作人"))
    sub["undo"].add_argument("--why", required=True, metavar="TEXT", help=_("理由"))
    for name in ("backup", "restore"):
        sub[name].add_argument("file", type=Path, metavar="FILE", help=_("备份文件"))
    sub["restore"].add_argument("--by", default="system", metavar="NAME", help=_("操作人"))
    sub["export"].add_argument("folder", type=Path, metavar="DIR", help=_("导出目录"))
    sub["export"].add_argument("--as-of", metavar="DATE", help=_("按此日期（或发布号）所知的数据"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
