"""How many of the transcribed figures of the seeds the report reader finds, group by group.

    python -m benchmarks.seed_recall [--misses]

Truth is ``data/observations.csv`` (transcribed by readers, kept apart from the loader); the texts
are the seeds beside the project. A figure counts as found when the spans overlap and the value
is the same; precision counts what was found against every figure proposed in the same text.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.rows import Row
from benchmarks.rows import row as line
from loaders.figures.find import find
from loaders.figures.model import Figure, Refusal

ROOT = Path(__file__).resolve().parent.parent

SEEDS = ROOT.parent / "shared" / "seeds"
Truth = dict[str, str]


def truths() -> dict[str, list[Truth]]:
    """Return the transcribed figures by source, each with ``start``, ``end`` and ``group``."""
    with (ROOT / "data" / "indicators.csv").open(encoding="utf-8-sig") as file:
        groups = {row["indicator_id"]: row for row in csv.DictReader(file)}
    found: dict[str, list[Truth]] = defaultdict(list)
    with (ROOT / "data" / "observations.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            start, dash, end = row["locator"].partition("-")
            if dash and start.isdigit() and end.isdigit():
                known = groups.get(row["indicator_id"], {})
                found[row["source_id"]].append(
                    {**row, "start": start, "end": end, "group": known.get("group", ""), "name": known.get("name", "")}
                )
    return found


def match(truth: Truth, said: Iterable[Figure]) -> Figure | None:
    """Return the proposed figure with the same value whose span overlaps ``truth``."""
    start, end, value = int(truth["start"]), int(truth["end"]), float(truth["value"] or "nan")
    for figure in said:
        same = abs(figure.printed.value - value) <= 1e-6 * max(1.0, abs(value))
        if figure.start < end and start < figure.end and same:
            return figure
    return None


@dataclass
class Score:
    """What was transcribed and found by group, which fields agree, how much was proposed."""

    by_group: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    proposed: int = 0
    hits: int = 0

    @property
    def truth(self) -> int:
        """How many figures were transcribed."""
        return sum(n for (_group, what), n in self.by_group.items() if what == "truth")

    @property
    def found(self) -> int:
        """How many of them were found."""
        return sum(n for (_group, what), n in self.by_group.items() if what == "found")


def score(misses: bool = False) -> Score:
    """Read every seed that is there and compare; ``misses`` prints each difference."""
    total = Score()
    for source, rows in sorted(truths().items()):
        path = SEEDS / f"{source}.txt"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                _compare(source, rows, file.read(), total, misses)
    return total


def _compare(source: str, rows: list[Truth], text: str, total: Score, misses: bool) -> None:
    all_said = list(find(text))
    said = [one for one in all_said if isinstance(one, Figure)]
    used: set[int] = set()
    for row in rows:
        figure = match(row, said)
        total.by_group[row["group"], "truth"] += 1
        if figure:
            used.add(figure.start)
            total.by_group[row["group"], "found"] += 1
            total.right.update(_agreeing(figure, row))
        elif misses:
            _miss(text, row, all_said)
    total.proposed += len(said)
    total.hits += len(used)
    for figure in said if misses else ():
        if figure.start not in used:
            print("  extra", source[:3], figure.start, repr(text[figure.start - 14 : figure.end + 12]))


def _agreeing(figure: Figure, row: Truth) -> list[str]:
    said = {
        "group": figure.group,
        "measure": figure.measure,
        "unit": figure.unit,
        "qualifier": figure.printed.qualifier,
    }
    return [name for name, value in said.items() if value == row[name]]


def run() -> list[Row]:
    """Recall, precision and how often the fields agree; none where the seeds are not beside the project."""
    total = score()
    if not total.truth:
        return []
    rows = [line("recall", total.found / total.truth, "", f"{total.truth} transcribed"),
            line("precision", total.hits / max(1, total.proposed), "", f"{total.proposed} proposed")]  # fmt: skip
    return rows + [line(f"{name} the same", count / total.found, "") for name, count in total.right.items()]


def _miss(text: str, row: Truth, said: list[Figure | Refusal]) -> None:
    start, end = int(row["start"]), int(row["end"])
    why = [
        one.reason if isinstance(one, Refusal) else f"value {one.printed.value}"
        for one in said
        if one.start < end and start < one.end
    ]
    print(
        "  missed",
        row["source_id"][:3],
        start,
        repr(text[start - 14 : start]),
        row["as_printed"],
        repr(text[end : end + 10]),
        why,
    )


def main() -> None:
    """Print recall by group, precision, and how often the fields agree."""
    total = score("--misses" in sys.argv)
    for group in sorted({name for name, _what in total.by_group}):
        print(f"{group or '-':14} recall {total.by_group[group, 'found']:4} of {total.by_group[group, 'truth']:4}")
    print(f"all: {total.found} of {total.truth} transcribed, {total.hits} of {total.proposed} proposed")
    for name, count in total.right.items():
        print(f"{name} the same: {count / total.found:.3f}")


if __name__ == "__main__":
    main()
