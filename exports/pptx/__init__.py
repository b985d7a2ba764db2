"""A story as slides that people can edit: native charts, native tables, native map shapes."""

from exports.pptx.deck import write

__all__ = ["write"]
