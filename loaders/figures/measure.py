"""Stock, flow, cumulative or target: told by the time the sentence speaks of and by the figure's own words.

The last time word before a figure sets the scope: a bounded time (今年, 2013年), a stretch up to
now (五年来, 以来) or the present (截至, 目前). Within it the nearest word of
``data/lexicon/measure_words.csv`` decides: a state (在册, 拥有) or an event (新增, 发放).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.figures import lexicon
from loaders.figures.clauses import Part
from loaders.figures.wording import has_verb, remembered

_DEFAULT = {row["group"]: row["measure"] for row in lexicon.rows("measure_defaults")}
_STATES = frozenset(("organisation", "membership", "staff", "facility", "pilot_count", "economy", "coverage_rate"))


def _words(measure: str, place: str) -> re.Pattern[str]:
    rows = lexicon.each("measure_words", "words")
    return re.compile(lexicon.trie(word for word, row in rows if (row["measure"], row["place"]) == (measure, place)))


_RATES = frozenset(("share", "ratio"))
_EVENTS = frozenset(("assistance", "training", "activity"))
_TARGET = _words("target", "before")
_DONE = _words("done", "before")
_TOTAL = _words("cumulative", "clause")
_FLOW = _words("flow", "before")
_HAPPENED = _words("flow", "after")
_STOCK = _words("stock", "before")
_NEW = _words("flow", "strong")
_STANDING = _words("stock", "strong")
_BEGUN = r"自(?:19|20)\d\d年[^，。；]{0,14}(?:启动|开展|实施|推行|成立|起|来|开始)|年多?[来间]"
_SCOPE = re.compile(
    rf"(?P<since>{_words('cumulative', 'sentence').pattern}|{_BEGUN})"
    rf"|(?P<bounded>{_words('bounded', 'sentence').pattern})"
    rf"|(?P<now>{_words('stock', 'sentence').pattern})|(?P<year>(?:19|20)\d\d\s?年)"
)
_VERBS = lexicon.trie(lexicon.chosen("name_words", "verb"))
_WILL = re.compile(
    rf"(?<!即)将(?:再|继续|陆续|全年|每年|在[^，。]{{1,12}}|为[^，。]{{1,12}})?(?:{_VERBS})"
    rf"|计划(?:今年|年内|全年|明年|[一二三五两]年内)?(?:再|新|于|在|到|用|为|将|建|{_VERBS})"
    r"|(?:提出|要求|明确|部署|规划|意见)[^。；]{0,20}到20\d\d年"
)
_PLAN = re.compile(r"(?:任务|目标|计划)(?:数|总额)?$")
_TASK = re.compile(r"任务")
_SO_FAR = re.compile(r"先后|共(?!同|建)|已|总计|合计")
_PERFECT = re.compile(r"已(?!有)")


@remembered
def _scopes(words: str) -> tuple[str, ...]:
    """Return the kinds of the scope words of ``words``, in order."""
    return tuple(
        "bounded"
        if match["year"] and words[max(0, match.start() - 2) : match.start()] == "其中"
        else str(match.lastgroup)
        for match in _SCOPE.finditer(words)
    )


@dataclass(slots=True)
class Scope:
    """The time that the text speaks of: ``since``, ``bounded``, ``now``, ``year`` or nothing.

    ``bounded`` remembers that this paragraph spoke of one year; ``since`` that it spoke of a
    stretch of years; ``fresh`` that the sentence itself names the time.
    """

    kind: str = ""
    bounded: bool = False
    since: bool = False
    fresh: bool = False

    def read(self, words: str) -> None:
        """Take in the scope words of ``words``, in order."""
        for kind in _scopes(words):
            self._take(kind)

    def _take(self, kind: str) -> None:
        if kind == "year" and self.fresh and self.kind in ("since", "now"):
            return  # 截至2019年 and 五年来: the year belongs to them
        if kind == "now" and self.since and not self.bounded:
            kind = "since"
        self.bounded |= kind == "bounded"
        self.since = kind == "since" or (self.since and kind not in ("bounded", "year"))
        self.kind, self.fresh = kind, True

    def next_sentence(self, paragraph: bool) -> None:
        """Begin a sentence; a new paragraph or heading speaks of its own time."""
        self.fresh = False
        if paragraph:
            self.kind, self.bounded, self.since = "", False, False


def measure(part: Part, group: str, scope: Scope) -> str:
    """Return the measure of the figure in ``part``, whose subject is ``group``."""
    near = part.lead[-80:] + part.left
    if _is_target(near) or (_PLAN.search(part.left) and part.right.startswith("的")):
        return "target"
    if part.figure.kind in _RATES:
        return _of_share(part, group, scope)
    before = part.before.figure if part.before else None
    if before and before.kind not in _RATES and _follows(part, before.measure, group):
        return before.measure
    if _TOTAL.search(part.left) and not (scope.bounded and scope.kind != "since"):
        return "cumulative"
    return _of_count(part, group, scope)


def _is_target(near: str) -> bool:
    """A target word before the figure with nothing between that says it is already done."""
    place = -1
    for match in _TARGET.finditer(near):
        if not _TASK.match(near, match.end()):
            place = match.end()
    for match in _WILL.finditer(near):
        place = max(place, match.end())
    return place >= 0 and not _DONE.search(near, place)


def _of_share(part: Part, group: str, scope: Scope) -> str:
    """A rate of a year's work is a flow, any other a state."""
    of_year = scope.kind in ("bounded", "year") and group not in ("economy", "pilot_count")
    return "flow" if of_year or _TASK.search(part.left) else "stock"


def _follows(part: Part, earlier: str, group: str) -> bool:
    """True when the figure belongs to the one before it: 其中 …, A家、B家, 累计 … 95家，… 601家."""
    if part.left.startswith("其中") or part.listed or part.joined:
        own = part.left if part.listed else ""
        return not _NEW.search(own) and not _STANDING.search(own)
    return earlier in ("cumulative", "target") and not has_verb(part.left) and group not in _STATES


def _of_count(part: Part, group: str, scope: Scope) -> str:
    own = part.left
    if _NEW.search(own) or _NEW.match(part.right):
        return "cumulative" if scope.kind == "since" else "flow"
    if _STANDING.search(own) or "标准" in part.figure.indicator:
        return "stock"
    event = _is_event(part)
    if scope.kind == "since" and (scope.fresh or not _PERFECT.search(own)):
        return "cumulative" if event or group not in _STATES else "stock"
    if scope.kind == "now":
        return _by_now(part, group, scope) if event else "stock"
    if scope.kind in ("bounded", "year") and (event or group not in _STATES):
        return "flow"
    if event and group != "economy":
        return "cumulative" if _SO_FAR.search(own) else "flow"
    return "stock" if _last(_STOCK, own) >= 0 or scope.kind == "since" else _DEFAULT.get(group, "flow")


def _is_event(part: Part) -> bool:
    """True when the nearest word tells of something done (发放) and not of a state (拥有)."""
    if part.figure.kind == "visits" or _HAPPENED.search(part.predicate[:14]):
        return True
    return _last(_FLOW, part.left) > _last(_STOCK, part.left)


def _by_now(part: Part, group: str, scope: Scope) -> str:
    """截至 …, something was done: within the year just spoken of, or all in all."""
    if scope.bounded:
        return "flow"
    return "cumulative" if group in _EVENTS or _TOTAL.search(part.lead) else "stock"


@remembered
def _last(pattern: re.Pattern[str], words: str) -> int:
    place = -1
    for match in pattern.finditer(words):
        place = match.start()
    return place
