"""A report's text with the places of its paragraphs, so that each number can be shown where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from tidy.language import _


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph as an extractor hands it over; ``level`` is a heading's depth, 0 for body text."""

    text: str
    level: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Where a paragraph stands in the text (``start`` to ``end``), on which page, under which heading."""

    start: int
    end: int
    level: int
    page: int
    heading: str


@dataclass(frozen=True, slots=True)
class ReportText:
    """The text that offsets count, and its paragraphs in order."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> ReportText:
        """Join ``pieces`` with line ends; a heading holds for the paragraphs below it."""
        texts, found, heading, at = [], [], "", 0
        for piece in pieces:
            heading = piece.text.strip() if piece.level else heading
            found.append(Paragraph(at, at + len(piece.text), piece.level, piece.page, heading))
            texts.append(piece.text)
            at += len(piece.text) + 1
        return cls("\n".join(texts), tuple(found))

    def paragraph(self, offset: int) -> int:
        """Return the index of the paragraph that holds ``offset``; -1 in an empty report."""
        return bisect_right(self.paragraphs, offset, key=lambda one: one.start) - 1

    def place(self, offset: int) -> str:
        """Return where ``offset`` stands, in the reader's language: 第3页 第12段（帮扶救助）."""
        index = self.paragraph(offset)
        if index < 0:
            return ""
        here = self.paragraphs[index]
        page = _("第 {n} 页").format(n=here.page) if here.page else ""
        line = _("第 {n} 段").format(n=index + 1)
        title = f"（{here.heading[:30]}）" if here.heading and not here.level else ""
        return " ".join(filter(None, (page, line))) + title
