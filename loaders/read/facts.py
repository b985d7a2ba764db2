"""What the headings over (or beside) a figure say, one axis at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import reduce

from loaders.layout import Label
from loaders.layout.words import is_bare_total, is_total
from loaders.read.context import Context
from loaders.vocabulary import Unit, Vocabulary, headings
from loaders.vocabulary.keys import NUMBERING, PARTIAL
from loaders.vocabulary.periods import period_in, period_of, without_period
from loaders.vocabulary.units import split, unit

Path = tuple[Label, ...]
TOTAL = re.compile(r"(?:总|小|共)计(?:数)?|合\s*计(?:数)?|总和", re.I)


@dataclass(frozen=True, slots=True)
class What:
    """The part of the facts that tells which figure of a reporter it is; rows share few of these."""

    indicators: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unit: Unit | None = None
    measure: str = ""
    relative: str = ""
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What one axis says of a figure: who, when, what; ``unknown`` are the heading cells nobody understood.

    ``scope`` are words beside a reporter's name that narrow the figure (规上企业); they differ from row to
    row and stand apart from ``what``, of which there are few.
    """

    what: What = field(default_factory=What)
    reporters: tuple[str, ...] = ()
    period: str = ""
    total: bool = False
    whole: bool = False
    unknown: tuple[Label, ...] = ()
    stranger: Label | None = None
    scope: str = ""


