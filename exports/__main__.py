"""Scheduled bulletins from the command line: ``python -m exports deck --story overview --out 总览.pptx``.

Exit status: 0 done, 1 done but the choice holds no figures, 2 wrong use. The only file here
that reads the store and draws figures.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

import store
from exports import csv, docx, html, image, large, pdf, plans, pptx, xlsx
from exports import evidence as proof
from exports.image import CannotDraw
from exports.pdf import CannotPrint
from exports.pptx.base import NotATemplate
from exports.story import OFFICE_EPOCH, Story, of_exhibits
from tidy import language
from tidy.exhibit import Exhibit
from tidy.exhibits import city_name
from tidy.language import _, listed
from tidy.problems import DataProblems
from tidy.schema import CITIES, PILOT_TYPES


class WrongUse(Exception):
    """A request that cannot be carried out; its text says what to do instead."""


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    made = argparse.ArgumentParser(prog="python -m exports", description=_("把专题导出为可编辑的文件"))
    made.add_argument("kind", choices=sorted(MAKERS))
    made.add_argument("--story", required=True, help=", ".join(plans.plans()))
    made.add_argument("--out", required=True, type=Path, help=_("写到哪个文件"))
    made.add_argument("--city", help=_("只要一个设区市，如 嘉兴市"))
    made.add_argument("--year", type=int, help=_("只要一年，如 2018"))
    made.add_argument("--type", choices=PILOT_TYPES, help=_("只要一类试点"))
    made.add_argument("--lang", choices=language.LANGUAGES, help=_("文件的语言"))
    made.add_argument("--as-of", help=_("当时已知的数据：日期 2026-10-01 或发布批次号"))
    made.add_argument("--template", type=Path, help=_("本单位的 PPTX 模板"))
    made.add_argument("--slide", type=int, default=1, help=_("figure：第几个图，从 1 起"))
    return made


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; messages go to standard error."""
    given = parser().parse_args(arguments)
    with language.using(given.lang or language.from_environment()):
        try:
            story = make(given)
        except (WrongUse, NotATemplate, CannotDraw, CannotPrint, store.StoreError, DataProblems) as error:
            print(error, file=sys.stderr)
            return 2
        if any(slide.exhibit or slide.cards for slide in story.slides):
            return 0
        said = _("{file}: 所选范围没有已填报的数据 → 请放宽设区市、年份或类型")
        print(said.format(file=given.out.name), file=sys.stderr)
        return 1


def make(given: argparse.Namespace) -> Story:
    """Build the story, write its file and return it."""
    plan, opened = _plan(given.story), store.open_store()
    try:
        material = gather(given, opened)
        story = plans.build(plan, material, given.story)
        evidence = material.about(ids=story.observation_ids).evidence
    finally:
        opened.close()
    write_file(given.out, MAKERS[given.kind](story, evidence, given))
    return story


def gather(given: argparse.Namespace, opened: store.Store) -> plans.Material:
    """Read the figures of one vintage, of a large store those that each slide asks for; raise :class:`WrongUse`."""
    as_of, city = _moment(given.as_of), _city(given.city)
    chosen = {"cities": [city] if city else None, "years": [given.year] if given.year else None,
              "types": [given.type] if given.type else None}  # fmt: skip

    def ask(**wanted: Any) -> pd.DataFrame:
        return opened.observations(as_of=as_of, **chosen | wanted)

    many = opened.aggregate(["group"], as_of=as_of, **chosen)["n"].sum() > large.MANY
    figures = ask(groups=()) if many else ask()
    indicators, sources = opened.indicators(as_of), opened.sources(as_of)
    day, version = vintage(opened.releases(), as_of)
    return plans.Material(
        figures, indicators, opened.reporters(as_of), proof.table(figures, indicators, sources), sources, day, version,
        city, given.type or "", ask if many else None,
    )  # fmt: skip


def vintage(releases: list[store.Release], as_of: date | int | None) -> tuple[date, str]:
    """Return the day of the newest release that is known at ``as_of``, and the sentence that names it."""
    known = [r for r in releases if _is_known(r, as_of)]
    if not known:
        return OFFICE_EPOCH, ""
    last = max(known, key=lambda release: (release.known_from, release.id))
    day = last.known_from.date()
    return day, _("数据版本：发布批次 {number}，{day}").format(number=last.id, day=day.isoformat())


def _is_known(release: store.Release, as_of: date | int | None) -> bool:
    if isinstance(as_of, int):
        return release.id <= as_of
    return as_of is None or release.known_from.date() <= as_of


