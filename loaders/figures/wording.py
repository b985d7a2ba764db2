"""Small tools for the words around a number: strip adverbs, find the verb, the noun, the list."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.figures import lexicon

LIMIT = 16
remembered = lru_cache(maxsize=4_096)  # statistics say the same words again and again
_ROLES = {role: lexicon.chosen("name_words", role) for role in ("drop", "verb", "stop", "generic", "growth")}
_DATE = (
    r"(?:(?:从|自)?(?:19|20)\d\d年(?:初|底|末|度|起|春节前|\d{1,2}月)?|\d{1,2}月(?:份|初|底|末|中旬|上旬|下旬)?|\d{1,2}[日号]"
    r"|(?<!上)(?:从|自)?[近过去]*[一二三四五六七八九十两\d]+多?年[来间里内]?|第[一二三四五六七八九十百\d]+[期批季届轮](?:省级|市级)?)"
)
_PLACE = r"[\u4e00-\u9fff]{1,6}?(?:省|市|区|县|州|旗|镇|乡|街道)"
_KNOWN_PLACE = lexicon.trie(row["name"] for row in lexicon.rows("places"))
_FIRST_PLACE = rf"^(?:{_KNOWN_PLACE})+(?:总(?=[\u4e00-\u9fff]))?|^(?:重庆|上海|北京|天津)(?:市总)?"
_PLACES = re.compile(_FIRST_PLACE)
_REPORTER = re.compile(
    rf"(?:{_PLACE}){{0,2}}(?:省|市|区|县|州)?(?:、[省市区县]){{0,3}}(?:[一二三两]级)?(?:总工会|各级工会)"
    rf"|(?<![\u4e00-\u9fff])[省市区县]总(?=[\u4e00-\u9fff])|{_FIRST_PLACE}"
)
_DATES = re.compile(_DATE + "的?")
_DROP = re.compile(
    rf"{_DATE}|{lexicon.trie(_ROLES['drop'])}|(?<!公)共(?![享建青同产和识创聚赢治性])|[\s\u3000*#“”《》]+"
)
_HEAD = re.compile(
    r"^(?:用于|[的了共是均都又再还也着只把使向至到、：:（）()，,]|给(?!付|予)|就(?!业|医|学|餐|近|诊)|让(?!利)|为(?!民)|有(?!效|偿|奖)|已(?!建)|并(?!购)|对(?!口|接|外)"
    r"|将(?!军)|由|从(?!业)|以(?!案)|于|在(?!职|册|档|保|编|建|岗|校|读)|等(?!级)|及(?!时)|和(?!谐|解)|与(?!会)|各(?!级|类)|每|其(?!中)|内的|中的|因)+"
)
_TAIL = re.compile(
    r"(?:[的了共都又再也着就只把使让给、：:（）()，/]|(?<![返归偿])还|(?<![意方定取导去志])向|(?<!作)为|(?<![人户])均|(?<![拥享])有|已|并|对|将|(?<!自)由|从|以|(?<!关)于|在|等"
    r"|(?<![惠涉普])及|和|(?<!参)与|(?<!到)达|(?<![收领送接达])到|至|约|近|超|余|多|是|之|每|各|占(?=$))+$"
)
_VERB = re.compile(lexicon.trie(_ROLES["verb"]))
_STOP = re.compile(
    lexicon.trie([*_ROLES["stop"], *_ROLES["verb"]]) + r"|在(?!职|册|档|保|编|建|岗|校|读)|获|与(?!会)|占"
)
_ENDING = re.compile(rf"{lexicon.trie(_ROLES['verb'])}了?$")
_MODIFIERS = frozenset(lexicon.chosen("name_words", "modifier"))
_GENERIC = frozenset(_ROLES["generic"])
_PLACE_NAMES = frozenset(
    name for row in lexicon.rows("places") for name in (row["name"], row["name"].rstrip("省市县区")) if len(name) > 1
)
_GROWTH = re.compile(lexicon.trie(_ROLES["growth"]))
_THAN = re.compile(r"^(?:较|比|与)(?:之前|此前|同期|以往)?(?:相比)?(?=增|提|上升|下降|减|翻|降)")
_SHARED = re.compile(r"分别|依次")
_ITEMS = re.compile(r"[、和]|以及|(?<![普涉惠])及(?!时)")
_THRESHOLD = re.compile(r"^.*\d[^的]*以[上下内]的?")
_CHANGE_AHEAD = re.compile(
    r"(?:提高|增加|增长|上升|扩大|扩展|拓展|扩充|跃升|攀升|压减|缩减|上调|下调|发展|减少|下降|提升|增|调整|升|降|精简)(?:到|至|为)"
)
_CHANGE_START = re.compile(r"(?<!自)由(?!于)|从(?!业|事)")
_ADVERBS = re.compile(r"(?:不久|随后|又|再|后来|逐步|主动|将目标|目标|现|已|人数|数量|总数)+")
_ASIDE = re.compile(r"[（(](?:[含即如]|其中|不含|包括|以下)[^（()）]{0,12}[)）]|[（(][^（()）]{5,14}[)）]|[（()）]")
_OUTER = re.compile(r"^(?:基础上|同时|过程中|情况下|前提下|时候|背景下)")
_TAILS = (
    "企业工会",
    "集体合同",
    "企业",
    "单位",
    "工会",
    "合同",
    "职工",
    "会员",
    "学校",
    "医院",
    "队伍",
    "人员",
    "干部",
    "工作者",
    "工作室",
    "示范点",
    "服务站",
    "中心",
)


@remembered
def core(words: str) -> str:
    """Return ``words`` without adverbs, dates, reporters and loose edges.

    >>> core("截至目前，全县职工互助保障参保单位共")
    '职工互助保障参保单位'
    """
    words = _ASIDE.sub("", words.rsplit("，", 1)[-1]).replace("各级工会组织", "工会组织")
    words = _THRESHOLD.sub("", words) if "以" in words else words
    reporter = _REPORTER if "总" in words or "各级" in words else _PLACES  # no union is named without either
    words = _DROP.sub("", reporter.sub("", words))
    return _TAIL.sub("", _HEAD.sub("", words))


@remembered
def before_change(left: str, right: str) -> str:
    """会员由上年的 | 增加到 …: the words before 由 name what changes."""
    if not _CHANGE_AHEAD.match(right):
        return left
    start = _CHANGE_START.search(left)
    return left[: start.start()] if start else left


@remembered
def undated(words: str) -> str:
    """``words`` without white space and dates."""
    return _DATES.sub("", "".join(words.split()))


@remembered
def noun_of(right: str, counted: bool = False) -> str:
    """Return the noun at the beginning of ``right``; empty when a verb or nothing follows.

    After a verb (``counted``: 编成5个 | 慰问组) what follows is its object, even if it looks like a verb.

    >>> noun_of("困难职工子女每人领到"), noun_of("参加培训"), noun_of("省市的不完全统计")
    ('困难职工子女', '', '省市')
    """
    words = "" if _CHANGE_AHEAD.match(right) else _ASIDE.sub("", right.lstrip(" \u3000的"))
    if not words or not "\u4e00" <= words[0] <= "\u9fff":
        return ""
    described = _described(words)
    if described:
        return described
    stop = _STOP.search(words, 3 if counted and len(words) > 2 else 0)
    noun = words[: stop.start()] if stop else words
    if "的" in noun:
        noun = noun.split("的", 1)[0]
    elif "、" in noun:
        noun = noun.split("、", 1)[0]
    return _TAIL.sub("", noun.replace("“", "").replace("”", ""))[-12:]


def _described(words: str) -> str:
    """身患重病的职工: the noun behind a clause that describes it; empty when there is none."""
    clause, of, rest = words.partition("的")
    if not of or len(clause) > 18 or not has_verb(clause) or _OUTER.match(rest):
        return ""
    return noun_of(rest)


@remembered
def verb_phrase(right: str, noun: str = "") -> str:
    """Return the verb of ``right`` behind ``noun``, with a short object: 参加培训."""
    verb = _VERB.search(right, len(noun))
    if not verb:
        return ""
    rest = core(right[verb.end() :])
    return verb[0] + (rest if len(rest) <= 8 else "")


@remembered
def has_verb(words: str) -> bool:
    """True when ``words`` hold a verb of the lexicon."""
    return bool(_VERB.search(words))


@remembered
def first_verb(words: str) -> str:
    """Return the first verb in ``words``: the one a list shares."""
    match = _VERB.search(words)
    return match[0] if match else ""


@remembered
def last_verb(words: str) -> str:
    """Return the last verb in ``words``."""
    found = ""
    for match in _VERB.finditer(words):
        found = match[0]
    return found


@remembered
def after_verb(words: str) -> str:
    """``会员赔付互助金`` after a figure: from the verb on; the noun before it is the earlier figure's."""
    verb = _VERB.search(words)
    return words[verb.start() :] if verb else words


