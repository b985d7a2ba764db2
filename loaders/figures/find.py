"""A report's text → its figures and the numerals that are none: every numeral ends in one of the two."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.figures import clauses, elided, groups, indicator, measure, not_figures
from loaders.figures.measure import Scope
from loaders.figures.mentions import printed
from loaders.figures.model import Figure, Mention, Refusal
from loaders.figures.period import Clock
from loaders.figures.reporter import Desk
from loaders.figures.sentences import Sentence, sentences
from tidy.values import SAME_UNIT, NotANumber

OPENING = 60
LONGEST = 60  # characters of a printed figure
_AND = frozenset(("、", "和", "至", "—", "-", "及"))


class Context:
    """What the text has said so far: time, reporter, subject of the paragraph."""

    def __init__(self, text: str, document_year: int = 0) -> None:
        self.clock = Clock(year=document_year, document_year=document_year)
        self.opening = text[:OPENING]
        self.opening_group = groups.title_group(self.opening)
        self.desk = Desk()
        self.group = ""
        self.subject = ""
        self.scope = Scope()
        self.done = 0

    def take_subject(self, words: str) -> None:
        """Remember what headings and sentences without figures speak of."""
        said = groups.marks(words)
        self.group = groups.most(said) or self.group
        self.subject = groups.subject(said, len(words), self.group) or self.subject


def find(text: str, document_year: int = 0) -> Iterator[Figure | Refusal]:
    """Yield figures and refused numerals of ``text`` in order; nothing is left out.

    ``document_year`` resolves 今年 and 去年 before the text names a year itself.
    """
    context = Context(text, document_year)
    for sentence in sentences(text):
        judged = _judged(sentence)
        found = [one for one in judged if isinstance(one, Figure)]
        _between(text, sentence, context)
        if found:
            _describe(sentence, found, context)
        else:
            context.take_subject(sentence.words)
            (context.desk.heading if is_heading(sentence.words) else context.desk.sentence)(sentence.words)
            context.clock.read(sentence.words)
            context.scope.read(sentence.words)
        context.done = sentence.end
        context.scope.next_sentence(paragraph="\n" in text[sentence.end - 1 : sentence.end + 1])
        yield from judged


def _between(text: str, sentence: Sentence, context: Context) -> None:
    """Take in headings and sentences without numerals since the last one."""
    if context.done < sentence.start:
        skipped = text[max(context.done, sentence.start - 300) : sentence.start]
        context.take_subject(skipped)
        context.scope.read(skipped.rsplit("\n", 1)[-1])
        for line in skipped.split("\n"):
            if line and len(line) <= 60 and line[-1] not in "。！？；，":
                context.desk.heading(line)
    if context.done <= sentence.start and text[sentence.start - 1 : sentence.start] == "\n":
        context.desk.paragraph()
        context.subject = ""


def _judged(sentence: Sentence) -> list[Figure | Refusal]:
    """Judge each numeral of the sentence."""
    found: list[Figure | Refusal] = []
    ordinal = -1  # where an ordinal ends, if the last numeral was one
    for index, mention in enumerate(sentence.mentions):
        goes_on = ordinal >= 0 and _same_ordinals(sentence.text, found[-1].start, ordinal, mention)
        one = _refused(mention, "ordinal") if goes_on else _judge(sentence, index)
        ordinal = one.end if isinstance(one, Refusal) and one.reason == "ordinal" else -1
        found.append(one)
    return found


def _same_ordinals(text: str, start: int, end: int, mention: Mention) -> bool:
    """第407、408期: what follows an ordinal in a list is one too."""
    return text[end : mention.number_start] in _AND and text[max(0, start - 2) : start].rstrip().endswith("第")


def _judge(sentence: Sentence, index: int) -> Figure | Refusal:
    mention = sentence.mentions[index]
    why = not_figures.reason(sentence, mention)
    unit, kind = mention.unit, mention.kind
    if not why and not unit:
        unit, kind = elided.unit_for(sentence, index)
        why = "" if unit else ("unit_missing" if mention.number[0].isdigit() else "word")
    return _refused(mention, why) if why else _figure(mention, unit, kind)


def _figure(mention: Mention, unit: str, kind: str) -> Figure | Refusal:
    if len(mention.phrase) > LONGEST:
        return _refused(mention, "unreadable")
    try:
        meaning = printed(mention, unit)
    except NotANumber:
        return _refused(mention, "unreadable")
    return Figure(mention.start, mention.end, mention.phrase, meaning, SAME_UNIT.get(unit, unit), kind)


def _refused(mention: Mention, why: str) -> Refusal:
    return Refusal(mention.number_start, mention.end, mention.phrase, why)


def _describe(sentence: Sentence, found: list[Figure], context: Context) -> None:
    """Give the figures of one sentence their group, name, measure, period and reporter."""
    words = sentence.words
    (context.desk.heading if is_heading(words) else context.desk.sentence)(words)
    marks = groups.marks(sentence.text, sentence.start, sentence.end)
    memory = indicator.Memory()
    done = sentence.start
    context.scope.begin(words)
    for part in clauses.parts(sentence, found):
        figure = part.figure
        said = sentence.text[done : figure.start]
        context.clock.read(said)
        context.scope.read(said)
        topic, sure = groups.topic(marks, part, context.group or context.opening_group)
        context.group = topic
        figure.group = groups.shifted(topic, part)
        context.subject = groups.subject(marks, figure.start - len(part.left), topic) or context.subject
        figure.indicator = indicator.name(part, memory, context.subject)
        figure.measure = measure.measure(part, topic, context.scope)
        figure.period = context.clock.period(figure.measure)
        figure.reporter = context.desk.current
        figure.confidence = round(sure, 2)
        done = figure.end


def is_heading(words: str) -> bool:
    """True for a line without a sentence's punctuation."""
    if not words.endswith("\n"):
        return False
    line = words.rstrip()
    return len(line) <= 60 and line[-1:] not in "。！？；，、：:"
