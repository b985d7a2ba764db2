"""Stock, flow, cumulative or target: told by the words before the figure and around its sentence."""

from __future__ import annotations

import re

from loaders.figures import lexicon
from loaders.figures.clauses import Part

_DEFAULT = {row["group"]: row["measure"] for row in lexicon.rows("measure_defaults")}


def _words(measure: str, place: str) -> re.Pattern[str]:
    return re.compile(
        lexicon.trie(
            word for word, row in lexicon.each("measure_words", "words") if (row["measure"], row["place"]) == (measure, place)
        )
    )


_TARGET = _words("target", "before")
_DONE = _words("done", "before")
_TOTAL = _words("cumulative", "clause")
_SINCE = _words("cumulative", "sentence")
_BOUNDED = _words("bounded", "sentence")
_FLOW = _words("flow", "before")
_HAPPENED = _words("flow", "after")
_STOCK = _words("stock", "before")
_BY_NOW = re.compile(r"截至|截止|目前|至今|现有")


def measure(part: Part, group: str, earlier: str = "") -> str:
    """Return the measure of the figure in ``part``; ``earlier`` is the paragraph before the sentence."""
    near = part.lead[-80:] + part.left
    if _is_target(near):
        return "target"
    if part.figure.kind in ("share", "ratio"):
        return _of_share(part, group, near)
    own = part.left + "|" + part.right
    bounded = _BOUNDED.search(near) or _year_only(near)
    if _TOTAL.search(own) or _TOTAL.search(near[-30:]):
        return "flow" if bounded and not _BY_NOW.search(near) else "cumulative"
    stock = _last(_STOCK, part.left)
    flow = max(_last(_FLOW, part.left), 0 if _HAPPENED.match(part.right) else -1)
    if _SINCE.search(near) and not bounded and stock < 0:
        return "cumulative"
    if stock > flow:
        return "stock"
    if flow >= 0:
        return "flow"
    return _by_context(part, group, near)


def _is_target(near: str) -> bool:
    """A target word before the figure with nothing between that says it is already done."""
    place = -1
    for match in _TARGET.finditer(near):
        place = match.end()
    return place >= 0 and not _DONE.search(near, place)


def _of_share(part: Part, group: str, near: str) -> str:
    return "flow" if group in ("training", "insurance", "rights") and _BOUNDED.search(near) else "stock"


def _year_only(near: str) -> bool:
    """2013年，… without 截至 before it: the events of that year."""
    return bool(re.search(r"(?<!截至)(?<!截止)(?<!到)\d{4}年[，,]", near))


def _by_context(part: Part, group: str, near: str) -> str:
    default = _DEFAULT.get(group, "flow")
    if default == "stock":
        return "flow" if _last(_FLOW, near) > _last(_STOCK, near) and group not in ("membership", "organisation", "staff") else "stock"
    return "stock" if _BY_NOW.search(near) and group in ("rights", "insurance") else default


def _last(pattern: re.Pattern[str], words: str) -> int:
    place = -1
    for match in pattern.finditer(words):
        place = match.start()
    return place
