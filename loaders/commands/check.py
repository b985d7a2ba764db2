"""``python -m loaders check FILE… [-o ANNOTATED.xlsx]``: all checks, and the workbook given back with notes."""

from __future__ import annotations

import sys
from pathlib import Path

from loaders.annotate import annotate
from loaders.commands.shared import arguments, load_all, say, status
from loaders.loaded import Loaded
from loaders.refusal import Refused
from tidy.language import _


def run(argv: list[str]) -> int:
    """Print all problems of the files in ``argv``; return the exit status of design.md section 6."""
    parser = arguments("check", _("全部检查，并交还批注过的工作簿"))
    parser.add_argument("-o", "--out", type=Path, metavar="ANNOTATED.xlsx")
    options = parser.parse_args(argv)
    if options.out and len(options.files) > 1:
        parser.error(_("-o 只能用于一个文件"))
    loaded = load_all(options)
    for path, one in zip(options.files, loaded, strict=True):
        print(_summary(one), file=sys.stderr)
        if options.out and one.kind in ("workbook", "template"):
            _write(path, one, options.out)
    return status(loaded)


def _summary(one: Loaded) -> str:
    count = {level: sum(p.severity == level for p in one.problems) for level in ("error", "warning", "note")}
    return _("{name}：{cells} 个数据单元格，读入 {rows} 行；错误 {error}，警告 {warning}，提示 {note}").format(
        name=one.name, cells=len(one.cells), rows=len(one.observations), **count
    )


def _write(path: Path, one: Loaded, out: Path) -> None:
    try:
        annotated = annotate(path, one.problems)
    except Refused as refused:
        say([refused.problem])
        return
    out.write_bytes(annotated.content)
    for loss in annotated.losses:
        print(f"{out.name}: {loss}", file=sys.stderr)
