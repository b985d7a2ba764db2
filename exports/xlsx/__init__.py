"""A story as a workbook: bulletin tables with native charts, definitions, sources."""

from exports.xlsx.book import write

__all__ = ["write"]
