"""Stories as declared in ``data/stories/*.toml``: which builder, which indicators, for whom.

A slide names a ``builder`` of ``tidy.exhibits`` and gives its
arguments under ``with``; ``figures``, ``indicators``, ``reporters``, ``pilots``, ``expected``
and ``printed`` are filled in here. ``indicators = {group = …, most = n}`` repeats the slide for
the group's best reported indicators, ``for_each = "city"`` for each city. A slide without
enough marks (``at_least``) is left out and named on the last slide: nothing leaves silently.
"""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from exports import evidence as proof
from exports import large
from exports.choices import choose_cards, choose_indicators, choose_reporters, own_federations, printed_counts
from exports.story import OFFICE_EPOCH, Slide, Story
from tidy import exhibits
from tidy.exhibit import Exhibit
from tidy.exhibits import city_name
from tidy.exhibits.completeness import completeness_by_area
from tidy.language import _, current, pick
from tidy.schema import CITIES, DATA

BUILDERS: dict[str, Callable[..., Exhibit]] = {
    name: function
    for name, function in vars(exhibits).items()
    if inspect.isfunction(function) and function.__annotations__.get("return") == "Exhibit"
}


@dataclass(frozen=True)
class Material:
    """What a story is made of, of one vintage: figures already filtered, reference tables, evidence.

    Of a large store ``figures`` is empty and ``ask`` reads those that a slide needs (:mod:`exports.large`).
    """

    figures: pd.DataFrame
    indicators: pd.DataFrame
    reporters: pd.DataFrame
    evidence: pd.DataFrame
    sources: pd.DataFrame
    vintage: date = OFFICE_EPOCH
    version: str = ""
    city: str = ""
    pilot_type: str = ""
    ask: large.Ask | None = None

    def read(self, **wanted: tuple[str, ...]) -> pd.DataFrame:
        """Return the figures, of a large store only those wanted."""
        if self.ask is None:
            return self.figures
        return self.ask(**wanted, **({"cities": (self.city,)} if self.city else {}))

    def about(self, **wanted: tuple[str, ...]) -> Material:
        """Return the same material, of a large store with only the wanted figures and their evidence."""
        if self.ask is None:
            return self
        figures = self.read(**wanted)
        return replace(self, figures=figures, evidence=proof.table(figures, self.indicators, self.sources))

    @property
    def pilots(self) -> pd.DataFrame:
        """The pilots among the reporters, of the chosen city and type if there are any."""
        found = self.reporters[self.reporters["kind"] == "pilot"]
        found = found[found["city"] == self.city] if self.city else found
        return found[found["pilot_type"] == self.pilot_type] if self.pilot_type else found

    def of_city(self, city: str) -> Material:
        """Return the material of one city."""
        return replace(self, figures=self.figures[self.figures["city"] == city], city=city)


@lru_cache(maxsize=4)
def plans(folder: Path = DATA / "stories") -> dict[str, dict[str, Any]]:
    """Return every declared story by name, in the order that the files declare."""
    found = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    return dict(sorted(found.items(), key=lambda item: item[1].get("order", 99)))


def words(entry: Any) -> Any:
    """Return the words of ``{zh = …, en = …}`` in the reader's language; anything else as it is."""
    return entry.get(current(), entry.get("zh", "")) if isinstance(entry, Mapping) else entry


def title_of(name: str) -> str:
    """Return a declared story's title; raise ``KeyError`` for a name that is not declared."""
    return str(words(plans()[name]["title"]))


def build(plan: Mapping[str, Any], material: Material, name: str = "") -> Story:
    """Return the story that ``plan`` declares, from ``material``, in the reader's language."""
    slides: list[Slide] = []
    left_out: list[str] = []
    for declared in plan["slides"]:
        for slide, enough in _slides(declared, material):
            if enough:
                slides.append(slide)
            else:
                left_out.append(slide.title)
    if left_out:
        said = _("以下各页因所选范围内已填报的数据不足而未列出：")
        slides.append(Slide(_("未列出的页"), text=(said, *dict.fromkeys(left_out))))
    return Story(name, str(words(plan["title"])), tuple(slides), str(words(plan.get("subtitle", ""))),
                 material.vintage, material.version)  # fmt: skip


