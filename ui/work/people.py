"""People and what they may do."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from store import User
from tidy.exhibits import city_name
from tidy.language import _
from tidy.schema import CITIES
from ui import cached, who
from ui.who import Person


def role_word(role: str) -> str:
    """Return the word for a role."""
    return {"viewer": _("查看"), "analyst": _("填报"), "reviewer": _("审核"), "admin": _("管理")}.get(role, role)


def show(person: Person) -> None:
    """Show everyone in a table that can be edited; a person is switched off, never deleted from history."""
    users = cached.store().users()
    st.caption(
        _("账号与登录方式由运行方式决定；本机使用时，每个人都有全部权限。停用的人不能再进入，他们做过的事仍在记录里。")
    )
    if not users:
        st.info(_("还没有人员。在表格的空行里写账号、姓名和角色，再按“保存”。"))
    columns = [_("账号"), _("姓名"), _("角色"), _("限于设区市"), _("启用")]
    table = pd.DataFrame([[u.id, u.name, list(u.roles), list(u.cities), u.active] for u in users], columns=columns)
    config = st.column_config
    changed = st.data_editor(
        table, num_rows="add", hide_index=True, key=f"people_{len(users)}", alt=_("人员与权限"), placeholder="",
        column_config={
            columns[0]: config.TextColumn(required=True, max_chars=80),
            columns[1]: config.TextColumn(max_chars=40),
            columns[2]: config.MultiselectColumn(options=list(who.ROLES), format_func=role_word),
            columns[3]: config.MultiselectColumn(options=list(CITIES), format_func=city_name, help=_("不选为全省")),
            columns[4]: config.CheckboxColumn(default=True),
        },
    )  # fmt: skip
    wanted = [_user(line) for line in changed.itertuples(index=False, name=None) if line[0]]
    altered = [user for user in wanted if user not in users]
    if st.button(_("保存 {n} 人").format(n=len(altered)), type="primary", disabled=not altered, key="people_save"):
        for user in altered:
            cached.store().save_user(user, by=person.name)
        st.rerun()


def _user(line: tuple[object, ...]) -> User:
    id, name, roles, cities, active = line

    def texts(value: object) -> tuple[str, ...]:
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()

    return User(str(id).strip(), str(name or "").strip(), texts(roles), texts(cities), active is None or bool(active))
