"""Which indicator group a figure belongs to, told by the strong words nearest to it.

``data/lexicon/indicator_words.csv`` lists the words of each group with their strength;
``group_shifts.csv`` says where the kind of unit changes the group (a share is a coverage rate).
"""

from __future__ import annotations

import re

from loaders.figures import lexicon
from loaders.figures.clauses import Part
from loaders.figures.wording import growth, has_verb

_UNIONS = ("工会", "工会组织")
_HOUSES = ("中心", "文化宫", "学院", "疗养院")
_STRENGTH = {
    word: (row["group"], int(row["strength"]), word.endswith(_UNIONS + _HOUSES))
    for word, row in lexicon.each("indicator_words", "words")
}
_WORDS = re.compile(lexicon.trie(_STRENGTH))
_SHIFTS = {
    (row["topic"], row["kind"]): (row["group"], lexicon.split(row["nouns"])) for row in lexicon.rows("group_shifts")
}
_ADVERB = r"(?:共|还|先后|积极|主动|累计|全年|今年|联合|持续|充分|陆续|直接|也|均|再|就)"
_OWN_STATE = ("发展", "增", "减少", "覆盖", "涉及", "吸", "拥有", "下辖", "建立", "建有", "完成", "实现", "登记", "达")
_DOES = [word for word in lexicon.chosen("name_words", "verb") if not word.startswith(_OWN_STATE)]
_AGENT = re.compile(rf"{_ADVERB}*(?:带动|带领|深入|举办|坚持|{lexicon.trie(_DOES)})")
_ORGANISES = re.compile(
    r"(?:约|近)?[\d,，.]*[一二两三四五六七八九十百千万]*[余多]?(?:名|人|场|批|次|支|期|项|对|位)|(?:女|干部)?职工|会员"
)
_SPEAKS = re.compile(
    r"(?:有关|相关|今年|去年|全年|上半年|前?[一二三四](?:个)?季度|先后|累计|已|共)*"
    r"(?:负责人|主任|工作人员|统计|介绍|数据|联合|组织(?!架构)|举办|开展|受理|为|向)"
)
_OF_UNIONS = re.compile(
    r"(?:建会|入会|组建|签订|建制|覆盖|参与|参保|整改|办结|满意|完成|知晓|持证|采纳|结案|脱困|收缴)[率面]"  # whatever the topic
)
_WORK = frozenset(("rights", "insurance", "assistance", "training", "activity"))
_WHO = {"body", "people", "household"}  # 38家企业、8900名从业人员: whom the work reaches
DEFAULT = "activity"


# A word of the lexicon in the text: start, end, word, group, strength.
Mark = tuple[int, int, str, str, int]


def marks(text: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """Return the marks of ``text[start:end]`` in order."""
    found: list[Mark] = []
    for match in _WORDS.finditer(text, start, len(text) if end is None else end):
        word = match[0]
        group, strength, acts = _STRENGTH[word]
        if strength:
            begins, ends = match.span()
            if not (acts and _is_agent(text, begins, ends)):
                found.append((begins, ends, word, group, strength))
    return found


def _is_agent(text: str, start: int, end: int) -> bool:
    """基层工会投入…, 市总工会组织486名…, 服务中心介绍…: who does or tells something is not what is counted."""
    if text.endswith(_HOUSES, start, end):
        return bool(_SPEAKS.match(text, end))
    if text.startswith("工会组织", end - 4):
        return text[start - 1 : start] == "总" or bool(_ORGANISES.match(text, end) or _AGENT.match(text, end))
    return bool(_AGENT.match(text, end))


def topic(found: list[Mark], part: Part, fallback: str) -> tuple[str, float]:
    """Return (group, confidence) of the strongest word around the figure of ``part``.

    A word counts by its strength, less the farther it stands; the figure's own words count most.
    """
    before = part.before.figure if part.before else None
    if (
        before
        and part.listed
        and before.group
        and (before.kind == part.figure.kind or (before.group in _WORK and {before.kind, part.figure.kind} <= _WHO))
        and not has_verb(part.left + part.right)
    ):
        return before.group, 0.8
    votes = _votes(found, part, fallback)
    if fallback:
        votes[fallback] = max(votes.get(fallback, 0.0), 1.6 if part.listed else 1.2) + 0.3
    if not votes:
        return DEFAULT, 0.2
    group, most_votes, next_votes = "", 0.0, 0.0
    for name, vote in votes.items():
        if vote > most_votes:
            group, most_votes, next_votes = name, vote, most_votes
        elif vote > next_votes:
            next_votes = vote
    return group, min(1.0, 0.5 + (most_votes - next_votes) / 4)


def _votes(found: list[Mark], part: Part, fallback: str) -> dict[str, float]:
    """Return the weight of each group's marks around the figure of ``part``."""
    votes: dict[str, float] = {}
    start, end = part.figure.start, part.figure.end
    first, last = start - len(part.left), end + len(part.right)
    share = part.figure.kind == "share"
    for begins, ends, _word, group, strength in found:
        if strength == 1 and share:
            continue  # 96%的企业: a share of the firms, not of the economy
        if first <= begins and ends <= last:
            weight = strength * (1.7 if strength > 1 else 1.3)
        elif ends <= start:
            weight = strength - (start - ends) / 40
        else:
            weight = strength * 0.7 - (begins - end) / 15
        if weight > 0:
            group = _settled(group, fallback) if "|" in group else group
            vote = votes.get(group, 0.0)
            votes[group] = weight + 0.15 * vote if weight > vote else vote + 0.15 * weight
    return votes


def _settled(group: str, running: str) -> str:
    """A word of several groups (补助: insurance or assistance) belongs to the running one, else to the first."""
    if "|" not in group:
        return group
    groups = group.split("|")
    return running if running in groups else groups[0]


def shifted(group: str, part: Part) -> str:
    """Return the group after the kind of the figure's unit is taken into account."""
    kind = part.figure.kind
    if kind == "share" and _OF_UNIONS.search(part.left):
        return "coverage_rate"
    before = part.before.figure if part.before else None
    if kind == "share" and before and before.kind == "share" and before.group and growth(part.left):
        return before.group  # 收缴率达99%，同比提升1.6个百分点
    shift = _SHIFTS.get((group, kind)) or _SHIFTS.get(("*", kind))
    if shift is None:
        return group
    other, nouns = shift
    return other if not nouns or any(noun in part.left + part.right for noun in nouns) else group


def title_group(text: str) -> str:
    """Return the group that most marks of a heading or opening name; empty when none does."""
    return most(marks(text))


def most(found: list[Mark]) -> str:
    """Return the group with the strongest marks; empty for none."""
    votes: dict[str, int] = {}
    for _begins, _ends, _word, named, strength in found:
        group = _settled(named, "")
        votes[group] = votes.get(group, 0) + strength
    return max(votes, key=lambda name: votes[name]) if votes else ""


def subject(found: list[Mark], at: int, group: str) -> str:
    """Return the nearest word before ``at`` that speaks of ``group``: what a bare 投入 was for."""
    for _begins, ends, word, named, strength in reversed(found):
        if ends <= at and strength >= 2 and (group == named or ("|" in named and group in named.split("|"))):
            return word
    return ""
