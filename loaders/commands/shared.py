"""What the commands that load files have in common: their options, their messages, their tables on disk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from loaders.loaded import Loaded
from loaders.loading import load
from loaders.memory import read_hints
from loaders.refusal import Refused
from tidy.language import _
from tidy.problems import Problem


def arguments(name: str, description: str) -> argparse.ArgumentParser:
    """Return a parser that knows FILE… and what a person can decide about them."""
    parser = argparse.ArgumentParser(prog=f"python -m loaders {name}", description=description)
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--hints", type=Path, metavar="FORM.toml", help=_("写明表头、时期、单位等判断的提示文件"))
    parser.add_argument("--period", help=_("统计时期，如 2018-H1"))
    parser.add_argument("--reporter", help=_("填报单位编号"))
    return parser


def decided(options: argparse.Namespace) -> dict[str, Any] | None:
    """Return what the options decide; ``None`` when they decide nothing. Raises ``Refused`` for bad hints."""
    found = read_hints(options.hints) if options.hints else {}
    found |= {name: value for name in ("period", "reporter") if (value := getattr(options, name))}
    return found or None


def load_all(options: argparse.Namespace, **known: Any) -> list[Loaded]:
    """Load the files of the command line and print their problems; raise ``SystemExit`` 2 for bad hints."""
    try:
        wanted = decided(options)
    except (Refused, OSError) as error:
        say([error.problem] if isinstance(error, Refused) else [Problem("bad_hints", str(error))])
        raise SystemExit(2) from error
    loaded = []
    for path in options.files:
        loaded.append(load(path, decided=wanted, **known))
        say(loaded[-1].problems)
    return loaded


def say(problems: Iterable[Problem]) -> None:
    """Print problems to standard error, a line each."""
    for problem in problems:
        print(problem, file=sys.stderr)


def status(loaded: Iterable[Loaded]) -> int:
    """Return 1 when a file has an error, else 0."""
    return int(any(problem.severity == "error" for one in loaded for problem in one.problems))


def write_table(table: pd.DataFrame, out: Path | None) -> None:
    """Write a table as Parquet or CSV (with a BOM, so that spreadsheet programs read it); without ``out`` print it."""
    if out is None:
        table.to_csv(sys.stdout, index=False)
    elif out.suffix == ".parquet":
        table.to_parquet(out, index=False)
    else:
        table.to_csv(out, index=False, encoding="utf-8-sig")
