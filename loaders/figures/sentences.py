"""Sentences of a report and what stands inside them: quotations, fixed words, clauses.

Reports taken from PDF or web pages break lines in mid-sentence; a line that has punctuation
inside and none at its end goes on in the next line, a line without any is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.figures import lexicon
from loaders.figures.mentions import mentions
from loaders.figures.model import Mention

LONGEST = 800  # characters of a sentence
_STOP = re.compile(r"[。！？!?]+[”’」』)）]?|\n[\s\u3000]*")
_INSIDE = re.compile(r"[，；：、]|[,;] ?")
_QUOTE = re.compile(
    r"“[^“”\n]{1,18}”|‘[^‘’\n]{1,18}’|「[^」\n]{1,18}」|『[^』\n]{1,18}』|《[^》\n]{1,60}》|\"[^\"\n]{1,18}\""
)
_FIXED_ROWS = {word: row["reason"] for word, row in lexicon.each("fixed_words", "words")}
_FIXED = re.compile(lexicon.trie(_FIXED_ROWS))
_END = frozenset("。！？!?；;：:”…")
# Patterns that begin with one set of characters: the engine skips to the next of them.
CLAUSE = re.compile(r"[，；：。！？!?\n;—,▏│｜](?:(?<!,)|(?!\d))")


@dataclass(slots=True)
class Sentence:
    """A stretch of ``text`` from ``start`` to ``end`` with the numerals in it."""

    text: str
    start: int
    end: int
    mentions: list[Mention] = field(default_factory=list)
    _fixed: list[tuple[int, int, str]] | None = None
    _quoted: list[tuple[int, int]] | None = None

    @property
    def words(self) -> str:
        """The sentence as printed."""
        return self.text[self.start : self.end]

    def fixed_reason(self, at: int) -> str:
        """Why the numeral at ``at`` belongs to a fixed word (两会, 十九大); empty when it does not."""
        if self._fixed is None:
            found = _FIXED.finditer(self.text, max(0, self.start - 1), self.end)
            self._fixed = [(m.start(), m.end(), _FIXED_ROWS[m[0]]) for m in found]
        for start, end, reason in self._fixed:
            if start <= at < end:
                return reason
        return ""

    def quoted(self, at: int) -> bool:
        """True for a numeral inside a short quotation or title."""
        if self._quoted is None:
            self._quoted = [match.span() for match in _QUOTE.finditer(self.text, self.start, self.end)]
        return bool(self._quoted) and any(start <= at < end for start, end in self._quoted)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of ``text`` that hold numerals, each with its numerals."""
    stream = mentions(text)
    mention = next(stream, None)
    for start, end in spans(text):
        if mention is None:
            return
        if mention.number_start >= end:
            continue
        sentence = Sentence(text, start, end)
        while mention is not None and mention.number_start < end:
            sentence.mentions.append(mention)
            mention = next(stream, None)
        yield sentence


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence; together they cover the text."""
    start = 0
    for stop in _STOP.finditer(text):
        if text[stop.start()] == "\n" and _goes_on(text, start, stop.start(), stop.end()):
            continue
        yield from _pieces(text, start, stop.end())
        start = stop.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what goes on without end at a comma, so that the work stays linear in any text."""
    while end - start > LONGEST:
        cut = text.rfind("，", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _goes_on(text: str, start: int, end: int, after: int) -> bool:
    """True when the line that ends here is unfinished."""
    if end == start or text[end - 1] in _END or after >= len(text) or text[after] in "#*|■◎●!（(":
        return False
    line = max(start, end - LONGEST, text.rfind("\n", max(start, end - LONGEST), end) + 1)
    return (bool(_INSIDE.search(text, line, end)) and end - line >= 12) or text[end - 1].isdigit()
