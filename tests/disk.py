"""A disk that is full: SQLite is told that no page is left, PostgreSQL says it as it would."""

from __future__ import annotations

from django.db import connection

NO_ROOM = """
create function no_room() returns trigger language plpgsql as $$
begin raise exception 'could not extend file' using errcode = '53100'; end $$
"""
TABLES = ("labs_submission", "labs_grade", "labs_draft", "labs_kepttext", "accounts_session")
PAGES = 1_073_741_823  # as many as there may ever be


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def fill() -> None:
    if connection.vendor == "sqlite":
        execute("vacuum", "pragma max_page_count = 1")  # it stays at what is used already
        return
    trigger = "create trigger no_room before insert or update on {} execute function no_room()"
    execute(NO_ROOM, *(trigger.format(table) for table in TABLES))


def free() -> None:
    if connection.vendor == "sqlite":
        execute(f"pragma max_page_count = {PAGES}")
    else:
        execute("drop function if exists no_room() cascade")
