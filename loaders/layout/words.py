"""The word lists of ``data/loaders/words.toml`` and the questions asked of them."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "loaders" / "words.toml"
UNSEEN = {0x200B: None, 0xFEFF: None, 0x200E: None, 0x200F: None}
LONGEST_WORD = 24  # no word of the lists is longer
FOOTNOTE = re.compile(r"[\d*①-⑨)）]+$")
UNIT = re.compile(r"(?:计量|金额|货币)?单位[:：](?P<unit>[^()（）;；|]+)")
BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
NUMBERS = "0123456789一二三四五六七八九十、.．*★#"
OF_ALL = re.compile(r"(?:全|本)[国省市县区镇乡部表级单位]{1,2}(?:合计|总计|汇总)")
SUBJECT = re.compile(r"^指标(?:名称)?[:：].*[(（](?P<unit>[^()（）]{1,8})[)）]$")


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Return every list of the file as a set of squeezed words."""
    lists = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: frozenset(squeeze(word) for word in found) for name, found in lists.items()}


def squeeze(text: str) -> str:
    """Return ``text`` without any blanks, in lower case: ``合　　计`` → ``合计``."""
    return text.lower() if text.isalnum() else "".join(text.translate(UNSEEN).split()).lower()


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """Return a heading's words alone, without numbering marks, what stands in brackets, and the colon after it."""
    return squeeze(BRACKETS.sub("", text)).rstrip(":：").lstrip(NUMBERS)


def tidy(text: str) -> str:
    """Return ``text`` with runs of blanks and line breaks as one space."""
    return text if text.isalnum() else " ".join(text.translate(UNSEEN).split())


def is_mark(text: str) -> bool:
    """Tell whether ``text``, which begins with no blank, stands where a figure is missing."""
    return text[:1] in _mark_starts() and _is_mark(text)


@lru_cache(maxsize=16_384)
def _is_mark(text: str) -> bool:
    return squeeze(text) in words()["marks"]


@lru_cache(maxsize=1)
def _mark_starts() -> frozenset[str]:
    """Return the characters that a mark can begin with; nearly every word is told from one by its first."""
    return frozenset(case for word in words()["marks"] for case in (word[0], word[0].upper())) | frozenset(
        map(chr, UNSEEN)
    )


@lru_cache(maxsize=16_384)
def is_note(text: str) -> bool:
    """Tell whether a row that begins with ``text`` is a note."""
    plain = squeeze(text)
    return any(plain.startswith(word) and _ends(plain, word) for word in words()["notes"])


def _ends(plain: str, word: str) -> bool:
    """A note word must stop there (``注：…``), not begin a longer word (``注册资本``)."""
    after = plain[len(word) : len(word) + 1]
    return not after or word[-1] in ":：" or not (after.isalpha()) or len(word) > 3


@lru_cache(maxsize=16_384)
def is_preamble(text: str) -> bool:
    """Tell whether ``text`` is a line about the table (unit, reporter, time), not a heading."""
    plain = squeeze(text).lstrip("(（")
    return any(plain.startswith(word) for word in words()["preamble"]) or is_note(text)


def is_bare_total(text: str) -> bool:
    """Tell whether ``text`` says nothing but total."""
    return text.rstrip()[-1:] in _total_edges()[1] and len(text) <= 3 * LONGEST_WORD and _is_bare_total(text)


@lru_cache(maxsize=16_384)
def _is_bare_total(text: str) -> bool:
    plain = squeeze(text)
    return plain in words()["bare_totals"] or FOOTNOTE.sub("", plain) in words()["bare_totals"]


def is_closing_total(text: str) -> bool:
    """Tell whether a row so named sums a table and has no rows of its own: ``合计``, ``全省合计``."""
    ends = text.rstrip()[-1:] in _total_edges()[1]
    return ends and (is_bare_total(text) or bool(OF_ALL.fullmatch(squeeze(text))))


def is_subtotal(text: str) -> bool:
    """Tell whether a total sums its own group only."""
    return squeeze(text) in words()["subtotals"]


def is_total(text: str) -> bool:
    """Tell whether the figures under a label are sums of others."""
    first, last = _total_edges()
    start, end = text[:1], text[-1:]
    return (end in last or start in first or end.isspace() or start.isspace()) and _is_total(text)


@lru_cache(maxsize=16_384)
def _is_total(text: str) -> bool:
    plain, told = squeeze(text), tuple(words()["totals"])
    return plain.startswith(told) or plain.endswith(told) or is_bare_total(text)


@lru_cache(maxsize=1)
def _total_edges() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that a total can begin and end with; nearly every name is told from one by them."""
    told = [*words()["totals"], *words()["bare_totals"]]
    unseen = [*map(chr, UNSEEN), ""]
    edges = ({end for word in told for end in (word[n], word[n].upper())} for n in (0, -1))
    first, last = (frozenset([*found, *unseen]) for found in edges)
    return first, last | frozenset("0123456789*①②③④⑤⑥⑦⑧⑨)）")


@lru_cache(maxsize=16_384)
def is_row_key(text: str) -> bool:
    """Tell whether a column of this heading numbers or names the rows."""
    return squeeze(text) in words()["row_keys"]


@lru_cache(maxsize=16_384)
def is_unit_column(text: str) -> bool:
    """Tell whether a column of this heading gives each row its unit."""
    return squeeze(text) in words()["unit_columns"]


@lru_cache(maxsize=16_384)
def is_continued(text: str) -> bool:
    """Tell whether a line announces the next page of the same table."""
    plain = squeeze(text)
    return any(word in plain for word in words()["continued"])


@lru_cache(maxsize=16_384)
def unit_of_line(text: str) -> str:
    """Return the unit that a line gives (``单位：万人``, ``指标：生产总值(亿元)``); empty when it gives none."""
    plain = squeeze(text)
    if plain.startswith(("填报单位", "报送单位", "编制单位", "制表单位")):
        return ""
    found = UNIT.search(plain) or SUBJECT.match(plain)
    return found["unit"] if found else ""
