"""Narrative reports as plain text whose paragraphs, headings and pages can be found again."""

from loaders.report_text.model import Paragraph, ReportText
from loaders.report_text.open import open_report

__all__ = ["Paragraph", "ReportText", "open_report"]
