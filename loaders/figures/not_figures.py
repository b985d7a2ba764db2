"""Why a numeral is no figure: dates, ordinals, names, models, thresholds and the rest.

The rules are rows of ``data/lexicon/not_figures.csv`` (what stands before and after the
numeral) and ``fixed_words.csv``; this module applies them, in the files' order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.figures import lexicon
from loaders.figures.model import Mention
from loaders.figures.sentences import Sentence

REACH = 10
OFTEN = frozenset(("event", "round"))  # kinds of units of what comes again and again
_CUT = re.compile(r"[，。；：、！？\s]")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_ARABIC, _CHINESE = frozenset(("any", "arabic")), frozenset(("any", "chinese"))
_OF_ONE = {"一": _CHINESE | {"article"}} | dict.fromkeys("二两三四五六七八九十", _CHINESE | {"small"})
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BULLET = re.compile(r"(?:^|\n|[。；：”])[\s\u3000]*[（(]?$")
_LETTERS_THAT_ARE_UNITS = re.compile(r"(?:km|kg|kW|m2|㎡|GB|MB|ml|mm|cm)\b")
_THRESHOLD = frozenset(("以上", "（含）以上", "(含)以上", "以下", "以内", "及以上", "之上", "之内"))
_THRESHOLD_KINDS = frozenset(("people", "money", "area", "land", "length", "amount", "time"))
_FEW = frozenset("一二两三四123456")
_FREQUENT = re.compile(r"每(?:个?(?:季度?|月|年|周|天|日|学期|期|半年|星期)|两年|两月|三年|半月)[^，。；]{0,10}$")
_BANDED = re.compile(r"的(?:有|共|为|达|企业有|企业达)")
_DATE_RANGE = re.compile(r"\s?[—–\-－~～至到]+\s?\d{1,4}\s?(?:月|日|年|号)")
_HOURS = re.compile(r"每[天日周]工作|[日周]均工作|时长|累计|总时|工时|学时|志愿服务")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the numeral is refused when all that the row names stands around it."""

    reason: str
    number: str
    before: tuple[str, ...]
    not_before: tuple[str, ...]
    then: tuple[str, ...]
    not_then: tuple[str, ...]
    letter_before: bool
    line_start: bool

    def holds(self, text: str, mention: Mention) -> bool:
        """True when the words before and the words soon after a number of the rule's kind are as the row says."""
        return self._behind(text, mention.number_start) and (
            not (self.then or self.not_then)
            or self._ahead(text[mention.number_end + 1 : mention.number_end + 1 + REACH])
        )

    def _ahead(self, following: str) -> bool:
        following = _CUT.split(following, 1)[0]
        if any(word in following for word in self.not_then):
            return False
        return not self.then or any(word in following for word in self.then)

    def _behind(self, text: str, at: int) -> bool:
        if self.letter_before:
            return text[at - 1 : at] in _LETTERS
        if self.line_start:
            return bool(_BULLET.search(text[max(0, at - 6) : at]) or at == 0)
        if self.not_before and text.endswith(self.not_before, max(0, at - REACH), at):
            return False
        return not self.before or text.endswith(self.before, max(0, at - REACH), at)


def _kinds(number: str) -> frozenset[str]:
    """Return the kinds of printed numbers that ``number`` is: any, arabic or chinese, small, article."""
    return _ARABIC if number[0] in _DIGITS else _OF_ONE.get(number, _CHINESE)


def _rule(row: lexicon.Row) -> Rule:
    cells = {key: tuple(lexicon.split(row[key])) for key in ("before", "not_before", "then", "not_then")}
    marks = {"letter_before": "字母" in cells["before"], "line_start": "行首" in cells["before"]}
    return Rule(reason=row["reason"], number=row["number"], **cells, **marks)  # type: ignore[arg-type]


def _index() -> tuple[dict[str, list[Rule]], list[Rule]]:
    """Rules by the word after the number (with those of its beginnings), and rules without one."""
    by_word: dict[str, list[Rule]] = {}
    others: list[Rule] = []
    for row in lexicon.rows("not_figures"):
        after = lexicon.split(row["after"])
        for word in after:
            by_word.setdefault(word, []).append(_rule(row))
        if not after:
            others.append(_rule(row))
    whole = {
        w: [r for b in sorted(by_word, key=len, reverse=True) if w.startswith(b) for r in by_word[b]] for w in by_word
    }
    return whole, others


