"""Throw mutated inputs at the parsers: ``python -m benchmarks.fuzz [--inputs N] [--tables N] [--files N] [--seed S]``.

``--inputs`` texts go through the parsers of figures, periods and addresses in turn; ``--tables`` broken tables in text of
each kind are read in this process; ``--files`` broken files of each kind are read as uploads are. A parser may refuse;
anything else it raises is a crash and is printed with its input. Prints inputs and crashes by parser; 1 for a crash.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import fuzz_files
from loaders import wire
from loaders.figures.find import find
from loaders.grid import parse_a1
from loaders.refusal import Refused
from store import StoreError, backup, open_store
from store.location import locate
from tidy import numerals, periods, values
from tidy.schema import read_table
from ui.stage import kept

PIECES = (*"0123456789零一二三四五六七八九十百千万亿两余多近约超—-~/.,，、。%％（）()[]{}<>&;:：\t\n\r \x00\ufeff\u202e\U0001f600", "万人", "以上",
          "不足", "数十", "几百", "2018-H1", "2013/2018", "../", "..", "年", "月", "=1+1", "A1", "XFD1048576", "sqlite:///", "?files=",
          "<table", "</td>", "&#x110000;", "e999", "NaN", "٣", "Ⅷ", "①", "½", "半")  # fmt: skip
REFUSALS = (ValueError, StoreError, Refused)


@dataclass
class Tally:
    """How many inputs a parser has seen and which ones broke it."""

    inputs: int = 0
    refused: int = 0
    unforeseen: int = 0  # refused by the reading process for a reason that nobody foresaw
    crashes: list[str] = field(default_factory=list)


def texts(chance: random.Random, seeds: list[str]) -> Iterator[str]:
    """Yield printed phrases with pieces put in, left out, doubled and swapped, without end."""
    while True:
        pieces = list(chance.choice(seeds))
        for _change in range(chance.randint(1, 6)):
            at = chance.randint(0, len(pieces))
            kind = chance.random()
            if kind < 0.5:
                pieces.insert(at, chance.choice(PIECES))
            elif kind < 0.75:
                del pieces[at : at + chance.randint(1, 3)]
            else:
                pieces[at:at] = pieces[: chance.randint(0, 8)] * chance.randint(1, 4)
        yield "".join(pieces)


def parsers() -> dict[str, Callable[[str], object]]:
    """Return the parsers of text by name."""
    return {
        "numerals.scan": lambda text: list(numerals.scan(text)), "numerals.number": numerals.number,
        "values.parse": values.parse, "periods.parse": periods.parse, "figures.find": lambda text: list(find(text)),
        "grid.parse_a1": parse_a1, "store.locate": locate, "stage.kept": lambda text: kept.arrangement("x", text),
        "wire.unpack": lambda text: wire.unpack(FRAME[: len(text) % 90] + text.encode("utf-8", "surrogatepass") + FRAME[90:]),
        "backup.check": _backup,
    }  # fmt: skip


FRAME = wire.pack(("item", {"a": [1, "甲", (2.5, None)]}, read_table("sources").head(2)))


def _backup(text: str) -> None:
    """Give the store's import an archive with something changed."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(
            ARCHIVE[: len(text) % len(ARCHIVE)] + text.encode("utf-8", "surrogatepass") + ARCHIVE[len(text) % 50 :]
        )
        file.flush()
        backup.check(Path(file.name))


def _archive() -> bytes:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        store, path = open_store(f"{folder}/store", data=None), Path(folder, "backup.zip")
        store.backup(path)
        store.close()
        return path.read_bytes()


ARCHIVE = _archive()


def try_one(parse: Callable[[object], object], given: object, tally: Tally) -> None:
    """Give one input to one parser and note what came of it."""
    tally.inputs += 1
    try:
        parse(given)
    except REFUSALS as refusal:
        tally.refused += 1
        tally.unforeseen += isinstance(refusal, Refused) and refusal.problem.code == "unreadable"
    except Exception:
        tally.crashes.append(f"{given!r:.200}\n{traceback.format_exc(limit=-3)}")


def of_text(count: int, chance: random.Random) -> dict[str, Tally]:
    """Run ``count`` mutated texts through the parsers in turn; an archive is tried with one in a hundred."""
    seeds = [*read_table("observations")["as_printed"], "2018-H1", "../2018-10", "B12", "postgresql://u@h/d?files=/x"]
    tallies = {name: Tally() for name in parsers()}
    source = texts(chance, seeds)
    while sum(tally.inputs for tally in tallies.values()) < count:
        given = next(source)
        for name, parse in parsers().items():
            if name != "backup.check" or not tallies["values.parse"].inputs % 100:
                try_one(parse, given, tallies[name])  # type: ignore[arg-type]
    return tallies


def of_files(name: str, count: int, chance: random.Random, read: Callable[[Path], object]) -> Tally:
    """Break ``count`` files of a kind and read them."""
    tally, make = Tally(), {**fuzz_files.TABLES, **fuzz_files.FILES}[name]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / f"upload{name[name.rindex('.') :]}"
        for _number in range(count):
            path.write_bytes(make(chance))
            try_one(read, path, tally)  # type: ignore[arg-type]
    return tally


def main() -> int:
    """Run, print a line a parser, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--tables", type=int, default=2_000)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20181001)
    wanted = parser.parse_args()
    began, chance = time.monotonic(), random.Random(wanted.seed)
    tallies = of_text(wanted.inputs, chance)
    tallies |= {name: of_files(name, wanted.tables, chance, fuzz_files.read_here) for name in fuzz_files.TABLES}
    tallies |= {name: of_files(name, wanted.files, chance, fuzz_files.read_apart) for name in fuzz_files.FILES}
    for name, tally in tallies.items():
        print(
            f"{name:24} {tally.inputs:8} inputs {tally.refused:8} refused {tally.unforeseen:4} of them unforeseen {len(tally.crashes):4} crashes"
        )
    for crash in [crash for tally in tallies.values() for crash in tally.crashes][:10]:
        print(crash)
    crashes = sum(len(tally.crashes) for tally in tallies.values())
    print(
        f"{sum(tally.inputs for tally in tallies.values())} inputs, {crashes} crashes, {time.monotonic() - began:.0f} s"
    )
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
