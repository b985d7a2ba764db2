"""A spreadsheet of any format as sheets of cells with everything the file says about them."""

from loaders.grid.model import Cell, CellError, Merge, Sheet, Style, a1, parse_a1
from loaders.grid.reading import read

__all__ = ["Cell", "CellError", "Merge", "Sheet", "Style", "a1", "parse_a1", "read"]
