"""One reporter's page: facts, all figures by group, its place among its type and city."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st
from pypinyin import Style, lazy_pinyin

from tidy import exhibits, periods
from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits import city_name, group_name, measure_name, type_name
from tidy.language import _, pick
from tidy.measures.series import tuples
from tidy.schema import GROUPS
from ui import address, cached, reads, show
from ui.choice import Choice
from ui.prefer import first_choice

KEY = "page_pilots_reporter"
LISTED = 400  # reporters in the list to choose from
LONG = 120  # figures of a reporter that are shown together: a page of twice as many has no end
MOST = 40  # relatives shown as links
# What a profile shows of a figure.
SHOWN = ("observation_id", "indicator_id", "group", "year", "period", "measure", "value", "low", "high", "unit", "qualifier",
         "scope", "as_printed", "indicator_name", "indicator_name_en", "reporter_name", "reporter_name_en")  # fmt: skip
COMPARED = 12  # indicators compared with its like, leading ones first


def search(choice: Choice) -> str:
    """Let the reader find a reporter by name, alias, pinyin or initials; return its id, empty for none."""
    labels: dict[str, str] = cached.made(_labels, choice)
    if len(labels) > LISTED:
        labels = _narrowed(labels)
    if not labels:
        return ""
    ids = list(labels)
    address.bind(KEY, "reporter", ids)
    return str(
        st.selectbox(
            _("单位（可输入名称、拼音或首字母，如 mxxz）"), ids, key=KEY, format_func=lambda i: labels.get(i, str(i))
        )
        or ""
    )


def _labels(choice: Choice) -> dict[str, str]:
    found = choice.narrowed(cached.made(_candidates, Choice(as_of=choice.as_of)))
    said = tuples(found, "reporter_id", "name", "name_en", "city", "aliases")
    return {reporter_id: _label(*words) for reporter_id, *words in said}


def _narrowed(labels: dict[str, str]) -> dict[str, str]:
    """Of more reporters than a list should hold those that match what the reader types, and the one chosen."""
    address.bind("page_pilots_search", "q")
    asked = st.text_input(_("先缩小范围：名称、拼音或首字母中的字"), key="page_pilots_search").strip().lower()
    chosen = st.session_state.get(KEY) or st.query_params.get("reporter")
    matching = [one for one, label in labels.items() if asked in label.lower()]
    st.caption(
        _("符合的单位 {count} 个，列出前 {most} 个").format(count=len(matching), most=min(len(matching), LISTED))
    )
    kept = {one: labels[one] for one in matching[:LISTED]}
    return kept | ({chosen: labels[chosen]} if chosen in labels and not asked else {})


def _candidates(choice: Choice) -> pd.DataFrame:
    """Everybody, pilots first, in the order of the area codes."""
    order = {"pilot": 0, "federation": 1, "other": 2}
    return cached.reference(choice).reporters.sort_values(
        ["kind", "area_code", "reporter_id"], key=lambda c: c.map(order) if c.name == "kind" else c
    )


def _label(name: str, english: str, city: str, aliases: str) -> str:
    """Name with what the search box matches: aliases, pinyin and initials."""
    return f"{pick(name, english)} · {city_name(city)} · {_spelling(name, aliases)}"


@lru_cache(maxsize=4096)
def _spelling(name: str, aliases: str) -> str:
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return " ".join(filter(None, [aliases.replace("|", " "), "".join(lazy_pinyin(name)), initials]))


def show_reporter(choice: Choice, reporter_id: str) -> None:
    """Show everything that is known of a reporter, whatever cities and types are chosen beside it."""
    choice = choice.everywhere
    row = _known(choice, reporter_id)
    _facts(row)
    indicators, groups, count = cached.made(_outline, choice, reporter_id)
    if not count:
        st.info(_("五份材料里没有这个单位的数字。"))
        return
    shown = {group: (_group, choice, reporter_id, group) for group in (groups if count <= LONG else _one_group(groups))}
    likes = {"peers": (_peers, choice, reporter_id, indicators)} if row.kind == "pilot" else {}
    cached.ahead(*likes.values(), *shown.values())
    nothing = _("同类型、同城市的其他试点没有填报这些指标，无从比较。")
    for name, wanted in (likes | shown).items():
        show.exhibit(cached.exhibit(*wanted), f"profile_{name}", empty=nothing)


def _known(choice: Choice, reporter_id: str) -> Any:
    reporters = cached.reference(choice).reporters
    return exhibits.row_at(reporters, reporters["reporter_id"].tolist().index(reporter_id))


def _outline(choice: Choice, reporter_id: str) -> tuple[tuple[str, ...], list[str], int]:
    """The indicators that it is compared by, the groups of which it has figures, and how many figures."""
    figures = _own(choice, reporter_id)
    groups = [group for group in GROUPS if (figures["group"] == group).any()]
    return tuple(first_choice(figures["indicator_id"].unique())[:COMPARED]), groups, len(figures)


def _one_group(groups: list[str]) -> list[str]:
    """Let the reader choose a group where all together would be a page without end."""
    address.bind("page_pilots_group", "group", groups)
    return [str(st.selectbox(_("指标组"), groups, key="page_pilots_group", format_func=group_name))]


def _own(choice: Choice, reporter_id: str) -> pd.DataFrame:
    """All its figures, of the chosen years: read once, for the store keeps them by indicator."""
    rows = reads.figures(Choice(as_of=choice.as_of), reporters=(reporter_id,), columns=SHOWN)
    return rows[rows["year"].isin(choice.years)] if choice.years else rows


def _peers(choice: Choice, reporter_id: str, indicator_ids: tuple[str, ...]) -> Exhibit:
    """Its leading figures among those of its type and of its city."""
    known = cached.reference(choice)
    everybody = Choice(as_of=choice.as_of)
    standing = [cached.made(_standing, everybody, one) for one in indicator_ids]
    return exhibits.peers(standing, _known(choice, reporter_id), known.indicators)


def _standing(choice: Choice, indicator_id: str) -> exhibits.Standing:
    """The figures of an indicator that pilots are ranked by, the same whoever's page is open."""
    return exhibits.standing(
        reads.of_indicators(choice, (indicator_id,)), indicator_id, cached.reference(choice).indicators
    )


