"""How many of the expected reporters have reported."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tidy.language import _


@dataclass(frozen=True, slots=True)
class Reported:
    """``count`` reporters of ``expected``; ``None`` where nobody declared who should report."""

    count: int
    expected: int | None = None

    @property
    def complete(self) -> bool:
        """True when everyone expected has reported."""
        return self.expected is not None and self.count >= self.expected

    def __str__(self) -> str:
        if self.expected is None:
            return _("{count} 家填报").format(count=self.count)
        return _("{expected} 家中 {count} 家填报").format(expected=self.expected, count=self.count)


def reported(table: pd.DataFrame, expected: pd.DataFrame) -> Reported:
    """Return how many of the reporters in ``expected`` have a row in ``table``."""
    names = set(expected["reporter_id"].tolist())
    return Reported(len(names & set(table["reporter_id"].tolist())), len(names))
