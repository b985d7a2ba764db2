"""What the layout rules find: tables of figures with the headings that each figure stands under."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, overload

Role = Literal["data", "total", "text", "missing", "error"]


class Label(NamedTuple):
    """A heading cell, by its address in the sheet (rows and columns from 0)."""

    row: int
    column: int
    text: str


Path = tuple[Label, ...]


class Figure(NamedTuple):
    """A cell of the data area: where it stands, what it is, its heading paths outermost first."""

    row: int
    column: int
    role: Role
    rows: tuple[Path, ...]
    columns: tuple[Path, ...]
    unit: str


class Shape(NamedTuple):
    """Which columns of a row hold figures, their parts, and the heading paths over them; rows share few of these."""

    columns: tuple[int, ...]
    roles: tuple[Role, ...]
    heads: tuple[tuple[Path, ...], ...]


class Line(NamedTuple):
    """A row of a table's figures with the paths of its headings."""

    row: int
    paths: tuple[Path, ...]
    shape: Shape


class OnDemand(Sequence[Figure]):
    """Figures that are made row by row as they are walked through, and kept only once they are counted or picked."""

    def __init__(self, lines: Callable[[], Iterator[Line]], unit: str) -> None:
        self.lines = lines
        self._unit = unit
        self._kept: list[Figure] | None = None

    def _all(self) -> list[Figure]:
        if self._kept is None:
            self._kept = list(self._made())
        return self._kept

    def _made(self) -> Iterator[Figure]:
        unit = self._unit
        for row, paths, shape in self.lines():
            for column, role, heads in zip(*shape, strict=True):
                yield Figure(row, column, role, paths, heads, unit)

    def __iter__(self) -> Iterator[Figure]:
        return self._made() if self._kept is None else iter(self._kept)

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, place: int) -> Figure: ...
    @overload
    def __getitem__(self, place: slice) -> list[Figure]: ...
    def __getitem__(self, place: int | slice) -> Figure | list[Figure]:
        return self._all()[place]


class Beside(Sequence[Label]):
    """Row headings that are made when they are asked for; ``made(row)`` gives those before a row, or all."""

    def __init__(self, made: Callable[[int | None], list[Label]]) -> None:
        self.before = made

    def __iter__(self) -> Iterator[Label]:
        return iter(self.before(None))

    def __len__(self) -> int:
        return len(self.before(None))

    @overload
    def __getitem__(self, place: int) -> Label: ...
    @overload
    def __getitem__(self, place: slice) -> list[Label]: ...
    def __getitem__(self, place: int | slice) -> Label | list[Label]:
        return self.before(None)[place]


def lines(figures: Sequence[Figure]) -> Iterator[Line]:
    """Yield figures row by row, as they stand."""
    if isinstance(figures, OnDemand):
        yield from figures.lines()
        return
    for (row, paths), own in itertools.groupby(figures, key=lambda figure: (figure.row, figure.rows)):
        columns, roles, heads = zip(*((one.column, one.role, one.columns) for one in own), strict=True)
        yield Line(row, paths, Shape(columns, roles, heads))


@dataclass(slots=True)
class Table:
    """One table of a sheet; numbers of rows and columns are the sheet's, from 0.

    ``header`` holds the rows of the header band, ``stub`` the columns of row headings, ``names``
    the headings over those columns, ``heads`` those over the columns of figures,
    ``side`` the row headings that tell rows apart, also those
    of rows without figures, ``titles`` and ``notes`` the lines above and below.
    ``confidence`` says how sure the reading is and ``reasons`` why it is less than sure.
    """

    sheet: str
    top: int
    bottom: int
    header: list[int] = field(default_factory=list)
    stub: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    names: list[Label] = field(default_factory=list)
    heads: list[Label] = field(default_factory=list)
    side: Sequence[Label] = ()
    titles: list[Label] = field(default_factory=list)
    notes: list[Label] = field(default_factory=list)
    figures: Sequence[Figure] = ()
    unit: str = ""
    confidence: float = 1.0
    reasons: list[str] = field(default_factory=list)

    @property
    def pairs(self) -> bool:
        """True for a form whose answers stand beside their questions."""
        return "pairs" in self.reasons

    def set_unit(self, unit: str) -> None:
        """Say the unit of the whole table, of figures that are made later too."""
        self.unit = unit
        if isinstance(self.figures, OnDemand):
            self.figures = OnDemand(self.figures.lines, unit)

    def doubt(self, by: float, reason: str) -> None:
        """Lower the confidence and keep the reason."""
        self.confidence = round(max(0.05, self.confidence - by), 2)
        self.reasons.append(reason)

    def labels(self, before: int | None = None) -> set[tuple[int, int]]:
        """Return the addresses of every heading cell (in the rows ``before`` one): the header band's and the row headings."""
        side = self.side.before(before) if isinstance(self.side, Beside) else self.side
        found = {(label.row, label.column) for label in [*self.names, *self.heads, *side]}
        return found if before is None else {spot for spot in found if spot[0] < before}
