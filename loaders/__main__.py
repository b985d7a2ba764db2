"""``python -m loaders COMMAND …``: spreadsheets and reports to tidy tables (design, section 6)."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

from tidy.language import _

COMMANDS = {
    "cells": "loaders.commands.cells",
    "figures": "loaders.figures.command",
    "read": "loaders.commands.read",
    "check": "loaders.commands.check",
    "template": "loaders.commands.template",
    "load": "loaders.commands.load",
}


def main(argv: list[str]) -> int:
    """Run one command; return 0 (done), 1 (errors in the input were listed) or 2 (wrong use)."""
    if argv[:1] in (["-h"], ["--help"]):
        print(usage())
        return 0
    if not argv or argv[0] not in COMMANDS:
        print(usage(), file=sys.stderr)
        return 2
    command = importlib.import_module(COMMANDS[argv[0]])
    try:
        return int(command.run(argv[1:], *_brought(argv[0])))
    except BrokenPipeError:  # the reader of our lines has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _brought(command: str) -> list[Callable[[], Any]]:
    """Return what a command needs from outside: only here may the loaders know the store."""
    if command != "load":
        return []
    from store import open_store

    return [open_store]


def usage() -> str:
    """Return the list of commands."""
    lines = {
        "cells": _("表格的数据单元格及其表头路径，每行一个 JSON"),
        "figures": _("报告正文中的数字，每行一个 JSON"),
        "read": _("表格或报告 → 标准数据表"),
        "check": _("全部检查，并交还批注过的工作簿"),
        "template": _("生成填报表"),
        "load": _("读取、检查并发布为一个批次"),
    }
    return "\n".join([_("用法：python -m loaders 命令 文件…"), *(f"  {name:9} {what}" for name, what in lines.items())])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
