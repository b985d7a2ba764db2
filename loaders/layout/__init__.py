"""Where the tables of a sheet stand and what each of their cells is: heading, figure, total or note."""

from loaders.layout.reading import tables
from loaders.layout.table import Figure, Label, Table, lines

__all__ = ["Figure", "Label", "Table", "lines", "tables"]
