"""Reporters, indicators and sources as a vintage knows them: the shipped rows, then what releases added."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from store import parquet
from store.base import TABLES, StoredFile, Vintage
from store.objects import Objects
from tidy.schema import COLUMNS


def load(objects: Objects, vintage: Vintage, files: Sequence[tuple[int, StoredFile]]) -> dict[str, pd.DataFrame]:
    """Return the three tables at a vintage; a stronger release's row replaces a weaker one's, by id."""
    strength = {release.id: rank for rank, release in enumerate(vintage.releases)}
    believed = sorted(((strength[n], f) for n, f in files if n in strength and f.role in TABLES), key=lambda x: x[0])
    return {name: _merged(name, [parquet.read(objects.local(f.sha256)) for _rank, f in believed if f.role == name])
            for name in TABLES}  # fmt: skip


def _merged(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS[name]))
    together = pd.concat(parts, ignore_index=True)
    return together.drop_duplicates(COLUMNS[name][0], keep="last").reset_index(drop=True)
