"""``python -m loaders load FILE… --by NAME --note TEXT``: read, check, publish as one release."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Protocol

import pandas as pd

from loaders.commands.shared import arguments, load_all, say, status
from loaders.loaded import Loaded
from tidy import samples
from tidy.language import _
from tidy.problems import DataProblems, Problem
from tidy.schema import Reference

LAYOUTS = "layout"


class Store(Protocol):
    """What publishing asks of a store; :mod:`store` has it, and ``loaders/__main__.py`` hands it in."""

    def observations(self) -> pd.DataFrame: ...
    def reporters(self) -> pd.DataFrame: ...
    def indicators(self) -> pd.DataFrame: ...
    def sources(self) -> pd.DataFrame: ...
    def aliases(self, kind: str) -> dict[str, str]: ...
    def recall_all(self, kind: str) -> dict[str, Any]: ...
    def load_id(self) -> int: ...
    def publish(self, observations: pd.DataFrame, **details: Any) -> Any: ...


def run(argv: list[str], open_store: Callable[[], Store]) -> int:
    """Publish the figures of the files in ``argv``: all of them, or none when one has an error."""
    parser = arguments("load", _("读取、检查并发布为一个批次"))
    parser.add_argument("--by", required=True, metavar="NAME", help=_("发布人"))
    parser.add_argument("--note", required=True, metavar="TEXT", help=_("发布说明"))
    options = parser.parse_args(argv)
    try:
        store = open_store()
        seen = store.load_id()
        loaded = load_all(options, **brought(store))
        if status(loaded):
            print(_("有错误，未发布"), file=sys.stderr)
            return 1
        return _publish(store, loaded, options.files, options.by, options.note, seen)
    except DataProblems as faults:
        say(faults.problems)
    except Exception as error:
        if not type(error).__module__.startswith("store"):
            raise
        say([Problem("store", str(error))])
    return 1


def brought(store: Store) -> dict[str, Any]:
    """Return what a store knows that helps reading: names, spellings, layouts, published figures."""
    return {
        "reference": Reference(store.reporters(), store.indicators(), store.sources()),
        "aliases": {kind: store.aliases(kind) for kind in ("indicator", "reporter", "period")},
        "memory": store.recall_all(LAYOUTS), "previous": store.observations(),
    }  # fmt: skip


def _publish(store: Store, loaded: list[Loaded], files: list[Any], by: str, note: str, seen: int) -> int:
    tables = [one.observations for one in loaded if not one.observations.empty]
    if not tables:
        print(_("没有可发布的数据"), file=sys.stderr)
        return 1
    sources = pd.concat([one.sources for one in loaded], ignore_index=True).drop_duplicates("source_id")
    if any(samples.is_sample(path.read_bytes()) for path in files):
        note = samples.said(note)
    release = store.publish(
        pd.concat(tables, ignore_index=True), by=by, note=note, files=files, sources=sources, expected_load_id=seen
    )
    print(_("已发布第 {id} 批，{rows} 行").format(id=release.id, rows=release.rows))
    return 0
