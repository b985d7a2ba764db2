"""The first schema: releases, their files, audit, drafts, reviews, memory, aliases, users and views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables import metadata

revision = "0001"
down_revision = None

# History is append-only in the database itself, not only by the program's good manners.
APPEND_ONLY = ("releases", "withdrawals", "release_files", "audit")


def upgrade() -> None:
    """Create every table, and the triggers that refuse to change history."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for table in APPEND_ONLY:
        for statement in _guards(connection.dialect.name, table):
            connection.execute(sa.text(statement))


def _guards(dialect: str, table: str) -> list[str]:
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for act in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    ]
