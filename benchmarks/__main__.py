"""``make bench``: run the benchmarks, write ``benchmarks/results.json`` and ``docs/performance.md``.

``python -m benchmarks NAME …`` runs some; the others keep their last results. ``--list`` names them.
"""

from __future__ import annotations

import argparse
import sys
import time

from benchmarks import registry, report
from benchmarks.budget import broken


def main(asked: list[str]) -> int:
    """Run what is asked (everything that is not long by default); 1 when a ratio of the budget is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *registry.BENCHMARKS], metavar="NAME")
    parser.add_argument("--list", action="store_true", help="name the benchmarks and their work")
    wanted = parser.parse_args(asked)
    if wanted.list:
        print("\n".join(f"{name:14} {one.work}" for name, one in registry.BENCHMARKS.items()))
        return 0
    for name in wanted.names or registry.usual():
        print(f"{name} …", file=sys.stderr, flush=True)
        started = time.monotonic()
        rows = registry.BENCHMARKS[name].rows()
        report.merge(name, rows, time.monotonic() - started)
    worse = broken(report.kept())
    for line in worse:
        print(line, file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