def _facts(row: Any) -> None:
    st.header(pick(str(row.name), str(row.name_en)), anchor=False)
    kinds = {"pilot": _("试点"), "federation": _("工会联合会、总工会"), "other": _("其他")}
    facts = [
        kinds[row.kind],
        type_name(row.pilot_type) if row.kind == "pilot" else "",
        city_name(row.city),
        row.county,
        _("区划代码 {code}").format(code=row.area_code) if row.area_code else "",
    ]
    st.markdown(" · ".join(str(fact) for fact in facts if fact))
    if row.kind == "pilot" and getattr(row, "type_basis", ""):
        st.caption(_("类型判断依据：{basis}").format(basis=row.type_basis))
    if row.aliases:
        st.caption(_("又名：{names}").format(names=str(row.aliases).replace("|", "、")))
    _relatives(row)


def _relatives(row: Any) -> None:
    """Links to the reporter above and to those below."""
    reporters = cached.reference().reporters
    above = reporters[reporters["reporter_id"] == row.parent_id]
    below = reporters[reporters["parent_id"] == row.reporter_id]
    for label, found in ((_("上级"), above), (_("下级与所辖试点"), below)):
        if len(found):
            with st.container(horizontal=True, vertical_alignment="center", key=f"relatives_{label}"):
                st.caption(label, width="content")
                for one in found.head(MOST).itertuples():
                    name = pick(str(one.name), str(one.name_en))
                    st.button(
                        name, type="tertiary", key=f"relative_{one.reporter_id}", on_click=_go, args=(one.reporter_id,)
                    )


def _go(reporter_id: str) -> None:
    st.session_state[KEY] = reporter_id


def _group(choice: Choice, reporter_id: str, group: str) -> Exhibit:
    everything = _own(choice, reporter_id)
    own = everything[everything["group"] == group]
    name = pick(str(own["reporter_name"].iloc[0]), str(own["reporter_name_en"].iloc[0]))
    marks = exhibits.marked(
        own,
        exhibits.labels(own, of="indicator"),
        period=[periods.label(str(period)) for period in own["period"]],
        series=[measure_name(str(measure)) for measure in own["measure"]],
        printed=own["as_printed"].tolist(),
    )
    return Exhibit("table", marks, FigureMeta(title=f"{name} · {group_name(group)}"))