def _slides(declared: Mapping[str, Any], material: Material) -> Iterator[tuple[Slide, bool]]:
    """Yield what one declaration gives, with True where it has enough to show."""
    if declared.get("for_each") == "city":
        for city in [material.city] if material.city else CITIES:
            yield _slide(declared, material.of_city(city), {"city": city_name(city)})
    elif "indicators" in declared:
        counted = material.read(**large.counting(declared["indicators"].get("group", "")))
        for row in choose_indicators(counted, material.indicators, **declared["indicators"]):
            words_of = {"indicator": pick(str(row.name), str(row.name_en))}
            yield _slide(declared, material, words_of, indicator_id=row.indicator_id)
    else:
        yield _slide(declared, material, {})


def _slide(declared: Mapping[str, Any], material: Material, names: dict[str, str], **more: Any) -> tuple[Slide, bool]:
    exhibit = _exhibit(declared, material, more) if "builder" in declared else None
    cards = (
        choose_cards(material.about(reporters=own_federations(material)), **declared["cards"])
        if "cards" in declared
        else ()
    )
    text = tuple(words(declared.get("text", ())))
    title = str(words(declared.get("title", "")) or (exhibit.meta.title if exhibit else "")).format(**names)
    notes = str(words(declared.get("notes", "")))
    marks = 0 if exhibit is None else len(exhibit.table)
    enough = marks >= declared.get("at_least", 1) or bool(cards) or bool(text)
    shown = None if exhibit is not None and exhibit.empty else exhibit
    return Slide(title, shown, cards, text, notes), enough


def _exhibit(declared: Mapping[str, Any], material: Material, more: dict[str, Any]) -> Exhibit:
    """Call the builder with what its parameters ask for; raise ``KeyError`` for an unknown builder."""
    builder = BUILDERS[declared["builder"]]
    given = {**declared.get("with", {}), **more}
    if material.ask and declared["builder"] == "completeness":
        return _completeness(material)
    material = material.about(**large.wanted(declared["builder"], given, material.indicators))
    if "reporter_ids" in given:
        given["reporter_ids"] = choose_reporters(material, given["reporter_ids"], given["indicator_id"])
    ready: dict[str, Callable[[], Any]] = {
        "figures": lambda: material.figures,
        "indicators": lambda: material.indicators,
        "reporters": lambda: material.reporters,
        "pilots": lambda: material.pilots,
        "expected": lambda: material.pilots,
        "printed": lambda: printed_counts(material.about(groups=("pilot_count",))),
    }
    shown, everybody = 0, 0
    if material.ask and declared["builder"] in large.OVER_TIME:
        room = large.OVER_TIME[declared["builder"]]
        given["figures"], shown, everybody = large.first_reporters(material.figures, room)
    wanted = inspect.signature(builder).parameters
    filled = {name: ready[name]() for name in wanted if name in ready and name not in given}
    exhibit = builder(**filled, **given)
    exhibit = large.shortened(exhibit, shown, everybody) if material.ask else exhibit
    return proof.sourced(exhibit, material.evidence, _register(material))


def _completeness(material: Material) -> Exhibit:
    """Of very many reporters a row a city instead of a row a reporter."""
    told = material.read(columns=("reporter_id", "group"), kinds=("pilot",)).drop_duplicates()
    made = completeness_by_area(told, material.pilots, "county" if material.city else "city")
    return proof.sourced(made, material.evidence, _register(material))


def _register(material: Material) -> str:
    """The source of what is counted, not printed: the list of pilots itself."""
    ids = dict.fromkeys(material.pilots["source_id"])
    papers = dict(zip(material.sources["source_id"], material.sources["title"], strict=True))
    return ("; " if current() == "en" else "；").join(papers.get(one, one) for one in ids if one)
