"""``python -m loaders read FILE… [-o OUT.csv|.parquet] [--problems P.csv]``: any file to the tidy table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from loaders.commands.shared import arguments, load_all, status, write_table
from loaders.read.observations import COLUMNS
from tidy.language import _
from tidy.problems import Problem


def run(argv: list[str]) -> int:
    """Print or write the observations of the files in ``argv``; return the exit status of design.md section 6."""
    parser = arguments("read", _("表格或报告 → 标准数据表"))
    parser.add_argument("-o", "--out", type=Path, metavar="OUT.csv|.parquet")
    parser.add_argument("--problems", type=Path, metavar="P.csv", help=_("把全部问题另存为表"))
    options = parser.parse_args(argv)
    loaded = load_all(options)
    tables = [one.observations for one in loaded if not one.observations.empty]
    write_table(pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS)), options.out)
    if options.problems:
        columns = list(Problem.__dataclass_fields__)
        write_table(
            pd.DataFrame([p.as_row() for one in loaded for p in one.problems], columns=columns), options.problems
        )
    return status(loaded)
