"""Numerals with what is printed around them: ``近 | 49 | 万 | 余 | 人 | 以上``.

``tidy.numerals.scan`` finds the numerals; here each is read outwards, a few characters to
either side, so that the work grows with the number of numerals and never with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.figures import lexicon
from loaders.figures.model import Mention
from tidy import numerals, values
from tidy.shares import HALF

_UNITS = {word: (row["unit"] or word, row["kind"]) for word, row in lexicon.each("units", "printed")}
_SPACE = r"[ \t\u3000\u00a0]{0,2}\n{0,2}"
_INNER = rf"(?:{'|'.join(values.words('inside'))})"
_AFTER = "|".join(map(re.escape, values.words("after")))
_TAIL = (
    rf"(?:{_SPACE}(?P<inner>{_INNER}))?(?:{_SPACE}(?P<scale>{numerals.SCALE}++)(?![〇零一二两三四五六七八九]))?(?P<outer>{_INNER})?"
    rf"(?:{_SPACE}(?P<unit>{lexicon.trie(_UNITS)}))?(?P<after>{_AFTER})?"
)
_RIGHT = re.compile(_TAIL)
_AFTERWARDS = re.compile(_AFTER)
_RANGE_BEGINS = frozenset(word[0] for word in values.words("range")) | frozenset(" \t\u3000\u00a0\n")
_RANGE = re.compile(
    rf"{_SPACE}(?:{'|'.join(map(re.escape, values.words('range')))}){_SPACE}(?={numerals.ARABIC}|[二两三四五六七八九十])"
)
_FRACTION = re.compile(
    rf"(?:百|[二两三四五六七八九十]+)分之(?P<part>{numerals.ARABIC}|{numerals.CHINESE}(?:点{numerals.CHINESE})?)"
)
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_HALF = re.compile("半数?(?![价天年])")
_ON = frozenset("线网以晚早身路街桌车船地海陆水场会")
_CHENG_NOT = frozenset("员立功果为长就都绩熟效本交品了群")
_CHENG_AND, _SCALES = frozenset("半一二三四五六七八九"), frozenset("十百千万亿多")
_BEFORE = frozenset(values.words("before"))
_LONGEST = max(map(len, _BEFORE))
_BEFORE_ENDS = frozenset(word[-1] for word in _BEFORE)
_CEILINGS = frozenset(("最高", "最多", "至多"))
_PERMITS = frozenset("可能限予")
_MORE = frozenset("多余")
_TIMES_AND_MORE = re.compile("倍([多余])")
_FROM = re.compile(r"[由从自][^，。；：、]{0,14}$")


def mentions(text: str) -> Iterator[Mention]:
    """Yield every numeral of ``text`` once, with its surroundings; a range is one mention."""
    done = 0
    for numeral in numerals.NUMERAL.finditer(text):
        start, end = numeral.span()
        if start >= done:
            mention = read(text, start, end, numeral[0])
            done = mention.end
            yield mention


def read(text: str, start: int, end: int, number: str) -> Mention:
    """Return the mention around the numeral ``text[start:end]``."""
    if number == "半" or text.startswith("分之", end):
        fraction = (_HALF if number == "半" else _FRACTION).match(text, start)
        if fraction:
            return _fraction(text, start, fraction.end())
    mention = _mention(text, start, end, number)
    if mention.after or text[mention.end : mention.end + 1] not in _RANGE_BEGINS:
        return mention
    span = _RANGE.match(text, mention.end)
    return _with_second(text, mention, span.end()) if span else mention


def _fraction(text: str, start: int, end: int) -> Mention:
    """百分之九十五以上, 三分之二, 过半数: a share without a printed unit."""
    after = _AFTERWARDS.match(text, end)
    stop = after.end() if after else end
    begin = start - 1 if text[start] == "半" and text[start - 1 : start] == HALF else _qualified(text, start)
    return Mention(begin, stop, start, end, text[start:end], "%", "share", text[begin:stop], after[0] if after else "")


def _mention(text: str, start: int, end: int, number: str) -> Mention:
    tail = _RIGHT.match(text, end)
    assert tail is not None  # every part of the pattern may be empty
    inner, scale, outer, word, after = tail.groups("")
    unit, kind = _UNITS.get(word, ("", ""))
    stop = tail.end()
    if word == "成" and text[stop : stop + 1] in _CHENG_NOT:
        unit, kind, stop = "", "", tail.start("unit")
    elif word == "成" and text[stop : stop + 1] in _CHENG_AND and text[stop + 1 : stop + 2] not in _CHENG_AND | _SCALES:
        stop += 1
    if word == "倍" and text[stop : stop + 1] in _MORE and not after:
        stop, outer = stop + 1, text[stop]  # 4倍多
    begin = _qualified(text, start)
    around = bool(scale or inner or outer)
    plain = begin == start and not around and not after and number.isascii() and " " not in number
    scaled = around or number[-1] in "十百千万亿"
    return Mention(begin, stop, start, end, number, unit, kind, text[begin:stop], after, scaled, plain)


def _qualified(text: str, start: int) -> int:
    """Where the printed phrase begins: before a qualifier such as 近, 超过, 不少于."""
    if text[start - 1 : start] not in _BEFORE_ENDS:
        return start
    for length in range(_LONGEST, 0, -1):
        word = text[max(0, start - length) : start]
        if word in _BEFORE and (word not in values.BEFORE_SCALES or _reaches(text, start)):
            ceiling = word in _CEILINGS and not _PERMITS.intersection(text[max(0, start - length - 3) : start - length])
            return start if ceiling else start - len(word)
    return start


def _reaches(text: str, start: int) -> bool:
    """上百家: a hundred or more; not in 线上百人大会, 网上100人."""
    return text[start] in "百千万亿" and text[max(0, start - 2) : start - 1] not in _ON


def _with_second(text: str, first: Mention, at: int) -> Mention:
    """Join ``20—30人``; two figures remain two when the text says 由 … 到 …."""
    number = numerals.NUMERAL.match(text, at)
    if not number or _FROM.search(text, max(0, first.start - 16), first.start):
        return first
    second = _mention(text, number.start(), number.end(), number[0])
    same = not first.unit or first.unit == second.unit
    if not second.unit or not same or second.start < at:
        return first
    return Mention(first.start, second.end, first.number_start, first.number_end, first.number, second.unit,
                   second.kind, text[first.start : second.end], second.after, True)  # fmt: skip


def printed(mention: Mention, unit: str = "") -> values.Printed:
    """Return what the mention means; raises :class:`tidy.values.NotANumber` when it cannot be read.

    Plain digits mean what they print; the rules are asked for everything else.
    """
    if mention.plain:
        value = float(mention.number.replace(",", ""))
        return values.Printed(value, value, value, unit or mention.unit)
    phrase = _plain(mention.phrase)
    digits = _DIGITS.search(phrase)
    if not digits:
        return values.parse(phrase, unit or mention.unit)
    start, end = digits.span()
    return values.parse_digits(phrase[:start], phrase[start:end], phrase[end:], unit or mention.unit)


def _plain(phrase: str) -> str:
    """The phrase in one line, 4倍多 as 4多倍."""
    phrase = "".join(phrase.split()) if "\n" in phrase else phrase
    return _TIMES_AND_MORE.sub(r"\1倍", phrase) if "倍" in phrase else phrase
