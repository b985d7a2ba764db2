"""Stock, flow, cumulative or target: told by the time the sentence speaks of and by the figure's own words.

The last time word before a figure sets the scope: a bounded time (今年, 2013年), a stretch up to
now (五年来, 以来) or the present (截至, 目前). Within it the nearest word of
``data/lexicon/measure_words.csv`` decides: a state (在册, 拥有) or an event (新增, 发放).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from loaders.figures import lexicon
from loaders.figures.clauses import Part
from loaders.figures.model import Figure
from loaders.figures.wording import has_verb, remembered

_DEFAULT = {row["group"]: row["measure"] for row in lexicon.rows("measure_defaults")}
_STATES = frozenset(("organisation", "membership", "staff", "facility", "pilot_count", "economy", "coverage_rate"))


def _words(measure: str, place: str) -> re.Pattern[str]:
    rows = lexicon.each("measure_words", "words")
    return re.compile(lexicon.trie(word for word, row in rows if (row["measure"], row["place"]) == (measure, place)))


UNDATED = 2  # paragraphs without a year, after which what was done is told as done so far
_RATES = frozenset(("share", "ratio"))
_EVENTS = frozenset(("assistance", "training", "activity"))
_CASEWORK = frozenset(("insurance", "rights"))
_TARGET = _words("target", "before")
_DONE = re.compile(rf"(?<!前){_words('done', 'before').pattern}")  # 确保年底前完成任务 is still to be done
_TOTAL = _words("cumulative", "clause")
_FLOW = _words("flow", "before")
_HAPPENED = _words("flow", "after")
_STOCK = _words("stock", "before")
_NEW = _words("flow", "strong")
_STANDING = _words("stock", "strong")
_FLOWING = re.compile(
    r"收入|产值|增加值|税收|税款|支出|销售额|营业额|利润|利税|生产总值|GDP|进出口|投资|经费|零售总额|实收|净收益"
)
_MONEY_STANDARD = re.compile(
    r"每[人户名家单]每[年月次期]|每月每人|每年每人|每新(?:建|发展|组建|增)|由每[单件天月]|每[份张场]$|一次性给付|控制在|封顶|标准|最低工资|(?:户均|人均|每人)[^，。；]{0,8}(?:由|从|提高[至到]|增加[至到]|提[至到]|调整[为至到])"
)
_BUILT = re.compile(r"(?<!已)(?:建成|建立|打造|创建|新建|培育|涌现|选树|建设|命名|组建|成立)")
_COVERS = ("覆盖", "涉及", "惠及", "涵盖")
_OF_THE_LAST = re.compile(r"^[，,]?(?:[约其]|其中)*占|占(?:比|总数|全部)?[^，。；]{0,10}$")
_RATE_WORDS = tuple((name, _words(name, "rate")) for name in ("stock", "flow"))
_RATE = re.compile(r"((?![参投入])[\u4e00-\u9fff]{2})率[^，。；]{0,5}$")
_CHANGED = re.compile(
    r"(?:提高|增加|增长|上升|扩大|扩展|拓展|扩充|跃升|攀升|压减|缩减|上调|下调|提升|降低|下降|减少|升|降|增)(?:到|至|为)"
)
_BECAME = re.compile(r"[到至为](?:了|现在的|目前的|今年的)?(?:第[一二三四五六七八九十]+[期届]的)?$")
_AMOUNTS_TO = re.compile(r"(?:人才|工匠|劳模|技师|会员|队伍)(?:总量|总数|数量)?(?:已?达到?了?|增至|增加到|扩大到)$")
_YEARLY = re.compile(r"每(?:年|月|季度)(?![每人])[^，。；]{0,14}$")
_DUES = re.compile(r"审计|查出|检出|提出|补缴|追缴|督促|代收|返还|惠及|缴费|免收|缓缴|减免")
_CASES = re.compile(r"赔付|理赔|补助|给付|报销|受理|调解|接听|接待|追回|挽回|援助|结案|化解")
_SIGNED = re.compile(r"签订|覆盖|建立")
_HELD = re.compile(r"现有|拥有|建有|建立|设有|配有")
_BEGUN = r"自(?:19|20)\d\d年[^，。；]{0,14}(?:启动|开展|实施|推行|施行|开办|举办|创办|设立|成立|建立|起|来|开始)|年多?[来间]|十[一二三四五]五”?(?:规划)?(?:以来|期间|时期)|(?:近|过去|最近)(?:[二两三四五六七八九十]|\d{1,2})年(?![来间多余度])|(?:[一二两三四五六七八九十]|\d{1,2})年(?:累计|共|总计|先后)|(?:上线|运行|运营|启动|实施|推行|开通|投用|创办)(?:近|已)?(?:[一二两三四五六七八九十]|\d{1,2})年半?(?![度内])"
_YEAR_PAST = rf"(?<![十百千\d]){_words('bounded', 'start').pattern}|(?:^|(?<=[，。；：\n]))第[一二三四五六七八九十\d]+期(?!间)|(?<![\d年至到\-—])\d{{1,2}}月份?(?=[，,])|(?<![\d年])\d{{1,2}}月(?:份|\d{{1,2}}日)?以来|(?:入[春夏秋冬汛伏]|开[春年]|节后|春运|暑期)以来|自(?:今|去|前|当)年[^，。；]{{0,8}}(?:起|开始)|(?<=[，；])(?:19|20)\d\d年(?![底末初以至来起开\d])|\d{{1,2}}月?[—–\-~～至到]{{1,2}}\d{{1,2}}月"
_UNTIL = r"截[至止](?:到)?(?:今年)?\d{1,2}月"
_SCOPE = re.compile(
    rf"(?P<years>(?P<first>(?:19|20)\d\d)年?[—–\-~～至到]+(?P<last>(?:19|20)\d\d)年)|(?P<past>{_YEAR_PAST})|(?P<until>{_UNTIL})|(?P<since>{_words('cumulative', 'sentence').pattern}|{_BEGUN})"
    rf"|(?P<bounded>{_words('bounded', 'sentence').pattern})"
    rf"|(?P<now>[至到](?:19|20)\d\d年年?[底末]|{_words('stock', 'sentence').pattern})|(?P<year>(?:19|20)\d\d\s?年)"
)
_VERBS = lexicon.trie(lexicon.chosen("name_words", "verb"))
_WILL = re.compile(
    rf"(?<!即)将(?:再|继续|陆续|全年|每年|在[^，。]{{1,12}}|为[^，。]{{1,12}})?(?:{_VERBS})"
    rf"|计划(?:今年|年内|全年|明年|[一二三五两]年内)?(?:再|新|于|在|到|用|为|将|建|{_VERBS})"
    r"|(?<![^，。；：\n\s])到20\d\d年(?:底|末)?，?(?=[^，。；]{0,12}(?:建成|实现|达到|培训|培养|完成|组建|新建|新增|发展|形成))"
    r"|(?:提出|要求|明确|部署|规划|意见)[^。；]{0,20}到20\d\d年"
)
_PLAN = re.compile(r"(?:任务|目标|计划)(?:数|总额)?$")
_TASK = re.compile(r"任务|(?:目标|计划)(?:数|总额)?的$")
_OF_TARGET = re.compile(r"任务|(?:总?[额数])?的(?:$|[\d近约超])")
_SO_FAR = re.compile(r"先后|共(?![同建分])|已|总计|合计")
_PERFECT = re.compile(r"已(?!有)")


@remembered
def _scopes(words: str) -> tuple[str, ...]:
    """Return the kinds of the scope words of ``words``, in order."""
    return tuple(_kind(match, words[max(0, match.start() - 2) : match.start()]) for match in _SCOPE.finditer(words))


def _kind(match: re.Match[str], before: str) -> str:
    if match["years"]:  # 2015—2019年 is a stretch, 2020至2021年度 a year of work
        return "since" if int(match["last"]) - int(match["first"]) > 1 else "bounded"
    return "bounded" if match["year"] and before == "其中" else str(match.lastgroup)


@dataclass(slots=True)
class Scope:
    """The time that the text speaks of: ``since``, ``bounded``, ``now``, ``year`` or nothing.

    ``bounded`` remembers that this paragraph spoke of one year; ``since`` that it spoke of a
    stretch of years; ``fresh`` that the sentence itself names the time; ``undated`` counts the
    paragraphs since a year was named; ``plans`` tells that the sentence speaks of plans.
    """

    kind: str = ""
    bounded: bool = False
    since: bool = False
    fresh: bool = False
    undated: int = 0
    plans: bool = True

    def begin(self, words: str) -> None:
        """Ask once for the whole sentence what is asked for each of its figures."""
        self.plans = bool(_TARGET.search(words) or _WILL.search(words))

    def read(self, words: str) -> None:
        """Take in the scope words of ``words``, in order."""
        for kind in _scopes(words):
            self._take(kind)

    def _take(self, kind: str) -> None:
        if kind == "year" and self.fresh and self.kind in ("since", "now"):
            return  # 截至2019年 and 五年来: the year belongs to them
        if kind == "past":
            kind, self.fresh = "bounded", False
        if kind == "until":
            kind, self.bounded = "now", True
        if kind == "now" and self.since and not self.bounded:
            kind = "since"
        self.bounded |= kind == "bounded"
        self.since = kind == "since" or (self.since and kind not in ("bounded", "year"))
        self.kind, self.fresh, self.undated = kind, True, 0

    def next_sentence(self, paragraph: bool) -> None:
        """Begin a sentence; a new paragraph or heading speaks of its own time."""
        self.fresh = False
        if paragraph:
            self.kind, self.bounded, self.since = "", False, False
            self.undated += 1


def measure(part: Part, group: str, scope: Scope) -> str:
    """Return the measure of the figure in ``part``, whose subject is ``group``."""
    if (scope.plans and _is_target(part.lead[-80:] + part.left)) or (
        part.right[:1] == "的" and _PLAN.search(part.left)
    ):
        return "target"
    before = part.before.figure if part.before else None
    if part.left.endswith(("由", "从")) and _CHANGED.match(part.right) and not _FLOWING.search(part.left):
        return "stock"
    if before and (part.figure.indicator.endswith(("增幅", "降幅")) or _is_share_of(part, before)):
        return before.measure
    if part.figure.kind in _RATES and before and before.kind in _RATES and (part.listed or _says_no_rate(part.left)):
        return before.measure
    if part.figure.kind in _RATES:
        return _of_share(part, group, scope)
    if _is_standard(part):
        return "stock"
    if before and before.kind not in _RATES and _follows(part, before.measure, group):
        return before.measure
    if _TOTAL.search(part.left) and not (scope.bounded and scope.kind != "since"):
        return "cumulative"
    return _of_count(part, group, scope)


def _is_target(near: str) -> bool:
    """A target word before the figure with nothing between that says it is already done."""
    place = -1
    for match in _TARGET.finditer(near):
        if not _OF_TARGET.match(near, match.end()):
            place = match.end()
    for match in _WILL.finditer(near):
        place = max(place, match.end())
    return place >= 0 and not _DONE.search(near, place)


def _says_no_rate(words: str) -> bool:
    """国有企业建制率98%，非公企业86%: the second is of the rate just said."""
    return not (_RATE.search(words) or _OF_THE_LAST.search(words) or _TASK.search(words) or has_verb(words))


def _is_share_of(part: Part, before: Figure) -> bool:
    """…1865人次，来自外来务工人员的占89%: a share of the count just said."""
    return part.figure.kind in _RATES and before.kind not in _RATES and bool(_OF_THE_LAST.search(part.left))


def _of_share(part: Part, group: str, scope: Scope) -> str:
    """A rate of a year's work is a flow, any other a state."""
    rate = _RATE.search(part.left)
    rates = [(match.end(), name) for name, words in _RATE_WORDS for match in words.finditer(part.left)]
    if rates:
        return max(rates)[1]
    if rate and has_verb(rate[1]):
        return "flow"
    if _CHANGED.search(part.left) or _CHANGED.match(part.right):
        return "stock"
    of_year = scope.kind in ("bounded", "year") and group not in ("economy", "pilot_count")
    return "flow" if of_year or _TASK.search(part.left) else "stock"