def _moment(text: str | None) -> date | int | None:
    if not text:
        return None
    try:
        return int(text) if text.isdigit() and len(text) < 8 else date.fromisoformat(text)
    except ValueError:
        raise WrongUse(_("--as-of {text}: 不是日期 → 请写成 2026-10-01，或发布批次号").format(text=text)) from None


def _city(text: str | None) -> str:
    """Return the full name of a city given as 嘉兴, 嘉兴市 or Jiaxing."""
    if not text:
        return ""
    with language.using("en"):
        english = {city_name(city).lower(): city for city in CITIES}
    found = english.get(text.lower()) or next((c for c in CITIES if c in (text, f"{text}市")), "")
    if not found:
        raise WrongUse(_("--city {text}: 不是浙江的设区市 → 请选：{names}").format(text=text, names=listed(CITIES)))
    return found


def _plan(name: str) -> dict[str, object]:
    if name not in plans.plans():
        names = listed(f"{one}（{plans.title_of(one)}）" for one in plans.plans())
        raise WrongUse(_("--story {name}: 没有这个专题 → 请选：{names}").format(name=name, names=names))
    return plans.plans()[name]


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or none; raise :class:`WrongUse` where it cannot be written."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True) if part.parent.is_dir() else None
        said = _("{file}: 无法写入（{reason}）→ 请检查目录是否存在、是否有权限").format(
            file=path, reason=error.strerror
        )
        raise WrongUse(said) from None


def draw(exhibit: Exhibit, mode: str) -> Any:
    """Return an exhibit's figure; charts are loaded when the first one is needed."""
    from charts.draw import draw

    return draw(exhibit, mode)


def figure_json(exhibit: Exhibit) -> str | None:
    """Return an exhibit's figure as plotly JSON, ``None`` for a table."""
    try:
        return str(draw(exhibit, "light").to_json())
    except KeyError:
        return None


def picture(exhibit: Exhibit) -> bytes | None:
    """Return an exhibit's picture for a bulletin, ``None`` for a table."""
    try:
        return image.write(json.loads(draw(exhibit, "print").to_json()), width=640, scale=2.5)
    except KeyError:
        return None


def _deck(story: Story, evidence: pd.DataFrame, given: argparse.Namespace) -> bytes:
    if given.template and not given.template.is_file():
        raise WrongUse(_("{file}: 没有这个模板文件 → 请检查路径").format(file=given.template))
    return pptx.write(story, evidence, given.template.read_bytes() if given.template else None)


def _bulletin(story: Story, evidence: pd.DataFrame, _given: argparse.Namespace) -> bytes:
    """The tables stand without pictures where this machine can draw none, and a message says so."""
    try:
        return docx.write(story, evidence, picture)
    except CannotDraw as error:
        print(error, file=sys.stderr)
        return docx.write(story, evidence)


def _pdf(story: Story, evidence: pd.DataFrame, given: argparse.Namespace) -> bytes:
    return pdf.write(story, lambda: html.write(story, evidence, figure_json), lambda: _deck(story, evidence, given))


def _figure(story: Story, evidence: pd.DataFrame, given: argparse.Namespace) -> bytes:
    """One figure in the format that the file's ending names."""
    shown = list(story.exhibits)
    if not 1 <= given.slide <= len(shown):
        raise WrongUse(_("--slide {n}: 本专题有 {count} 个图").format(n=given.slide, count=len(shown)))
    exhibit, ending = shown[given.slide - 1], given.out.suffix.lower().lstrip(".")
    alone = of_exhibits(exhibit, vintage=story.vintage)
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: csv.write(exhibit, evidence),
        "xlsx": lambda: xlsx.write(alone, evidence),
        "pptx": lambda: _deck(alone, evidence, given),
        "html": lambda: html.write(alone, evidence, figure_json),
        **{form: lambda form=form: image.write(draw(exhibit, "print"), form) for form in image.FORMATS},  # type: ignore[misc]
    }
    if ending not in makers:
        raise WrongUse(
            _("{file}: 图可以导出为 {endings} → 请改文件扩展名").format(file=given.out.name, endings=", ".join(makers))
        )
    return makers[ending]()


MAKERS: dict[str, Callable[[Story, pd.DataFrame, argparse.Namespace], bytes]] = {
    "deck": _deck,
    "workbook": lambda story, evidence, _given: xlsx.write(story, evidence),
    "bulletin": _bulletin,
    "html": lambda story, evidence, _given: html.write(story, evidence, figure_json),
    "pdf": _pdf,
    "figure": _figure,
}

if __name__ == "__main__":
    sys.exit(main())