class Reader:
    """Reads heading paths with a vocabulary, inside the context of one table."""

    def __init__(self, vocabulary: Vocabulary, context: Context, names: list[Label]) -> None:
        self.vocabulary = vocabulary
        self.context = context
        self.aspects = {name.column: headings.column_aspect(split(name.text)[0]) for name in names}
        self.ignored = {column for column, aspect in self.aspects.items() if aspect == "ignore"}
        self._units: dict[Unit | None, Facts] = {}
        self._texts: dict[str, Facts] = {}
        self._paths: dict[tuple[object, ...], Facts] = {}
        self._same: dict[Facts, Facts] = {}
        self._together: dict[tuple[int, ...], Facts] = {}

    def facts(self, paths: tuple[Path, ...], *, stub: bool) -> Facts:
        """Return what all paths of one axis say together; ``stub`` for row headings.

        Paths that say the same get the same object, unless they name cells of their own.
        """
        ignored = self.ignored if stub else ()
        found = [self._of_path(path, stub) for path in paths if path and path[-1].column not in ignored]
        key = tuple(map(id, found))
        known = self._together.get(key)
        if known is None:
            known = self._shared(self._one_reporter(reduce(merged, found) if found else NOTHING))
            if all(_sharable(one) for one in found):
                self._together[key] = known
        return known

    def _of_path(self, path: Path, stub: bool) -> Facts:
        if stub and self._aspect(path) == "unit":
            return self._of_unit(unit(path[-1].text))
        if len(path) == 1:
            key: tuple[object, ...] = (stub, path[0].column, path[0].text)
        else:
            key = (stub, path[-1].column, *[label.text for label in path])
        known = self._paths.get(key)
        if known is None:
            known = self._shared(self._path(path, self._aspect(path) if stub else ""))
            if _sharable(known):
                self._paths[key] = known
        return known

    def _of_unit(self, own: Unit | None) -> Facts:
        known = self._units.get(own)
        if known is None:
            known = self._units[own] = self._shared(Facts(What(unit=own)))
        return known

    def _shared(self, found: Facts) -> Facts:
        """Return the one object for what is said; what names its own cells stays as it is."""
        return self._same.setdefault(found, found) if _sharable(found) else found

    def _aspect(self, path: Path) -> str:
        return self.aspects.get(path[-1].column, "")

    def _path(self, path: Path, aspect: str) -> Facts:
        made = reduce(merged, [self._label(label) for label in path])
        return (
            self._indicator_of(made) if made.unknown and aspect != "reporter" else self._known_or_stranger(made, aspect)
        )

    def _known_or_stranger(self, made: Facts, aspect: str) -> Facts:
        if aspect == "reporter" and made.unknown:
            return replace(made, unknown=(), stranger=made.unknown[-1], what=replace(made.what, words=()))
        return made

    def _label(self, label: Label) -> Facts:
        made = self._texts.get(label.text)
        if made is None:
            made = self._texts[label.text] = self._text(label.text)
        return replace(made, unknown=(label,)) if made.what.words else made

    def _text(self, text: str) -> Facts:
        """Say what one heading means by itself."""
        name, own_unit = split(text)
        rest = TOTAL.sub("", name).strip() if is_total(name) and not is_bare_total(name) else name
        if rest != name and rest and not self._indicators(text, name) and not headings.is_whole(name):
            return replace(self._text(rest), total=True)
        simple = self._simple(name)
        if simple is not None:
            return replace(simple, what=replace(simple.what, unit=own_unit)) if own_unit else simple
        reporters = self.vocabulary.reporter_in(text, self.context.city)
        found = self._indicators(text, name)
        if found or not reporters:
            return Facts(What(found, (), own_unit)) if found else self._dated(name, own_unit)
        return Facts(reporters=reporters)

    def _indicators(self, text: str, name: str) -> tuple[str, ...]:
        return self.vocabulary.indicators.find(text) or self.vocabulary.indicators.find(name)

    def _simple(self, name: str) -> Facts | None:
        """Return the facts of a heading that names no indicator or reporter; ``None`` for any other."""
        if headings.is_whole(name):
            return Facts(whole=True)
        if headings.is_plain(name) or headings.is_section(name):
            return Facts()
        if headings.is_derived(name):
            return Facts(What(derived=True))
        measure, relative = headings.measure_of(name), headings.relative_of(name)
        if measure or relative:
            return Facts(What(measure=measure, relative=relative))
        period = self.vocabulary.aliases.get("period", {}).get(name) or period_of(name, self.context.year)
        if period:
            return Facts(period=period)
        return Facts(total=True) if is_total(name) and not self.vocabulary.indicators.find(name) else None

    def _dated(self, name: str, own_unit: Unit | None) -> Facts:
        """Read ``2018年新建工会数`` as a period and an indicator; else keep the words as not understood."""
        period, rest = period_in(name), without_period(name).strip("()（） ")
        if period and rest:
            known = self._text(rest)
            if not known.what.words:
                return replace(known, period=period)
        return Facts(What(words=(PARTIAL.sub("", NUMBERING.sub("", name)),), unit=own_unit))

    def _indicator_of(self, made: Facts) -> Facts:
        """Try headings of one path together: 工会会员数 / 女 may be an indicator of its own."""
        found = self.joined(made.what.words)
        if found and not made.what.indicators:
            return replace(made, what=replace(made.what, indicators=found, words=()), unknown=())
        return made

    def joined(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the indicators that several heading words name together, in either order."""
        for candidate in ("".join(words), "".join(reversed(words))) if len(words) > 1 else ():
            found = self.vocabulary.indicators.find(candidate)
            if found:
                return found
        return ()

    def _one_reporter(self, made: Facts) -> Facts:
        """Of 杭州市 and 梦想小镇 keep the one inside the other."""
        if len(made.reporters) < 2:
            return made
        holds = self.vocabulary.holds
        inner = [id for id in made.reporters if not any(holds(id, other) for other in made.reporters if other != id)]
        return replace(made, reporters=tuple(dict.fromkeys(inner)))


NOTHING = Facts()


def _sharable(found: Facts) -> bool:
    """Tell whether facts name no cells of their own."""
    return not found.unknown and found.stranger is None


def merged(a: Facts, b: Facts) -> Facts:
    """Return the facts of an outer and an inner heading together; the inner one wins."""
    what = What(
        b.what.indicators or a.what.indicators,
        a.what.words + b.what.words,
        b.what.unit or a.what.unit,
        b.what.measure or a.what.measure,
        b.what.relative or a.what.relative,
        a.what.derived or b.what.derived,
    )
    return Facts(
        what,
        a.reporters + tuple(r for r in b.reporters if r not in a.reporters),
        b.period or a.period,
        a.total or b.total,
        a.whole or b.whole,
        a.unknown + b.unknown,
        b.stranger or a.stranger,
    )
