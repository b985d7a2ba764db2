"""From a file to tidy observations and problems: spreadsheets and narrative reports.

:func:`load` is what pages call; it is imported when first asked for, so that commands which do not
need it start fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loaders.loading import load

__all__ = ["load"]


def __getattr__(name: str) -> Any:
    if name == "load":
        from loaders.loading import load

        return load
    raise AttributeError(name)
