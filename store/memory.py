"""What a store remembers beside figures: layouts, settings, aliases, people and saved views."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store import audit, clock, tables
from store.base import User, View
from store.errors import NotFound
from store.parts import Parts
from tidy.language import _

_M, _A, _V = tables.memory.c, tables.aliases.c, tables.views.c


class Memory(Parts):
    """Small JSON notes by kind and key, and the tables of names, people and views."""

    def remember(self, kind: str, key: str, content: Any, *, by: str = "") -> None:
        """Keep ``content`` (anything JSON can say) under a kind and key, replacing what was there."""
        values = {"kind": kind, "key": key, "content": json.dumps(content, ensure_ascii=False), "by": by}
        with self.catalogue.write() as connection:
            _replace(connection, tables.memory, {"kind": kind, "key": key}, values)

    def recall(self, kind: str, key: str, default: Any = None) -> Any:
        """Return what is kept under a kind and key, else ``default``."""
        query = sa.select(_M.content).where(_M.kind == kind, _M.key == key)
        with self.catalogue.read() as connection:
            found = connection.execute(query).scalar()
        return default if found is None else json.loads(found)

    def recall_all(self, kind: str) -> dict[str, Any]:
        """Return everything of a kind by key."""
        query = sa.select(_M.key, _M.content).where(_M.kind == kind).order_by(_M.key)
        with self.catalogue.read() as connection:
            return {key: json.loads(content) for key, content in connection.execute(query)}

    def forget(self, kind: str, key: str) -> None:
        """Drop what is kept under a kind and key; nothing happens when there is nothing."""
        with self.catalogue.write() as connection:
            connection.execute(tables.memory.delete().where(_M.kind == kind, _M.key == key))

    def save_alias(self, kind: str, alias: str, target: str, *, by: str = "") -> None:
        """Let ``alias`` stand for ``target`` (an id) among reporters, indicators, cities …"""
        values = {"kind": kind, "alias": alias, "target": target, "by": by}
        with self.catalogue.write() as connection:
            _replace(connection, tables.aliases, {"kind": kind, "alias": alias}, values)
            audit.append(connection, "alias", by, {"kind": kind, "alias": alias, "target": target})

    def aliases(self, kind: str) -> dict[str, str]:
        """Return alias → target of a kind."""
        query = sa.select(_A.alias, _A.target).where(_A.kind == kind).order_by(_A.alias)
        with self.catalogue.read() as connection:
            return {row.alias: row.target for row in connection.execute(query)}

    def delete_alias(self, kind: str, alias: str, *, by: str = "") -> None:
        """Drop an alias; nothing happens when there is none."""
        with self.catalogue.write() as connection:
            connection.execute(tables.aliases.delete().where(_A.kind == kind, _A.alias == alias))
            audit.append(connection, "alias_deleted", by, {"kind": kind, "alias": alias})

    def save_user(self, user: User, *, by: str) -> None:
        """Add a person or change their name, roles, cities or whether they may come in."""
        values = {"id": user.id, "name": user.name, "roles": json.dumps(user.roles), "active": user.active,
                  "cities": json.dumps(user.cities, ensure_ascii=False)}  # fmt: skip
        with self.catalogue.write() as connection:
            _replace(connection, tables.users, {"id": user.id}, values)
            audit.append(connection, "user", by, {name: values[name] for name in ("id", "roles", "cities", "active")})

    def users(self) -> list[User]:
        """Return everyone, by id."""
        with self.catalogue.read() as connection:
            rows = connection.execute(sa.select(tables.users).order_by(tables.users.c.id))
            return [_user(**row._mapping) for row in rows]

    def user(self, id: str) -> User | None:
        """Return a person, ``None`` for a stranger."""
        with self.catalogue.read() as connection:
            row = connection.execute(sa.select(tables.users).where(tables.users.c.id == id)).first()
            return _user(**row._mapping) if row else None

    def save_view(self, name: str, page: str, query: str, *, owner: str = "") -> View:
        """Keep a page's view (its URL query) under a name, replacing the owner's view of that name."""
        values = {"name": name, "page": page, "query": query, "owner": owner}
        with self.catalogue.write() as connection:
            _replace(connection, tables.views, {"owner": owner, "name": name}, values)
        return next(view for view in self.views(owner) if view.name == name)

    def views(self, owner: str | None = None) -> list[View]:
        """Return saved views by name: all, or one owner's."""
        query = sa.select(_V.id, _V.name, _V.page, _V.query, _V.owner).order_by(_V.name, _V.id)
        if owner is not None:
            query = query.where(_V.owner == owner)
        with self.catalogue.read() as connection:
            return [View(*row) for row in connection.execute(query)]

    def delete_view(self, id: int) -> None:
        """Delete a saved view; raise ``NotFound``."""
        with self.catalogue.write() as connection:
            if not connection.execute(tables.views.delete().where(_V.id == id)).rowcount:
                raise NotFound(_("没有这个视图，可能已被删除"))


def _replace(connection: Connection, table: sa.Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Delete and insert: the one upsert that both databases spell alike."""
    connection.execute(table.delete().where(*(table.c[name] == value for name, value in key.items())))
    dated = {"at": clock.text(clock.now())} if "at" in table.c else {}
    connection.execute(table.insert(), values | dated)


def _user(*, id: str, name: str, roles: str, cities: str, active: bool) -> User:
    return User(id, name, tuple(json.loads(roles)), tuple(json.loads(cities)), active)
