"""The indicator's name, made from the words of the clause: ``慰问困难职工`` + 数.

A counted noun follows its number (98名会员) or leads to it (会员98人); a list shares its verb
(慰问困难职工183人、大病职工107人); a change takes the name of what changed (由…增加到…, 同比增长);
a name that says too little (金额, 投入) is completed by the subject of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.figures import wording
from loaders.figures.clauses import Part
from loaders.figures.wording import after_verb, core, has_verb, is_generic, last_verb, noun_of, short, verb_phrase

_CHANGED = re.compile(
    r"(?:提高|增加|增长|上升|扩大|扩展|拓展|扩充|跃升|攀升|压减|缩减|上调|下调|发展|减少|下降|提升|增|调高|调整|提|升|降|减|精简)(?:到|至|为)(?:了)?(?:每[人户])?$"
)
_NOW = re.compile(r"(?<=[到至为])(?:今年|现在|目前|当前|本年|年底)的?$")
_PAST = re.compile(r"^(?:而)?(?:上年|去年|上期|上一年|此前)(?:同期)?(?:为|是|有|的)?$")
_EACH = re.compile(r"每人每年|每人每月|每人|每户|每名[\u4e00-\u9fff]{0,4}|户均|人均|平均每人")
_TASK = re.compile(r"任务|计划数|目标数|计划的")
_OF = re.compile(r"占(?:比|总数)?(?:约|近|达|为)?$")
_HIGHEST = re.compile(r"(?:单笔|一笔|个人)?(?:最高|最多|最大)(?:一笔|的)?")
_WHOLE = r"资金|经费|费用|金额|标准|价值|产值|收入|投资|物资|用品|补贴|津贴|善款|损失|总值|物品|慰问品|补助|助学金|慰问金|救助金|互助金"
_AMOUNT = re.compile(rf"(?:{_WHOLE}|[\u4e00-\u9fff]{{2}}[金款费额])$")
_FIRST = re.compile(r"[和及、]")
_PER_TIME = re.compile(r"^/[年月日人次户]")
_PURPOSE = re.compile(r"^[，,]?(?:专项)?(?:用于|支持|开展|为|购买|走访|慰问|帮扶|资助|建设|补助|奖励|发放|对)")
_COUNTED = frozenset(
    ("people", "visits", "body", "household", "case", "event", "item", "piece", "thing", "team", "building",
     "lesson", "round", "deal", "area", "land", "amount", "vote")
)  # fmt: skip
_PLAIN = _COUNTED - {"area", "land", "amount"}


@dataclass(slots=True)
class Memory:
    """What earlier figures of the sentence leave for later ones."""

    verb: str = ""
    noun: str = ""
    thing: str = ""
    parent: str = ""
    amount: str = ""
    name: str = ""
    names: list[str] = field(default_factory=list)
    shares: list[str] = field(default_factory=list)


def name(part: Part, memory: Memory, topic: str = "") -> str:
    """Return the indicator's name; ``topic`` is the sentence's subject, for names that say too little."""
    kind = part.figure.kind
    head = _shared(part, memory) or _changed(part, memory)
    if not head:
        make = _counted if kind in _COUNTED else _amount
        head = _completed(make(part, memory), part, memory, topic)
        memory.noun = head or memory.noun
    return _kept(memory, head, kind)


def _counted(part: Part, memory: Memory) -> str:
    """98名会员: the noun follows; 会员98人: it leads."""
    left, noun, verb = _counted_words(part.left, part.right)
    if noun:
        predicate = "" if has_verb(left) else verb_phrase(part.predicate, noun)
        action = verb or (memory.verb if part.listed and not left else "") or predicate
        memory.verb, memory.thing = verb or memory.verb, noun
        return short(action + noun)
    if part.joined and left:
        left = after_verb(left)
    memory.thing = left
    if not left:
        return short(core(part.right) or memory.verb)
    return short(_with_verb(left, part, memory) + (core(part.right)[:6] if len(left) < 3 else ""))


@wording.remembered
def _counted_words(left: str, right: str) -> tuple[str, str, str]:
    """The words that lead to a count, the noun that follows, the last verb before it."""
    own = core(wording.before_change(left, right))
    return own, noun_of(right, wording.ends_with_verb(own)), last_verb(own)


def _with_verb(left: str, part: Part, memory: Memory) -> str:
    """In a list the first item's verb holds for the others: 覆盖企业…、职工…."""
    if has_verb(left):
        memory.verb = wording.first_verb(left)
        return left
    if part.listed and memory.verb and not left.startswith(memory.verb):
        return memory.verb + left
    memory.verb = "" if not part.listed else memory.verb
    return left


def _amount(part: Part, memory: Memory) -> str:
    """Money, shares and other amounts: the noun leads, or follows (30万元慰问金, 9%的财政收入)."""
    left, each, noun = _amount_words(part.left, part.right)
    if part.joined and left:
        left = after_verb(left)
    if part.figure.kind == "share":
        return _share(left, noun, part, memory)
    highest = _HIGHEST.search(left)
    if highest:
        ranked = left[highest.end() :] or left[: highest.start()] or memory.amount or memory.thing[-6:]
        return short("单笔最高" + (ranked or memory.noun[-6:]))
    if noun and _AMOUNT.search(noun):
        return short((last_verb(left) or left) + each + noun)
    if memory.amount and left and not _AMOUNT.search(left) and not has_verb(left):
        return short(left + each + memory.amount)
    if each and not left and memory.amount:
        return each + memory.amount
    return short((memory.thing[-6:] if each and part.joined else "") + each + left)


