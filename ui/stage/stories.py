"""Arrangements → stories: the store is read at one moment, the slides are built by ``exports.plans``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from exports import evidence as proof
from exports import large, plans
from exports.choices import choose_indicators
from exports.story import OFFICE_EPOCH, Slide, Story
from store import Release
from tidy import language
from tidy.exhibits import city_name
from tidy.language import _
from tidy.schema import CITIES, GROUPS
from ui import build, cached, reads
from ui.choice import Choice
from ui.stage.arrangement import Arrangement, Planned, from_saved, narrowed, planned, to_saved

SAVED, OWN = "story", "own:"


def pinned(choice: Choice) -> Choice:
    """Return the choice tied to what is known now, so that every slide tells of one vintage."""
    release = last_release(choice)
    return choice if choice.as_of or release is None else replace(choice, as_of=release.known_from.isoformat())


def last_release(choice: Choice) -> Release | None:
    """Return the newest release that is known at the choice's vintage."""
    at = _moment(choice.as_of)
    known = [release for release in cached.store().releases() if release.known_from <= at]
    return max(known, key=lambda release: (release.known_from, release.id), default=None)


def _moment(as_of: str) -> datetime:
    """The end of a day, or the very moment; without one, now."""
    if not as_of:
        return datetime.now().astimezone()
    found = datetime.fromisoformat(as_of)
    return (found.replace(hour=23, minute=59, second=59) if len(as_of) == 10 else found).astimezone()


def version(choice: Choice) -> str:
    """Return the sentence that names the vintage."""
    release = last_release(choice)
    if release is None:
        return ""
    day = release.known_from.astimezone().date().isoformat()
    return _("数据版本：第 {number} 批，{day}").format(number=release.id, day=day)


def material(choice: Choice) -> plans.Material:
    """Return figures, reference tables and evidence of a choice."""
    made: plans.Material = cached.made(_material, choice)
    return made


def evidence_of(ids: tuple[str, ...], as_of: str) -> plans.Material:
    """Return the material of some printed figures alone, as known at a vintage."""
    return _of_figures(Choice(as_of=as_of), cached.observations_by_id(ids, as_of))


def _material(choice: Choice) -> plans.Material:
    """All figures of the choice, of a large store those that each slide asks for."""
    if sum(reads.indicator_counts(choice, GROUPS).values()) <= large.MANY:
        return _of_figures(choice, reads.figures(choice))

    def ask(**wanted: tuple[str, ...]) -> pd.DataFrame:
        own = replace(choice, cities=wanted.pop("cities", choice.cities))
        return reads.figures(own, **wanted)

    return replace(_of_figures(choice, reads.figures(choice, groups=())), ask=ask)


def _of_figures(choice: Choice, figures: pd.DataFrame) -> plans.Material:
    known = cached.reference(choice)
    release = last_release(choice)
    return plans.Material(
        figures, known.indicators, build.expected(choice),
        proof.table(figures, known.indicators, known.sources), known.sources,
        release.known_from.astimezone().date() if release else OFFICE_EPOCH, version(choice),
        choice.cities[0] if len(choice.cities) == 1 else "", choice.types[0] if len(choice.types) == 1 else "",
    )  # fmt: skip


def ready_made(name: str, choice: Choice) -> Arrangement:
    """Return a declared story slide by slide, as the figures of the choice fill it; ``KeyError`` if unknown."""
    made: Arrangement = cached.made(_ready_made, pinned(choice), name)
    return made


def _ready_made(choice: Choice, name: str) -> Arrangement:
    plan = plans.plans()[name]
    slides = [one for declared in plan["slides"] for one in _spread(declared, choice)]
    kept = tuple(one for one in slides if _filled(slide(one, choice), one.declared))
    return Arrangement(name, _text(plan["title"]), _text(plan.get("subtitle", "")), kept)


def _spread(declared: dict[str, Any], choice: Choice) -> Iterator[Planned]:
    """Yield the slides that one declaration stands for: a city each, an indicator each, or itself."""
    rest = {name: value for name, value in declared.items() if name not in ("for_each", "indicators")}
    if declared.get("for_each") == "city":
        for city in choice.cities or CITIES:
            yield planned(_titled(rest, city=(city, _english(city))), Choice(cities=(city,)))
    elif "indicators" in declared:
        found = material(choice)
        counted = found.read(**large.counting(declared["indicators"].get("group", "")))
        for row in choose_indicators(counted, found.indicators, **declared["indicators"]):
            given = {**rest.get("with", {}), "indicator_id": row.indicator_id}
            yield planned({**_titled(rest, indicator=(row.name, row.name_en)), "with": given})
    else:
        yield planned(rest)


def _english(city: str) -> str:
    with language.using("en"):
        return city_name(city)


def _titled(declared: dict[str, Any], **names: tuple[str, str]) -> dict[str, Any]:
    """Put a Chinese and an English name into a declaration's title, if it has one."""
    if "title" not in declared:
        return declared
    title = declared["title"]
    filled = {
        said: title[said].format(**{name: pair[place] for name, pair in names.items()})
        for place, said in enumerate(language.LANGUAGES)
        if said in title
    }
    return {**declared, "title": filled}


def _text(words: Any) -> str:
    return json.dumps(words, ensure_ascii=False) if isinstance(words, dict) else str(words)


def words(text: str) -> str:
    """Return a title of an arrangement in the reader's language."""
    return str(plans.words(json.loads(text))) if text.startswith('{"') else text


def slide(one: Planned, choice: Choice) -> Slide:
    """Return a planned slide with its figures; one without any says so instead of vanishing."""
    made: Slide = cached.made(_slide, narrowed(choice, one.choice), one.declaration)
    return made


def _slide(choice: Choice, declaration: str) -> Slide:
    declared = json.loads(declaration)
    built = plans.build({"title": "", "slides": [declared]}, material(choice)).slides[0]
    if _filled(built, declared):
        return built
    title = str(plans.words(declared.get("title", ""))) or _("没有数据的页")
    return Slide(title, text=(_("所选范围内没有填报足够的数据。请换一个城市、年份或类型。"),))


def _filled(built: Slide, declared: dict[str, Any]) -> bool:
    return bool(built.exhibit or built.cards or declared.get("text"))


def story(arrangement: Arrangement, choice: Choice) -> Story:
    """Return the arrangement as a story of one vintage, in the reader's language."""
    at = pinned(choice)
    whole = material(at)
    slides = tuple(slide(one, at) for one in arrangement.slides)
    title, subtitle = words(arrangement.title), words(arrangement.subtitle)
    return Story(arrangement.name, title, slides, subtitle, whole.vintage, whole.version)


def evidence(arrangement: Arrangement, choice: Choice) -> plans.Material:
    """Return the material behind every slide, whatever filters the slides have."""
    at = pinned(choice)
    if material(at).ask:
        return evidence_of(story(arrangement, choice).observation_ids, at.as_of)
    return material(at if all(one.choice == Choice() for one in arrangement.slides) else Choice(as_of=at.as_of))


def saved() -> dict[str, Arrangement]:
    """Return the stories that people have saved, by name."""
    return {name: from_saved(name, content) for name, content in cached.store().recall_all(SAVED).items()}


def save(name: str, arrangement: Arrangement, by: str) -> None:
    """Save a story under a name, replacing the one of that name."""
    cached.store().remember(SAVED, name, to_saved(replace(arrangement, name=name)), by=by)


def delete(name: str) -> None:
    """Delete a saved story; nothing happens when there is none."""
    cached.store().forget(SAVED, name)
