"""A story: slides in order, each a title with one exhibit, cards or text, and the presenter's notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tidy.exhibit import Exhibit
from tidy.exhibits import Card

OFFICE_EPOCH = date(2000, 1, 1)


@dataclass(frozen=True)
class Slide:
    """One page of a story. It may hold cards above an exhibit; ``text`` is a list of sentences."""

    title: str
    exhibit: Exhibit | None = None
    cards: tuple[Card, ...] = ()
    text: tuple[str, ...] = ()
    notes: str = ""

    @property
    def observation_ids(self) -> tuple[str, ...]:
        """Every printed figure behind the slide, once, in order."""
        cards = [one for card in self.cards for one in card.observation_ids]
        shown = self.exhibit.observation_ids if self.exhibit else ()
        return tuple(dict.fromkeys([*cards, *shown]))


@dataclass(frozen=True)
class Story:
    """Slides under one title, all of one vintage; ``vintage`` is the day it was known.

    ``version`` is the sentence on the cover that names the vintage.
    """

    name: str
    title: str
    slides: tuple[Slide, ...]
    subtitle: str = ""
    vintage: date = OFFICE_EPOCH
    version: str = ""

    @property
    def exhibits(self) -> Iterator[Exhibit]:
        """Every exhibit in order."""
        return (slide.exhibit for slide in self.slides if slide.exhibit)

    @property
    def observation_ids(self) -> tuple[str, ...]:
        """Every printed figure behind the story, once, in order."""
        return tuple(dict.fromkeys(one for slide in self.slides for one in slide.observation_ids))

    def arranged(self, order: tuple[int, ...]) -> Story:
        """Return the story with only the slides of ``order`` (positions from 0), in that order."""
        return replace(self, slides=tuple(self.slides[position] for position in order))


def of_exhibits(*exhibits: Exhibit, title: str = "", vintage: date = OFFICE_EPOCH) -> Story:
    """Return a story of single exhibits: what a figure's or a page's download menu exports."""
    slides = tuple(Slide(exhibit.meta.title, exhibit) for exhibit in exhibits)
    return Story("page", title or (exhibits[0].meta.title if exhibits else ""), slides, vintage=vintage)
