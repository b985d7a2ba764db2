"""The tree of row headings: which heading stands under which.

Signs are read in this order: indent (blanks, full-width blanks, the cell's own indent), leading marks
(``-``, ``…``, 其中), Chinese numbering (一、 （一） 1.), section lines without figures, bold over plain, and
runs of the same headings repeated under different ones (杭州市 / 男 / 女 / 宁波市 / 男 / 女).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.layout.words import is_closing_total, is_subtotal, squeeze

MARKER = re.compile(r"(\.\.\.|…+|[-–—·•●○*#+>])\s*(?=\S)")
PARTLY = re.compile(r"(?:其\s*中|#)\s*[:：、，,]?")
NUMBERINGS = (
    re.compile(r"[一二三四五六七八九十]{1,3}\s*、"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}\s*[、.．](?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]"),
    re.compile(r"[①-⑳]"),
)
WIDTHS = {" ": 1, "\u00a0": 1, "\u2002": 1, "\u2003": 2, "\u3000": 2, "\t": 4}
BLANKS = "".join(WIDTHS) + "\r\n"
SIGNS = frozenset("一二三四五六七八九十(（0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳其#.…-–—·•●○*+>")
LONG_WORD = 40
LONGEST = 5_000
LONGEST_RUN = 200


@dataclass(slots=True)
class Item:
    """A row heading in its column; ``parent`` is the number of the item it stands under."""

    row: int
    raw: str
    bold: bool = False
    indent: int = 0
    section: bool = False
    marker: str = ""
    rank: int = 0
    inner: bool | None = None  # whether a section's own rows are set deeper than itself
    parent: int | None = None
    total: bool = False


def item(row: int, raw: str, bold: bool, cell_indent: int, section: bool) -> Item:
    """Read the signs of one heading."""
    body = raw.lstrip(BLANKS)
    indent = 3 * cell_indent
    if len(body) < len(raw):
        indent += sum(WIDTHS.get(c, 1) for c in raw[: len(raw) - len(body)])
    made = Item(row, raw, bold, indent, section, total=is_closing_total(body.rstrip(BLANKS)[:LONG_WORD]))
    if body[:1] not in SIGNS:
        return made
    partly = PARTLY.match(body)
    marker = MARKER.match(body)
    if partly:
        made.marker = "其中"
    elif marker and not re.match(r"[-–]\d", body):
        made.marker = "…" if marker[1][0] in ".…" else marker[1][0]
    made.rank = next((n for n, p in enumerate(NUMBERINGS, 1) if p.match(body)), 0)
    return made


def grow(items: list[Item]) -> None:
    """Set the parent of every item."""
    numbered = any(i.rank in (1, 2) for i in items)
    stack: list[int] = []
    for number, new in enumerate(items):
        if not numbered:
            new.rank = 0
        if stack and _alike(items[stack[-1]], new):  # most rows of a large sheet
            new.parent, stack[-1] = items[stack[-1]].parent, number
            continue
        _level_total(items, stack, new)
        while stack and not _outranks(items, stack, new):
            stack.pop()
        new.parent = stack[-1] if stack else None
        if new.parent is not None and items[new.parent].inner is None:
            items[new.parent].inner = new.indent > items[new.parent].indent or bool(new.marker)
        stack.append(number)
    if len(items) <= LONGEST:
        _repeated_runs(items)
    _lift_last_total(items)


def _alike(open_: Item, new: Item) -> bool:
    """Tell whether two headings stand at one depth and neither has a sign of any other kind."""
    signs = new.marker or new.rank or new.bold or new.section or new.total or open_.marker or open_.rank
    return not (signs or open_.bold or open_.section or open_.total) and open_.indent == new.indent


def _lift_last_total(items: list[Item]) -> None:
    """A total at the very end, when no other section has one of its own, sums the whole table."""
    last = items[-1] if items else None
    if last is None or not last.total or is_subtotal(last.raw) or last.parent is None:
        return
    under = items[last.parent]
    others = [n for n, one in enumerate(items) if one.section and one.parent == under.parent and one is not under]
    if under.section and others and not any(one.total and one.parent in others for one in items):
        last.parent = under.parent


def _level_total(items: list[Item], stack: list[int], new: Item) -> None:
    """A bare total set deeper right below a row with figures sums the rows above; it is no child of it."""
    if new.total and stack:
        last = items[stack[-1]]
        if new.indent > last.indent and not last.section and last.inner is None:
            new.indent = last.indent


def _outranks(items: list[Item], stack: list[int], new: Item) -> bool:
    """Tell whether the innermost open item stands over the new one."""
    open_ = items[stack[-1]]
    if new.indent != open_.indent and not _both_partly(open_, new):
        return new.indent > open_.indent
    if new.marker or open_.marker:
        return _by_marker(items, stack, open_, new)
    if new.rank or open_.rank:
        return _by_rank(open_, new)
    if open_.section:
        return _in_section(items, open_, new)
    return open_.bold and not new.bold and not open_.total


def _both_partly(open_: Item, new: Item) -> bool:
    """Rows set in line with the words after 其中： are its equals."""
    return open_.marker == "其中" and 0 < new.indent - open_.indent <= 8 and not new.marker


def _by_marker(items: list[Item], stack: list[int], open_: Item, new: Item) -> bool:
    if new.marker == open_.marker or not new.marker:
        return False
    return all(items[n].marker != new.marker for n in stack[:-1] if items[n].indent == new.indent)


def _by_rank(open_: Item, new: Item) -> bool:
    if new.rank and open_.rank:
        return new.rank > open_.rank
    if new.rank:
        return open_.section
    return open_.rank <= 2 and not new.total and not (new.bold and not open_.bold)


def _in_section(items: list[Item], open_: Item, new: Item) -> bool:
    if open_.inner:
        return False
    if new.section:
        return open_.bold and not new.bold
    return not (new.total and new.bold and not open_.bold)


def _repeated_runs(items: list[Item]) -> None:
    """Put each run of headings that comes again and again under the heading just before it."""
    names = [squeeze(i.raw[:LONG_WORD]) for i in items]
    first: dict[str, int] = {}
    done: set[int] = set()
    for here, name in enumerate(names):
        there = first.setdefault(name, here)
        if there == here or here in done:
            continue
        length = _run(items, names, there, here)
        if length >= 2 and _run_heads(items, names, there, here):
            for start in (there, here):
                _hang(items, start, length)
                done.update(range(start, start + length))


def _run(items: list[Item], names: list[str], a: int, b: int) -> int:
    length = 0
    while (
        length < LONGEST_RUN
        and b + length < len(names)
        and a + length < b
        and names[a + length] == names[b + length]
        and items[a + length].parent == items[a].parent
        and items[b + length].parent == items[b].parent
    ):
        length += 1
    return length


def _run_heads(items: list[Item], names: list[str], a: int, b: int) -> bool:
    """Both runs must come right after a heading that is of their own level and of different names."""
    if b == 0 or items[b].parent != items[b - 1].parent:
        return False
    return a > 0 and names[a - 1] != names[b - 1] and items[a].indent == items[b].indent == items[b - 1].indent


def _hang(items: list[Item], start: int, length: int) -> None:
    head = items[start - 1]
    if head.total or head.parent != items[start].parent:
        return
    for number in range(start, start + length):
        items[number].parent = start - 1


def chain(items: list[Item], number: int) -> list[int]:
    """Return the item and those above it, outermost first."""
    found = [number]
    parent = items[number].parent
    while parent is not None:
        found.append(parent)
        parent = items[parent].parent
    return found[::-1]