def _follows(part: Part, earlier: str, group: str) -> bool:
    """True when the figure belongs to the one before it: 其中 …, A家、B家, 累计 … 95家，… 601家."""
    if part.left.startswith("其中") or part.listed or part.joined:
        if _BECAME.search(part.left):
            return True
        if part.joined and not part.listed and earlier == "stock" and (_TOTAL.search(part.left) or _is_event(part)):
            return False
        return not part.listed or not (_said(part.left).new or _said(part.left).standing)
    aside = part.before is not None and part.before.right.startswith(("）", ")"))
    if not aside and part.left.lstrip("，、,并共").startswith(_COVERS):
        return True
    return earlier in ("cumulative", "target") and not has_verb(part.left) and group not in _STATES


def _of_count(part: Part, group: str, scope: Scope) -> str:
    own, said = part.left, _said(part.left)
    if said.new or _NEW.match(part.right):
        return "cumulative" if scope.kind == "since" else "flow"
    if said.yearly:
        return "flow"
    if said.standing or part.figure.kind in ("area", "land", "length"):
        return "stock"
    event = _is_event(part)
    if scope.kind == "since" and _AMOUNTS_TO.search(own):
        return "stock"
    if scope.kind == "since" and (scope.fresh or not _PERFECT.search(own)):
        return "cumulative" if event or group not in _STATES or (group != "staff" and _built(own, scope)) else "stock"
    if scope.kind == "now":
        return _by_now(part, group, scope) if event or _worked(part, group, scope) else "stock"
    if scope.kind in ("bounded", "year") and group not in _STATES and _HELD.search(own):
        return "stock"
    if scope.kind in ("bounded", "year") and (event or group not in _STATES or _BUILT.search(own)):
        return "flow"
    if group == "economy" and scope.kind in ("bounded", "year") and part.figure.kind == "money":
        return "flow" if _FLOWING.search(part.left + part.right[:6]) else "stock"
    if scope.kind == "" and part.before and part.before.figure.measure == "stock" and _SIGNED.search(own):
        return "stock"
    if event and scope.kind == "" and part.before and part.before.figure.measure == "cumulative" and not scope.bounded:
        return "cumulative"
    if event and (group != "economy" or _DUES.search(own)):
        return "cumulative" if _SO_FAR.search(own) or scope.undated >= UNDATED else "flow"
    return "stock" if said.state or scope.kind == "since" else _DEFAULT.get(group, "flow")


