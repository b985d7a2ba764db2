"""The catalogue's tables, the same on SQLite and PostgreSQL; moments are sortable UTC texts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()


def _text(name: str, *, key: bool = False, default: str | None = "") -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False, server_default=None if key else default)


releases = Table(
    "releases", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("known_from", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("batch", String(32), nullable=False, unique=True),
    sqlite_autoincrement=True,
)  # fmt: skip

withdrawals = Table(
    "withdrawals", metadata,
    Column("release_id", ForeignKey("releases.id"), primary_key=True),
    Column("withdrawn_id", ForeignKey("releases.id"), primary_key=True),
)  # fmt: skip

release_files = Table(
    "release_files", metadata,
    Column("release_id", ForeignKey("releases.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", Integer, nullable=False),
)  # fmt: skip

audit = Table(
    "audit", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)  # fmt: skip

drafts = Table(
    "drafts", metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(40), nullable=False),
    _text("file_name"), _text("sha256"), _text("state"), _text("owner"),
    Column("status", String(20), nullable=False, server_default="open"),
    Column("created", String(40), nullable=False),
    Column("updated", String(40), nullable=False),
    _text("updated_by"),
    Column("version", Integer, nullable=False),
)  # fmt: skip

reviews = Table(
    "reviews", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("draft_id", String(32), nullable=False, index=True),
    Column("act", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("comment", Text, nullable=False),
)  # fmt: skip

memory = Table(
    "memory", metadata,
    _text("kind", key=True), _text("key", key=True), _text("content"), _text("by"),
    Column("at", String(40), nullable=False),
)  # fmt: skip

aliases = Table(
    "aliases", metadata,
    _text("kind", key=True), _text("alias", key=True), _text("target"), _text("by"),
    Column("at", String(40), nullable=False),
)  # fmt: skip

users = Table(
    "users", metadata,
    _text("id", key=True), _text("name"), _text("roles"), _text("cities"),
    Column("active", Boolean, nullable=False),
)  # fmt: skip

views = Table(
    "views", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _text("name"), _text("page"), _text("query"), _text("owner"),
    Column("at", String(40), nullable=False),
    UniqueConstraint("owner", "name"),
)  # fmt: skip

Index("releases_known_from", releases.c.known_from)
Index("drafts_updated", drafts.c.updated)
