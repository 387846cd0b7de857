"""The index that the version before this one looks into, beside the sections' table: FTS5 on
SQLite, a tsvector on PostgreSQL. It may still answer while an upgrade is under way; ours is
`lessons/searching/`.

The database keeps it up to date by itself. SQLite loses triggers whenever a migration alters
Section (Django makes the table anew): such a migration ends with `RunPython(build,
drop)` once more.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The key is the UUID: a table without an integer key may get other rowids by VACUUM.
SQLITE = [
    """
    CREATE VIRTUAL TABLE lessons_section_fts
    USING fts5(section UNINDEXED, title, plain, tokenize='porter unicode61 remove_diacritics 2')
    """,
    """
    INSERT INTO lessons_section_fts (section, title, plain)
    SELECT uuid, title, plain FROM lessons_section
    """,
    """
    CREATE TRIGGER lessons_section_fts_added AFTER INSERT ON lessons_section BEGIN
        INSERT INTO lessons_section_fts (section, title, plain)
        VALUES (new.uuid, new.title, new.plain);
    END
    """,
    """
    CREATE TRIGGER lessons_section_fts_changed AFTER UPDATE ON lessons_section
    WHEN old.title IS NOT new.title OR old.plain IS NOT new.plain BEGIN
        DELETE FROM lessons_section_fts WHERE section = old.uuid;
        INSERT INTO lessons_section_fts (section, title, plain)
        VALUES (new.uuid, new.title, new.plain);
    END
    """,
    """
    CREATE TRIGGER lessons_section_fts_gone AFTER DELETE ON lessons_section BEGIN
        DELETE FROM lessons_section_fts WHERE section = old.uuid;
    END
    """,
]
SQLITE_DROP = [
    "DROP TRIGGER IF EXISTS lessons_section_fts_added",
    "DROP TRIGGER IF EXISTS lessons_section_fts_changed",
    "DROP TRIGGER IF EXISTS lessons_section_fts_gone",
    "DROP TABLE IF EXISTS lessons_section_fts",
]

# Only letters and digits make words: PostgreSQL would take `t2.micro` for the name of a host, in
# one piece. Stems find "Configuring" for "configure"; the words as written find "availability" for
# "availab", being typed. A tsvector holds 1 MB: more than this much of a section is not looked at.
LETTERS = "regexp_replace({}, '[^[:alnum:]]+', ' ', 'g')"
TITLE, PLAIN = LETTERS.format("title"), LETTERS.format("left(plain, 100000)")
POSTGRESQL = [
    f"""
    ALTER TABLE lessons_section ADD COLUMN search tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', {TITLE}), 'A') ||
        setweight(to_tsvector('simple', {TITLE}), 'A') ||
        setweight(to_tsvector('english', {PLAIN}), 'D') ||
        setweight(to_tsvector('simple', {PLAIN}), 'D')
    ) STORED
    """,
    "CREATE INDEX lessons_section_search ON lessons_section USING gin (search)",
]
POSTGRESQL_DROP = ["ALTER TABLE lessons_section DROP COLUMN IF EXISTS search"]

BUILD = {"sqlite": SQLITE_DROP + SQLITE, "postgresql": POSTGRESQL_DROP + POSTGRESQL}
DROP = {"sqlite": SQLITE_DROP, "postgresql": POSTGRESQL_DROP}


def build(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in BUILD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