def _built(own: str, scope: Scope) -> bool:
    """五年来…建成: of these years; 已建成 only where the sentence itself names them."""
    return bool(_BUILT.search(own)) or (scope.fresh and "已建成" in own)


def _worked(part: Part, group: str, scope: Scope) -> bool:
    """截至12月20日，…援助案件187件: a year's work, though no verb says so."""
    return scope.bounded and group not in _STATES and not _said(part.left).state


def _is_standard(part: Part) -> bool:
    """每人每月780元, 标准为3000元: what is paid each time, a rule in force."""
    if part.figure.kind != "money":
        return False
    return "标准" in part.figure.indicator or bool(_MONEY_STANDARD.search(part.left))


def _is_event(part: Part) -> bool:
    """True when the nearest word tells of something done (发放) and not of a state (拥有)."""
    if part.figure.kind in ("visits", "event") or _HAPPENED.search(part.predicate[:14]):
        return True
    return _said(part.left).event


def _by_now(part: Part, group: str, scope: Scope) -> str:
    """截至 …, something was done: within the year just spoken of, or all in all."""
    if scope.bounded:
        return "flow"
    counted = group in _EVENTS or (group in _CASEWORK and _CASES.search(part.left)) or _TOTAL.search(part.lead)
    return "cumulative" if counted else "stock"


class _Said(NamedTuple):
    """What a figure's own words tell: new or standing whatever the time, of a state, last of something done."""

    yearly: bool
    new: bool
    standing: bool
    state: bool
    event: bool


@remembered
def _said(words: str) -> _Said:
    state = max((match.start() for match in _STOCK.finditer(words)), default=-1)
    event = max((match.start() for match in _FLOW.finditer(words)), default=-1)
    return _Said(
        bool(_YEARLY.search(words)), bool(_NEW.search(words)), bool(_STANDING.search(words)), state >= 0, event > state
    )
