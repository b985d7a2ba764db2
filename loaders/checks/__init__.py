"""Checks of a read spreadsheet: one file a check, each ``check(reading) -> list[Problem]`` located at the cell."""

from loaders.checks.run import ALL, Check, check

__all__ = ["ALL", "Check", "check"]
