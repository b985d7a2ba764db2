"""How many of the transcribed figures of the seeds the report reader finds, group by group.

    python benchmarks/seed_recall.py [--misses]

Truth is ``data/observations.csv`` (transcribed by readers, kept apart from the loader); the texts
are the seeds beside the project. A figure counts as found when the spans overlap and the value
is the same; precision counts what was found against every figure proposed in the same text.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from loaders.figures.find import find  # noqa: E402
from loaders.figures.model import Figure, Refusal  # noqa: E402

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


def main() -> None:
    """Print recall and precision by source and by group, and how often the fields agree."""
    by_group: Counter[tuple[str, str]] = Counter()
    right: Counter[str] = Counter()
    proposed = hit_figures = 0
    for source, rows in sorted(truths().items()):
        path = SEEDS / f"{source}.txt"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        all_said = list(find(text))
        said = [one for one in all_said if isinstance(one, Figure)]
        used: set[int] = set()
        for row in rows:
            figure = match(row, said)
            by_group[row["group"], "truth"] += 1
            if figure is None:
                if "--misses" in sys.argv:
                    _miss(text, row, all_said)
                continue
            used.add(figure.start)
            by_group[row["group"], "found"] += 1
            right["group"] += figure.group == row["group"]
            right["measure"] += figure.measure == row["measure"]
            right["unit"] += figure.unit == row["unit"]
            right["qualifier"] += figure.printed.qualifier == row["qualifier"]
        proposed += len(said)
        hit_figures += len(used)
        if "--misses" in sys.argv:
            for figure in said:
                if figure.start not in used:
                    print("  extra", source[:3], figure.start, repr(text[figure.start - 14 : figure.end + 12]))
        print(f"{source[:3]}: {len(rows)} transcribed, {len(said)} proposed, {len(used)} of them transcribed")
    _report(by_group, right, proposed, hit_figures)


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


def _report(by_group: Counter[tuple[str, str]], right: Counter[str], proposed: int, hits: int) -> None:
    truth = sum(n for (_, what), n in by_group.items() if what == "truth")
    found = sum(n for (_, what), n in by_group.items() if what == "found")
    for group in sorted({name for name, _ in by_group}):
        print(f"{group or '-':14} recall {by_group[group, 'found']:4} of {by_group[group, 'truth']:4}")
    recall, precision = found / truth if truth else 0.0, hits / proposed if proposed else 0.0
    print(f"all: recall {recall:.3f} ({found} of {truth}), precision {precision:.3f} ({hits} of {proposed})")
    for name, count in right.items():
        print(f"{name} the same: {count / found:.3f}")


if __name__ == "__main__":
    main()
