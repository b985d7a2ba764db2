"""The words by which reports are read: CSV files under ``data/lexicon`` that an analyst can edit.

Each file has a header row; cells hold alternatives separated by ``|``. This module reads them
once and turns them into tries, so that a text is scanned by one regular expression per job.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "lexicon"
OWN = "PILOTS_LEXICON"
BUNDLE = 32  # first letters that a trie asks for together
Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of ``data/lexicon/<name>.csv``; raise ``FileNotFoundError`` without it.

    A federation's own rows, in a file of the same name in the folder that ``PILOTS_LEXICON``
    names, come first: what reviewers correct is kept there and not in the shipped files.
    """
    own = Path(os.environ.get(OWN, "")) / f"{name}.csv"
    paths = [own] if os.environ.get(OWN) and own.exists() else []
    found: list[Row] = []
    for path in (*paths, FOLDER / f"{name}.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += csv.DictReader(file)
    return tuple(found)


def split(cell: str) -> list[str]:
    """Return the alternatives of one cell: ``"名|位"`` → ``["名", "位"]``."""
    return [word for word in cell.split("|") if word]


def each(name: str, column: str) -> Iterator[tuple[str, Row]]:
    """Yield (word, row) for every alternative in ``column``, last row first: in a dict the first row wins."""
    for row in reversed(rows(name)):
        for word in split(row[column]):
            yield word, row


def column(name: str, key: str, value: str) -> dict[str, str]:
    """Return word → cell, from two columns of a lexicon file."""
    return {word: row[value] for word, row in each(name, key)}


def chosen(name: str, role: str, *, key: str = "words", by: str = "role") -> list[str]:
    """Return the words of all rows whose ``by`` cell is ``role``."""
    return [word for word, row in each(name, key) if row[by] == role]


def trie(words: Iterable[str]) -> str:
    """Return a regular expression for the longest of ``words`` at a place; linear to match.

    >>> trie(["工会", "工会会员", "会员"])
    '(?:会员|工会(?:会员)?)'
    """
    return _branch(sorted(set(filter(None, words)))) or r"(?!)"


def _branch(words: list[str]) -> str:
    """Alternatives for sorted words; those with one first letter share it, and many letters are asked in bundles."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[0], []).append(word)
    parts = [_head(tails) for tails in heads.values()]
    if len(heads) > 3 * BUNDLE:
        letters = list(heads)
        parts = [_bundle(letters[n : n + BUNDLE], parts[n : n + BUNDLE]) for n in range(0, len(letters), BUNDLE)]
        return _bundle(letters, parts)
    return parts[0] if len(parts) == 1 and not parts[0].startswith("(") and len(words) == 1 else _group(parts)


def _bundle(letters: list[str], parts: list[str]) -> str:
    """``parts`` behind one look at the next letter: the engine passes them all by at once."""
    return f"(?=[{''.join(map(re.escape, letters))}]){_group(parts)}"


def _group(parts: list[str]) -> str:
    return f"(?:{'|'.join(parts)})" if parts else ""


def _head(words: list[str]) -> str:
    """All words that begin alike: their common beginning, then what follows it."""
    common = words[0]
    while not all(word.startswith(common) for word in words):
        common = common[:-1]
    rest = [word[len(common) :] for word in words if len(word) > len(common)]
    if not rest:
        return re.escape(common)
    tail = _branch(rest)
    optional = "?" if common in words else ""
    return re.escape(common) + (f"(?:{tail})?" if optional and not tail.startswith("(?:") else tail + optional)