_BY_WORD, _OTHERS = _index()
_BY_LETTER = [rule for rule in _OTHERS if rule.letter_before]
_BY_END = {
    end: [rule for rule in _OTHERS if any(word.endswith(end) for word in rule.before)]
    for end in {word[-1] for rule in _OTHERS if not rule.letter_before for word in rule.before}
}
_AFTER = re.compile(lexicon.trie(word for word in _BY_WORD if word != "字母"))


def reason(sentence: Sentence, mention: Mention) -> str:
    """Return the code of the first reason why ``mention`` is no figure; empty when there is none."""
    text, at = sentence.text, mention.number_start
    fixed = sentence.fixed_reason(at)
    if fixed:
        return fixed
    if mention.kind in OFTEN and _is_frequency(text, mention):
        return "frequency"
    kinds, before = _kinds(mention.number), text[at - 1 : at]
    after = _AFTER.match(text, _printed_end(text, mention.number_end))
    for rule in _BY_WORD[after[0]] if after else ():
        if rule.number in kinds and rule.holds(text, mention):
            return rule.reason
    for rule in _BY_LETTER if before in _LETTERS else _BY_END.get(before, ()):
        if rule.number in kinds and rule.holds(text, mention):
            return rule.reason
    return _letter_after(text, mention) or _in_quotes(sentence, mention) or _by_sense(sentence, mention)


def _printed_end(text: str, at: int) -> int:
    """``at`` moved over a blank: scans and PDF print 2018 年."""
    return at + 1 if text[at : at + 1] in " \u3000\u00a0" else at


def _letter_after(text: str, mention: Mention) -> str:
    at = mention.number_end
    return "name" if text[at : at + 1] in _LETTERS and not _LETTERS_THAT_ARE_UNITS.match(text, at) else ""


def _in_quotes(sentence: Sentence, mention: Mention) -> str:
    """A numeral inside a short quotation or a title belongs to a name: “双百”, 《…2018年…》."""
    return "name" if sentence.quoted(mention.number_start) else ""


def _by_sense(sentence: Sentence, mention: Mention) -> str:
    """What no list of words can tell: ranges of dates, thresholds, hours, frequencies."""
    text = sentence.text
    if not mention.unit and _DATE_RANGE.match(text, mention.number_end):
        return "date"
    if mention.plain and mention.kind != "time":
        return ""  # digits and their unit bound no class
    if _is_threshold(text, mention):
        return "threshold"
    if mention.kind == "time":
        total = _HOURS.search(text[max(sentence.start, mention.start - 14) : mention.start])
        return "" if total and "时" in mention.unit else "duration"
    return "bare_scale" if _is_bare_scale(text, mention) else ""


def _is_threshold(text: str, mention: Mention) -> bool:
    """25人以上企业, 1万元以上的赔付, 超10亿元的有6个: the number bounds a class."""
    if mention.after in _THRESHOLD and mention.kind in _THRESHOLD_KINDS:
        return _goes_on_as_noun(text, mention.end)
    return mention.phrase[0] in "超过达不突" and bool(_BANDED.match(text, mention.end))


def _is_frequency(text: str, mention: Mention) -> bool:
    """每季度一次, 每年组织2场: how often, not how many."""
    if mention.number not in _FEW:
        return False
    return bool(_FREQUENT.search(text[max(0, mention.start - 14) : mention.start]))


def _is_bare_scale(text: str, mention: Mention) -> bool:
    """亿元楼宇, 百万元产值: a scale word that describes; 上百万元 counts."""
    if (
        mention.kind != "money"
        or mention.number.strip("百千万亿十")
        or mention.number[0] == "十"
        or mention.start != mention.number_start
    ):
        return False
    return "余" not in mention.phrase and text[mention.start - 1 : mention.start] != "上"


def _goes_on_as_noun(text: str, at: int) -> bool:
    """100人以上的企业, 25人以上企业: the number bounds the noun and counts nothing."""
    following = text[at : at + 1]
    return following == "的" or ("\u4e00" <= following <= "\u9fff" and following not in "，。；、、和及与并在，")
