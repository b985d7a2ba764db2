"""What an official must know before quoting: the last release, failing identities, contradictions."""

from __future__ import annotations

import streamlit as st

from tidy.language import _, pick
from ui import cached, quality
from ui.choice import Choice

SHOWN = 4
MANY = 200_000  # figures of a release that are not compared one by one for this page


def show(choice: Choice) -> None:
    """Show three short lists side by side, each with the way to the whole."""
    release, failing, contradictions = st.columns(3)
    with release, st.container(border=True, key="card_doubts_release"):
        st.subheader(_("最近一批改了什么"), anchor=False)
        _release()
        _more("releases")
    with failing, st.container(border=True, key="card_doubts_failing"):
        found = [identity for identity, verdict in quality.verdicts(choice) if verdict.status == "fails"]
        st.subheader(_("对不上的勾稽关系：{count}").format(count=len(found)), anchor=False)
        st.markdown("\n".join(f"- {pick(one.name, one.name_en)}" for one in found[:SHOWN]))
        _more("identities")
    with contradictions, st.container(border=True, key="card_doubts_contradictions"):
        cards = quality.shipped("contradictions")
        st.subheader(_("矛盾：{count}").format(count=len(cards)), anchor=False)
        st.markdown("\n".join(f"- {pick(one.title, one.title_en)}" for one in cards.head(SHOWN).itertuples()))
        _more("contradictions")


def _release() -> None:
    releases = cached.releases()
    last = releases[-1]
    st.markdown(f"**{last.at.astimezone():%Y-%m-%d}** · {last.by}")
    st.markdown(quality.release_note(last))
    if len(releases) > 1:
        kinds = cached.changes(releases[-2].id, last.id) if last.rows <= MANY else {_("个数"): last.rows}
        st.caption(" · ".join(f"{name} {count}" for name, count in kinds.items()) or _("数字没有变化"))


def _more(view: str) -> None:
    st.page_link("pages/quality.py", label=_("全部"), query_params={"view": view}, icon=":material/arrow_forward:")