@remembered
def is_generic(words: str) -> bool:
    """True for a name that needs completing: 金额, 投入, 单位, 太原."""
    return words in _GENERIC or words in _PLACE_NAMES or bool(_VERB.fullmatch(words))


@remembered
def growth(raw: str) -> str:
    """Return 增加 or 减少 when ``raw`` only tells of a change (同比增长, 较上一年减少); else empty."""
    words = _THAN.sub("", raw.strip("，、 "))
    if not _GROWTH.match(words) or len(words) > 9:
        return ""
    return "减少" if re.search("减|降|少", words) else "增加"


def grown(raw: str) -> str:
    """Return what grows when ``raw`` names it itself: 净增会员 → 会员."""
    return core(_GROWTH.sub("", _THAN.sub("", raw)))


@remembered
def shares(words: str) -> tuple[str, str] | None:
    """Split ``A、B分别吸引`` into its list and its verb."""
    match = _SHARED.search(words)
    return (words[: match.start()], words[match.end() :]) if match else None


def items(words: str) -> list[str]:
    """The members of a list: A、B和C."""
    return _ITEMS.split(words)


def common_tail(names: list[str]) -> str:
    """内资、外商投资企业: the last member's noun holds for all."""
    last = names[-1]
    rate = re.search(r"[\u4e00-\u9fff]{2}率$", last)
    if rate:
        return rate[0]
    return next((noun for noun in _TAILS if last.endswith(noun) and len(last) > len(noun)), "")