@wording.remembered
def _amount_words(left: str, right: str) -> tuple[str, str, str]:
    """The words that lead to an amount, 人均 or 户均 where it is one for each, the noun that follows."""
    own = core(_EACH.sub("", wording.before_change(left, right)))
    per = _EACH.search(left)
    each = ("户均" if "户" in per[0] else "人均") if per else ""
    return own, each, _FIRST.split(noun_of(right, wording.ends_with_verb(own)))[0]


def _share(left: str, noun: str, part: Part, memory: Memory) -> str:
    """完成任务的63%: a completion rate; 9%的收入: a share of it."""
    if _TASK.search(left) or (not left and part.before and _TASK.search(part.before.left)):
        return short((memory.parent or memory.noun).removesuffix("任务完成率")[-8:] + "任务完成率")
    if noun and part.right.lstrip().startswith("的"):
        return short(noun + "占比")
    if _OF.search(part.left):
        return short((left.removesuffix("占比") or memory.noun) + "占比")
    return short(left)


def _completed(head: str, part: Part, memory: Memory, topic: str) -> str:
    """A name that says too little takes the list's parent, its purpose or the sentence's subject."""
    kind = part.figure.kind
    bare = part.left.strip("，、,其中和及 ")
    head = bare if wording.is_modifier(bare) else head
    if wording.is_modifier(head):
        parent = memory.parent = memory.parent or core(_last_clause(part.lead))
        return short(head + (wording.common_tail([parent]) or wording.object_of(parent)[-8:]))
    if not is_generic(head) and len(head) > (3 if kind in ("share", "money") else 1):
        if not part.listed:
            memory.parent = head
        return head
    if part.listed and memory.parent and memory.parent != head:
        return short(memory.parent[-8:] + head)
    purpose = _purpose(part) if kind == "money" else ""
    subject = topic if topic and topic not in head else ""
    return short((purpose or subject) + head)


def _purpose(part: Part) -> str:
    """What money was for: 投入20万元，用于慰问困难职工."""
    for words in (part.right, part.next_clause):
        if _PURPOSE.match(words):
            purpose = core(words.strip("，,。；"))
            return purpose[:10] if len(purpose) > 3 else ""
    return ""


def _last_clause(lead: str) -> str:
    clauses = [clause for clause in wording.clauses(lead) if len(clause) > 2]
    return clauses[-1] if clauses else ""


def _changed(part: Part, memory: Memory) -> str:
    """增加到 N: the same indicator; 同比增长 N%: its growth."""
    if not memory.name or part.before is None:
        return ""
    again, own, growth, counts = _change(part.left)
    if again:
        return own or memory.noun
    rate = part.figure.kind in ("share", "ratio")
    if growth and (rate or counts):
        return memory.noun + (("同比降幅" if growth == "减少" else "同比增幅") if rate else growth)
    return ""


@wording.remembered
def _change(left: str) -> tuple[bool, str, str, bool]:
    """Whether ``left`` leads to another value of the same (with its own name, if it says one), else to its growth.

    The last tells that the growth may be a count: 比上年增加 86 家, but not 净增会员 86 人.
    """
    raw = _NOW.sub("", _PER_TIME.sub("", wording.undated(left).lstrip("，、,")))
    changed = _CHANGED.search(raw)
    if changed or _PAST.match(raw):
        own = core(raw[: changed.start()]) if changed else ""
        return True, "" if len(own) < 2 or wording.is_drop(own) else own, "", False
    growth = wording.growth(raw)
    counts = growth and not wording.grown(raw) and raw.startswith(("较", "比", "同比", "净", "环比", "增收"))
    return False, "", growth, bool(counts)


def _shared(part: Part, memory: Memory) -> str:
    """Names of ``A、B、C分别为 1、2、3``: made at the first figure, taken in order."""
    split = wording.shares(part.left)
    if split:
        memory.shares = _distributed(part, *split, memory)
    elif not part.listed:
        memory.shares = []
    return memory.shares.pop(0) if memory.shares else ""


def _distributed(part: Part, subject: str, verb: str, memory: Memory) -> list[str]:
    items = [core(item) for item in wording.items(subject) if core(item)]
    if len(items) < 2:  # 占比依次为: over the figures just named
        if wording.tells_growth(subject + verb):
            items = ["同比增幅"]
        return [earlier + (items[0] if items else "") for earlier in memory.names[-part.run :]] if memory.names else []
    tail = wording.common_tail(items)
    action = last_verb(core(verb))
    return [short(action + item + ("" if item.endswith(tail) else tail)) for item in items]


def _kept(memory: Memory, head: str, kind: str) -> str:
    """Remember the name's parts and give it the ending of its kind."""
    amount = _AMOUNT.search(head) if kind == "money" else None
    if amount:
        memory.amount = amount[0]
    memory.names.append(head)
    counted = kind in _PLAIN and head and not head.endswith(("数", "率", "人次"))
    memory.name = head + ("人次" if kind == "visits" else "数") if counted else head
    return memory.name
