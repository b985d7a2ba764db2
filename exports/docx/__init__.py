"""A story as a bulletin (公报) that people can print and edit: numbered sections, three-line tables."""

from exports.docx.bulletin import write

__all__ = ["write"]