@remembered
def short(words: str) -> str:
    """At most :data:`LIMIT` characters, cut where the useful part begins."""
    words = _without_examples(_TAIL.sub("", _HEAD.sub("", words)).replace("“", "").replace("”", ""))
    if len(words) <= LIMIT:
        return words
    ending = _ENDING.search(words)
    if ending and ending.start() >= 6:
        words = words[: ending.start()]
    for mark in ("的", "等"):
        if mark in words[-LIMIT - 2 :] and len(words.rsplit(mark, 1)[1]) >= 4:
            words = words.rsplit(mark, 1)[1]
    if len(words) <= LIMIT:
        return words
    tail = words[-LIMIT - 2 :]
    verb = _VERB.search(tail)
    return tail[verb.start() :] if verb and len(tail) - verb.start() >= 5 else words[-LIMIT:]


def _without_examples(words: str) -> str:
    """开办家政、月嫂等技能培训班 → 开办技能培训班; 人社局联合举办招聘会 → 举办招聘会."""
    named, _etc, kind = words.rpartition("等")
    if "、" in named and len(kind) >= 2:
        verb = _VERB.match(named)
        words = (verb[0] if verb else "") + kind
    verb = _VERB.search(words, 3)
    return words[verb.start() :] if verb and len(words) > 8 and len(words) - verb.end() >= 4 else words


@remembered
def ends_with_verb(words: str) -> bool:
    """True when the last word is a verb: its object follows the number."""
    return bool(_ENDING.search(words))


def is_modifier(words: str) -> bool:
    """True for words that only narrow a noun named before: 民营, 兼职, 机关."""
    return words in _MODIFIERS


def clauses(words: str) -> list[str]:
    """Split at commas and stops."""
    return re.split(r"[，。；：、！？\n,;:]", words)


def is_drop(words: str) -> bool:
    """True when ``words`` are only adverbs and pronouns: 不久又, 随后."""
    return bool(_ADVERBS.fullmatch(words))


@remembered
def tells_growth(words: str) -> bool:
    """True when ``words`` speak of a change: 较上年分别增长."""
    return bool(_GROWTH.search(words))


def object_of(words: str) -> str:
    """``words`` without a leading verb: 培育示范点 → 示范点."""
    verb = _VERB.match(words)
    return words[verb.end() :] if verb and len(words) - verb.end() >= 2 else words
