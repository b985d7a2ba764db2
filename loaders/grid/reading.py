"""Which reader opens which kind of file, and what is said when none does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from loaders.grid import text, xlsx
from loaders.grid.model import Sheet
from loaders.sniff import Kind, sniff

Reader = Callable[[Path], list[Sheet]]

READERS: dict[Kind, tuple[Reader, ...]] = {
    "xlsx": (xlsx.read,),
    "text": (text.read,),
}


def read(path: Path) -> list[Sheet]:
    """Return the sheets of a spreadsheet file."""
    return READERS[sniff(path)][0](path)
