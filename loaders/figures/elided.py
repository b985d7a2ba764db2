"""Units that the text leaves out: ``职工6万多``, ``分别为6,626、229和573个``."""

from __future__ import annotations

import re

from loaders.figures import lexicon
from loaders.figures.model import Mention
from loaders.figures.sentences import Sentence

_KINDS = {"人": "people", "人次": "visits", "家": "body", "元": "money"}
_NOUNS = lexicon.column("elided_units", "noun", "unit")
_NOUN = re.compile(lexicon.trie(_NOUNS))
_NOUN_AHEAD = re.compile(rf"[\u4e00-\u9fff]{{0,4}}?({lexicon.trie(_NOUNS)})")
_BETWEEN = re.compile(r"\s*(?:、|和|及|与|以及|，)\s*")
_SHARED = re.compile(r"分别|依次|各为|各有")
_COUNT = re.compile(r"(?:总数|人数|家数|户数|件数|次数|总量|数量|总额|金额|数)(?:已|约)?(?:达到|达|为|是|：|:)?$")
_CHANGE = re.compile(
    r"(?:提高|增加|增长|上升|扩大|扩展|拓展|扩充|跃升|攀升|压减|缩减|上调|下调|减少|下降|提升|增|调)(?:到|至|为)"
)
_TO = re.compile(r"(?:提|增加|提高|上升|调|增|降|减少)(?:到|至|为)$")
_CLOSED = frozenset("，。；、,;）)\n 和与")


def unit_for(sentence: Sentence, index: int) -> tuple[str, str]:
    """Return (unit, kind) for the sentence's numeral ``index`` that prints none; empty when it is no figure."""
    found = sentence.mentions
    mention = found[index]
    left = sentence.text[max(sentence.start, mention.start - 40) : mention.start]
    if mention.number == "零" and left.endswith("归"):
        return "件", "case"  # 拖欠工资归零
    if _shares(sentence, index, left):
        return _next_unit(sentence, index)
    following = sentence.text[mention.end : mention.end + 1]
    if mention.scaled and mention.number[-1] in "万亿" and mention.number[0].isdigit():
        counted = _NOUN_AHEAD.match(sentence.text, mention.end)
        if counted:
            return _NOUNS[counted[1]], _KINDS.get(_NOUNS[counted[1]], "")
    if following and following not in _CLOSED and not _CHANGE.match(sentence.text, mention.end):
        return "", ""
    if (mention.scaled and mention.number not in "十百千万亿") or (_COUNT.search(left) and mention.number[0].isdigit()):
        earlier = (one for one in reversed(found[:index]) if one.unit and one.kind != "time")
        return _by_noun(left, next(earlier, None))
    return "", ""


def _shares(sentence: Sentence, index: int, left: str) -> bool:
    return bool(_SHARED.search(left)) and _next_unit(sentence, index) != ("", "")


def _next_unit(sentence: Sentence, index: int) -> tuple[str, str]:
    """The unit of the numeral that closes the list."""
    found = sentence.mentions
    for here, following in zip(found[index:], found[index + 1 :], strict=False):
        if not _BETWEEN.fullmatch(sentence.text, here.end, following.start):
            return "", ""
        if following.unit:
            return following.unit, following.kind
    return "", ""


def _by_noun(left: str, before: Mention | None) -> tuple[str, str]:
    """The unit of the noun that leads to the number; else that of the figure before it."""
    unit, near = "", left[-10:]
    for match in _NOUN.finditer(near):
        unit = _NOUNS[match[0]]
    if before is not None and (not unit or _TO.search(near)):
        return before.unit, before.kind
    for match in _NOUN.finditer(left) if not unit else ():
        unit = _NOUNS[match[0]]
    return unit, _KINDS.get(unit, "")
