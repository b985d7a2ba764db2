"""What loading a file gives: the tidy rows, what is wrong, and what every cell was taken for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from tidy.problems import Problem, worst

Kind = Literal["workbook", "template", "report", "refused"]


@dataclass(slots=True)
class Loaded:
    """The result of :func:`loaders.load`; nothing of the file is unaccounted for.

    ``observations`` are rows of the tidy table (with ``scope`` and ``same_as``), ``sources`` the file's
    row for the table of sources, ``cells`` one row a figure cell with its ``state`` (``stored``, or
    why it is not), ``roles`` one row a filled cell with the part it plays, ``layouts`` the fingerprint of
    each table with how sure its reading is.
    """

    name: str
    kind: Kind
    observations: pd.DataFrame
    problems: list[Problem]
    cells: pd.DataFrame
    roles: pd.DataFrame
    sources: pd.DataFrame
    layouts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def publishable(self) -> bool:
        """True when there are figures and no problem is an error."""
        return not self.observations.empty and worst(self.problems) != "error"
