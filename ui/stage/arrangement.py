"""What a story is made of before its figures are read: planned slides in order, as people arrange and save them.

A planned slide is a declaration as ``data/stories/*.toml`` writes it (``exports.plans`` reads
it) with filters of its own. Everything here is plain data: no store, no screen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from ui.choice import Choice

FILTERS = ("cities", "years", "types", "levels")
ALL = Choice()


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned slide: its declaration as JSON text, and its own filters."""

    declaration: str
    choice: Choice = ALL

    @property
    def declared(self) -> dict[str, Any]:
        """The declaration as ``exports.plans.build`` takes it."""
        return dict(json.loads(self.declaration))

    def saying(self, **words: Any) -> Planned:
        """Return the slide with other words (title, notes, text); an empty one gives way to the data's own."""
        if isinstance(words.get("title"), str):  # a plan's titles have names in braces; a person's mean themselves
            words["title"] = words["title"].replace("{", "{{").replace("}", "}}")
        declared = {name: said for name, said in (self.declared | words).items() if said not in ("", [])}
        return replace(self, declaration=written(declared))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Planned slides under one title. ``title`` and ``subtitle`` may be texts or ``{"zh": …, "en": …}`` as JSON."""

    name: str
    title: str
    subtitle: str = ""
    slides: tuple[Planned, ...] = ()

    def moved(self, place: int, by: int) -> Arrangement:
        """Return the story with the slide at ``place`` moved; at either end it stays."""
        slides = list(self.slides)
        slides.insert(max(0, min(place + by, len(slides) - 1)), slides.pop(place))
        return replace(self, slides=tuple(slides))

    def without(self, place: int) -> Arrangement:
        """Return the story without the slide at ``place``."""
        return replace(self, slides=self.slides[:place] + self.slides[place + 1 :])

    def with_slide(self, slide: Planned, after: int) -> Arrangement:
        """Return the story with a slide more behind the one at ``after`` (-1: in front)."""
        return replace(self, slides=(*self.slides[: after + 1], slide, *self.slides[after + 1 :]))

    def changed(self, place: int, slide: Planned) -> Arrangement:
        """Return the story with another slide at ``place``."""
        return replace(self, slides=(*self.slides[:place], slide, *self.slides[place + 1 :]))


def written(declared: Mapping[str, Any]) -> str:
    """Return a declaration as text, the same for the same declaration."""
    return json.dumps(declared, ensure_ascii=False, sort_keys=True)


def planned(declared: Mapping[str, Any], choice: Choice | None = None) -> Planned:
    """Return a planned slide of a declaration."""
    return Planned(written(declared), choice or ALL)


def to_saved(arrangement: Arrangement) -> dict[str, Any]:
    """Return the arrangement as JSON data, to be remembered by the store."""
    slides = [{"declared": slide.declared, "filters": _filters(slide.choice)} for slide in arrangement.slides]
    return {"title": arrangement.title, "subtitle": arrangement.subtitle, "slides": slides}


def from_saved(name: str, saved: Mapping[str, Any]) -> Arrangement:
    """Return what :func:`to_saved` wrote; fields that an older program did not write have their defaults."""
    slides = tuple(planned(one["declared"], _choice(one.get("filters", {}))) for one in saved.get("slides", ()))
    return Arrangement(name, str(saved.get("title", name)), str(saved.get("subtitle", "")), slides)


def _filters(choice: Choice) -> dict[str, Any]:
    return {name: list(values) for name, values in asdict(choice).items() if name in FILTERS and values}


def _choice(filters: Mapping[str, Any]) -> Choice:
    given: dict[str, Any] = {name: tuple(filters[name]) for name in FILTERS if name in filters}
    return replace(ALL, **given)


def narrowed(shared: Choice, own: Choice) -> Choice:
    """Return the filters of one slide: its own where it has some, else those of the whole story."""
    return replace(shared, **{name: getattr(own, name) or getattr(shared, name) for name in FILTERS})
