"""``python -m loaders template GROUP… [--city C] [--period P] [-o FILE.xlsx]``: the form to fill in."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

import pandas as pd

from loaders.commands.shared import say
from loaders.refusal import Refused
from loaders.template.form import design
from loaders.template.write import write
from tidy.language import _
from tidy.schema import GROUPS, read_reference, read_table


def run(argv: list[str]) -> int:
    """Write the form that ``argv`` asks for; return 0, or 2 for a group, city or period that does not exist."""
    parser = argparse.ArgumentParser(prog="python -m loaders template", description=_("生成填报表"))
    parser.add_argument("groups", nargs="+", metavar="GROUP", help=" ".join(GROUPS))
    parser.add_argument("--city", default="", help=_("设区市，如 杭州市；不填为全省"))
    parser.add_argument("--period", default=str(dt.date.today().year), help=_("统计时期，如 2018-H1"))
    parser.add_argument("-o", "--out", type=Path, metavar="FILE.xlsx")
    parser.add_argument("--previous", type=Path, metavar="OBSERVATIONS.csv", help=_("上期数据，默认用随程序发布的"))
    options = parser.parse_args(argv)
    reference = read_reference()
    try:
        form = design(
            options.groups, options.period, reference, city=options.city, published=_published(options.previous)
        )
    except Refused as refused:
        say([refused.problem])
        return 2
    out = options.out or Path(f"{form.id}.xlsx")
    out.write_bytes(write(form, reference))
    print(
        _("{file}：{reporters} 个单位 × {indicators} 项指标，表单编号 {id}").format(
            file=out, reporters=len(form.reporters), indicators=len(form.indicators), id=form.id
        ),
        file=sys.stderr,
    )
    return 0


def _published(path: Path | None) -> pd.DataFrame:
    return (
        read_table("observations")
        if path is None
        else pd.read_csv(path, keep_default_na=False, na_values={"value": [""]})
    )
