"""What is remembered of a form: decisions of a person, found again by a fingerprint of its headings.

The store keeps them as small dictionaries by fingerprint; the same decisions can stand in a TOML file
beside a form.  What can be decided::

    reporter = "hangzhou-federation"   # who, when, which unit: overrule the lines above the table
    period = "2018-H1"
    unit = "万人"
    ignore = ["组织建设!A20:H25"]        # cells that are no data
    header = [3, 4]                     # the rows of the headings
    stub = ["A", "B"]                   # the columns of the row headings
    [indicator]                         # spelling -> id; likewise [reporter] and [period]
    "单建" = "single_employer_unions"
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from loaders.grid.model import Merge, Sheet, column_index, parse_range
from loaders.layout import Table
from loaders.read.context import Context
from loaders.refusal import Refused
from loaders.vocabulary import Aliases, key
from loaders.vocabulary.units import unit
from tidy import periods
from tidy.language import _

Memory = Mapping[str, Mapping[str, Any]]
YEARS = re.compile(r"(?:19|20)\d\d")
NAMES = ("indicator", "reporter", "period")
KNOWN = {"reporter", "period", "unit", "city", "ignore", "header", "stub", "indicator", "fingerprint", "note"}


@dataclass(frozen=True, slots=True)
class Hints:
    """The decisions for one form, read and checked."""

    context: Context = field(default_factory=Context)
    aliases: Aliases = field(default_factory=dict)
    ignore: tuple[tuple[str, Merge], ...] = ()
    header: tuple[int, ...] = ()
    stub: tuple[int, ...] = ()


def fingerprint(tables: Sequence[Table]) -> str:
    """Return a short name for the headings of a form: the same next year, whatever its figures and years are."""
    words = []
    for table in tables:
        heads = {
            (label.row - table.top, label.column, label.text)
            for figure in islice(table.figures, 2_000)
            for path in figure.columns
            for label in path
        }
        named = table.side if table.pairs else table.names
        heads |= {(label.row - table.top, label.column, label.text) for label in named}
        words += [f"{row},{column},{key(YEARS.sub('年', text))}" for row, column, text in sorted(heads)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def read_hints(path: Path) -> dict[str, Any]:
    """Return the decisions of a TOML hint file; raise ``Refused`` when it is no TOML or says unknown things."""
    try:
        decided = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(
            "bad_hints",
            _("提示文件 {name} 无法读取：{why}").format(name=path.name, why=error),
            _("按说明书中的例子改写"),
        ) from error
    return decided


def hints(decided: Mapping[str, Any]) -> Hints:
    """Check and sort what was decided; raise ``Refused`` naming the entry that cannot be used."""
    for name in decided:
        if name not in KNOWN:
            raise _refused(name, _("没有这一项"))
    period = str(decided.get("period", ""))
    named = period if isinstance(decided.get("period", ""), str) else ""
    if not periods.is_valid(named):
        raise _refused("period", period)
    return Hints(_context(decided, named), _aliases(decided), _ignored(decided), _rows(decided), _columns(decided))


def _context(decided: Mapping[str, Any], period: str) -> Context:
    named = unit(str(decided["unit"])) if "unit" in decided else None
    if "unit" in decided and named is None:
        raise _refused("unit", str(decided["unit"]))
    reporter = decided.get("reporter", "")
    return Context(
        reporter if isinstance(reporter, str) else "", str(decided.get("city", "")), period, (named,) if named else ()
    )


def _aliases(decided: Mapping[str, Any]) -> Aliases:
    tables = {name: decided.get(name) for name in NAMES}
    return {
        name: {str(k): str(v) for k, v in table.items()} for name, table in tables.items() if isinstance(table, Mapping)
    }


def _ignored(decided: Mapping[str, Any]) -> tuple[tuple[str, Merge], ...]:
    found = []
    for text in decided.get("ignore", []):
        sheet, _mark, reach = str(text).rpartition("!")
        try:
            found.append((sheet, parse_range(reach)))
        except (ValueError, IndexError) as error:
            raise _refused("ignore", str(text)) from error
    return tuple(found)


def _rows(decided: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(int(number) - 1 for number in decided.get("header", []))


def _columns(decided: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(column_index(str(letters)) for letters in decided.get("stub", []))


def _refused(name: str, why: str) -> Refused:
    return Refused("bad_hints", _("提示 {name} 不能用：{why}").format(name=name, why=why), _("按说明书中的例子改写"))


def without_ignored(sheet: Sheet, ignored: Sequence[tuple[str, Merge]]) -> Sheet:
    """Blank the cells of a sheet that a person has said are no data."""
    for name, reach in ignored:
        if name in ("", sheet.name):
            _blank(sheet, reach)
    return sheet


def _blank(sheet: Sheet, reach: Merge) -> None:
    for row in range(reach.top - sheet.top, reach.bottom - sheet.top + 1):
        for column in range(reach.left - sheet.left, reach.right - sheet.left + 1):
            if 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row]):
                sheet.rows[row][column] = None
