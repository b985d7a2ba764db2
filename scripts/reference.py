"""The reference made from code: ``python -m scripts.reference`` (make reference) writes docs/reference/ again.

``data.md`` comes from tidy/schema.py, the tables in data/ and the words beside them; ``commands.md`` from the
commands' own ``--help`` in both languages. A test fails when either is stale.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidy import language, schema
from tidy.exhibits import group_name
from tidy.format import unit_name
from tidy.schema import read_meta, read_table

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make reference`; change the code or data it comes from, not this page. -->"
TABLES = ("observations", "reporters", "indicators", "sources", "qualifiers", "identities", "contradictions",
          "known_errors", "numerals_not_figures", "annotations")  # fmt: skip
WORDS = {
    "group": schema.GROUPS, "measure": schema.MEASURES, "qualifier": schema.QUALIFIERS, "direction": schema.DIRECTIONS,
    "pilot_type": schema.PILOT_TYPES, "pilot_level": schema.PILOT_LEVELS, "kind": schema.REPORTER_KINDS,
    "period_type": schema.PERIOD_TYPES,
}  # fmt: skip
COMMANDS = {
    "loaders": ("cells", "figures", "read", "check", "template", "load"),
    "store": ("init", "status", "releases", "diff", "undo", "verify", "backup", "restore", "export"),
    "exports": (),
    "ui.server": (),
}
BY_DOCSTRING = ("deploy.check", "deploy.supply", "benchmarks.__main__", "benchmarks.fuzz", "benchmarks.seed_recall",
                "benchmarks.imtqa", "scripts.samples", "scripts.demo", "scripts.reference", "scripts.layers",
                "scripts.house")  # fmt: skip


def dictionary() -> str:
    """Return the data dictionary: every table with its columns, the allowed words, the qualifiers, the indicators."""
    lines = [MADE, "# 数据字典 · Data dictionary", "", *_allowed(), "", *_qualifiers()]
    for name in TABLES:
        lines += ["", *_table(name)]
    return "\n".join([*lines, "", *_indicators(), ""])


def _allowed() -> Iterator[str]:
    yield "## 允许的词 · Allowed words"
    yield ""
    yield "| 列 column | 词 words |"
    yield "|---|---|"
    for name, words in WORDS.items():
        yield f"| `{name}` | {' · '.join(f'`{word}`' for word in words if word)} |"


def _qualifiers() -> Iterator[str]:
    yield "## 限定词 · What a printed qualifier means"
    yield ""
    yield "v 是所印的数，u 是末位有效数字的一个单位。v is the printed number, u one unit in its last significant digit."
    yield ""
    yield "| 所印 printed | 性质 qualifier | 下界 low | 上界 high | 含义 | meaning |"
    yield "|---|---|---|---|---|---|"
    for row in read_table("qualifiers").itertuples():
        printed = "、".join(str(row.printed).split("|")) or "—"
        ends = (_end(str(row.low), row.low_open), _end(str(row.high), row.high_open))
        yield f"| {printed} | {row.qualifier} | {ends[0]} | {ends[1]} | {row.meaning} | {row.meaning_en} |"


def _end(rule: str, is_open: str) -> str:
    if rule in ("", "nan"):
        return "—"
    return f"{rule} (excluded)" if is_open == "true" else rule


def _table(name: str) -> Iterator[str]:
    meta, columns = read_meta(name), [column for column in read_table(name).columns if column != "line"]
    yield f"## {name}.csv · {meta['title']} · {meta['title_en']}"
    yield ""
    yield f"{' '.join(meta['notes'])}"
    yield ""
    yield f"{' '.join(meta['notes_en'])}"
    yield ""
    yield "| 列 column | 含义 | meaning |"
    yield "|---|---|---|"
    for column in columns:
        said = meta["columns"][column]
        yield f"| `{column}` | {said['meaning']} | {said['meaning_en']} |"


def _indicators() -> Iterator[str]:
    yield "## 指标 · Indicators"
    table = read_table("indicators")
    for group in schema.GROUPS:
        names = [_in(one, group_name, group) for one in language.LANGUAGES]
        yield from ("", f"### {names[0]} · {names[1]} (`{group}`)", "")
        yield "| 编号 id | 名称 | name | 单位 | 计量 measure | 相加 adds | 公式 formula | 定义 |"
        yield "|---|---|---|---|---|---|---|---|"
        yield from (_indicator(row) for row in table[table["group"] == group].itertuples())


def _indicator(row: Any) -> str:
    formula = f"`{row.numerator_id}` ÷ `{row.denominator_id}`" if row.numerator_id and row.denominator_id else ""
    cells = (f"`{row.indicator_id}`", row.name, row.name_en, _in("zh", unit_name, row.unit), row.measure,
             "✓" if row.additive else "", formula, row.definition)  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _in(one: str, function: Any, *arguments: str) -> str:
    with language.using(one):
        return str(function(*arguments))


def commands() -> str:
    """Return the command-line reference: every command's help in both languages, and what has only a description."""
    lines = [MADE, "# 命令 · Commands", "", "退出码 exit status：0 完成 done · 1 完成，但输入有错，已列出 errors were listed · 2 用法不对 wrong use", ""]  # fmt: skip
    for module, names in COMMANDS.items():
        lines += [f"## python -m {module}", "", *_helps(module)]
        for name in names:
            lines += [f"### python -m {module} {name}", "", *_helps(module, name)]
    lines += ["## 维护用的 · For the people who keep the project", ""]
    for module in BY_DOCSTRING:
        lines += [f"### python -m {module.removesuffix('.__main__')}", "", "```text", _described(module), "```", ""]
    return "\n".join(lines)


def _helps(module: str, *names: str) -> Iterator[str]:
    for one in language.LANGUAGES:
        yield from ("```text", help_of(module, *names, lang=one), "```", "")


def help_of(module: str, *names: str, lang: str) -> str:
    """Return what ``python -m MODULE NAME --help`` prints in a language."""
    home = importlib.import_module(module if module == "ui.server" else f"{module}.__main__")
    said, width = io.StringIO(), os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "110"
    try:
        with language.using(lang), contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
            home.main([*names, "--help"])
    finally:
        os.environ.pop("COLUMNS") if width is None else os.environ.update(COLUMNS=width)
    return said.getvalue().strip()


def _described(module: str) -> str:
    """What a module says of itself, without importing it."""
    source = (ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")
    return str(ast.get_docstring(ast.parse(source)))


PAGES = {"data.md": dictionary, "commands.md": commands}


def main() -> int:
    """Write the pages."""
    REFERENCE.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
