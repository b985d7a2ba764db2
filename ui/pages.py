"""The list of pages: one line a page; a new page is a file in pages/ and a line here."""

from __future__ import annotations

import streamlit as st

from tidy.language import _


def listed() -> dict[str, list[st.Page]]:  # type: ignore[valid-type]
    """Return the pages by section, named in the reader's language."""
    from ui.access import gate  # which lists the pages itself, to show none before the door

    offered = gate.offered()
    return {
        _("看数"): [
            _page("overview", _("总览"), "dashboard", default=True),
            # Under /overview too: Streamlit serves a default page under / only.
            _page("overview", _("总览"), hidden=True),
            _page("coverage", _("组织覆盖"), "account_tree"),
            _page("membership", _("会员"), "groups"),
            _page("insurance", _("医疗互助"), "health_and_safety"),
            _page("assistance", _("帮扶支出"), "volunteer_activism"),
            _page("pilots", _("试点档案"), "badge"),
            _page("compare", _("对比与排名"), "compare_arrows"),
            _page("builder", _("自助制表"), "table_view"),
            _page("present", _("会议演示"), "slideshow"),
            _page("quality", _("数据质量"), "fact_check"),
            _page("dictionary", _("指标口径"), "menu_book"),
            _page("help", _("帮助"), "help"),
        ],
        _("填报与发布"): [
            _page("upload", _("数据填报"), "upload_file", hidden="analyst" not in offered),
            _page("review", _("审核发布"), "rule", hidden="analyst" not in offered),
            _page("admin", _("管理"), "settings", hidden="admin" not in offered),
        ],
    }


def _page(name: str, title: str, icon: str = "", *, default: bool = False, hidden: bool = False) -> st.Page:  # type: ignore[valid-type]
    from ui import cached  # which lets nobody in whom the gate, which lists the pages, has not seen

    return cached.page(
        f"pages/{name}.py",
        title=title,
        icon=f":material/{icon}:" if icon else None,
        url_path="start" if default else name,
        default=default,
        visibility="hidden" if hidden else "visible",
    )
