"""The index that the search for people looks into, on PostgreSQL. SQLite has none, and few people.

It is built while people go on signing up; what a migration that was stopped left of it is dropped
by the next try.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BETWEEN = " || ' ' || "


def vector(columns: str) -> str:
    """Of letters and digits alone: PostgreSQL would take an address for one word. Index and
    question say exactly the same, or the index is not used."""
    return f"to_tsvector('simple', regexp_replace({columns}, '[^[:alnum:]]+', ' ', 'g'))"


DROP = "DROP INDEX CONCURRENTLY IF EXISTS people_by_words"
BUILD = f"""
CREATE INDEX CONCURRENTLY people_by_words ON accounts_user USING gin (
    {vector(f"name{BETWEEN}email")}
)
"""


def build(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    drop(apps, editor)
    if editor.connection.vendor == "postgresql":
        editor.execute(BUILD, params=None)


def drop(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(DROP, params=None)
