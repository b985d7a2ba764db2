"""All benchmarks: a line each, with the work that is done and what it is measured against."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import partial

from benchmarks.rows import Row


@dataclass(frozen=True)
class Benchmark:
    """A benchmark: its work in words, the module whose function ``call`` gives its rows, whether it takes long."""

    work: str
    module: str
    call: str = "run"
    long: bool = False

    def rows(self) -> list[Row]:
        """Do the work and return what was measured."""
        found: list[Row] = getattr(importlib.import_module(f"benchmarks.{self.module}"), self.call)()
        return found


_Long = partial(Benchmark, long=True)
BENCHMARKS: dict[str, Benchmark] = {
    "loader_speed": Benchmark("a workbook of 200,000 × 12 and a form of four sheets, against a bare expat pass, "
                              "openpyxl and pandas", "loader_speed"),
    "figures_speed": Benchmark("Chinese reports of 10 KB to 10 MB, against a bare scan of the numerals", "figures_speed"),
    "store": Benchmark("queries, publishing and memory at 1 and 10 million figures, against pandas", "store_scale"),
    "store_50m": _Long("the same at 50 million figures", "store_scale", "fifty_million"),
    "store_kill": _Long("kill -9 at 200 random moments of publish, undo and backup", "store_kill"),
    "store_many": _Long("four processes publish and four read for a minute", "store_many"),
    "deck": Benchmark("forty slides as a deck and a workbook, against plain rows", "deck"),
    "interaction": Benchmark("clicks in a real browser at 10 k and 10 M figures, against a plain pandas page at 1 M",
                             "interaction"),
    "peers": Benchmark("one group-by at 1 M figures: pandas, Datasette and Superset", "peers_compared"),
    "users": Benchmark("1 to 100 sessions changing a filter every 5 s, against Superset's API under the same load",
                       "users"),
    "users_shipped": Benchmark("50 and 100 sessions on the figures that come with the program", "users", "shipped"),
    "users_knee": _Long("more and more sessions on one process until its p95 passes 2 s", "users", "knee"),
    "users_nginx": Benchmark("250 sessions on two processes behind nginx", "users", "behind_nginx"),
    "soak": _Long("20 sessions for half an hour: does memory grow", "users", "soak"),
    "growth": Benchmark("loaders, store, pages, exports at 1×, 10×, 100×, with the fitted exponent", "growth"),
    "setup": Benchmark("imports, and everything from nothing: seconds, megabytes, what weighs most", "setup"),
    "awkward": _Long("every awkward workbook beside the project: opened or refused with a message", "awkward"),
    "imtqa": _Long("heading cells of the Chinese tables of IM-TQA beside the project", "imtqa"),
    "tango": _Long("entries, labels and parents of the TANGO tables beside the project", "tango"),
    "seed_recall": _Long("figures of the seeds found, against what was transcribed by hand", "seed_recall"),
    "short": Benchmark("ratios that hold on a busy machine, in seconds; the tests run it", "short"),
}  # fmt: skip


def usual() -> list[str]:
    """Return the names that run when none is asked for."""
    return [name for name, one in BENCHMARKS.items() if not one.long]
