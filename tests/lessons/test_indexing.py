from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.state import ProjectState

from labs.models import Draft, Grade, KeptText, Submission, Variant
from lessons.indexing import AddLargeIndex, DropColumnIndex, RemoveLargeIndex
from lessons.models import Completion, Lesson, Module, Place
from portal.accounts.models import User
from portal.audit.models import Entry
from portal.cohorts.models import Membership

INDEX = models.Index(fields=["id", "passed", "points", "max_points"], name="scores_of_grades")


class Editor:
    """Says what it was told to do."""

    def __init__(self, vendor: str) -> None:
        self.connection = SimpleNamespace(vendor=vendor, in_atomic_block=False, alias="default")
        self.told: list[tuple[str, str, dict[str, Any]]] = []

    def quote_name(self, name: str) -> str:
        return name

    def execute(self, sql: str) -> None:
        self.told.append(("sql", sql, {}))

    def add_index(self, _model: Any, index: models.Index, **how: Any) -> None:
        self.told.append(("add", index.name, how))

    def remove_index(self, _model: Any, index: models.Index, **how: Any) -> None:
        self.told.append(("remove", index.name, how))


@pytest.mark.parametrize(
    ("vendor", "how"), [("postgresql", {"concurrently": True}), ("sqlite", {})]
)
def test_only_postgresql_builds_a_large_index_beside_other_work(vendor: str, how: dict[str, Any]):
    editor, state = Editor(vendor), ProjectState.from_apps(apps)
    for operation in (AddLargeIndex("Grade", INDEX), RemoveLargeIndex("Grade", INDEX.name)):
        operation.database_forwards("labs", editor, state, state)
        operation.database_backwards("labs", editor, state, state)
    beside = "CONCURRENTLY" if how else ""
    assert editor.told == [
        ("sql", f"DROP INDEX {beside} IF EXISTS scores_of_grades", {}),
        *((word, "scores_of_grades", how) for word in ("add", "remove", "remove", "add")),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_was_stopped_is_run_again():
    editor, state = connection.SchemaEditorClass(connection), ProjectState.from_apps(apps)
    AddLargeIndex("grade", INDEX).database_forwards("labs", editor, state, state)
    assert "scores_of_grades" in indexes(Grade)


def indexes(model: Any) -> dict[str, Any]:
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, model._meta.db_table)


def plain_ones(model: Any) -> list[list[str]]:
    return [one["columns"] for one in indexes(model).values() if one["index"] and not one["unique"]]


def test_the_migrations_left_the_indexes_that_the_models_name(db: None):
    for model in (Submission, Grade, Entry, Membership, User):
        assert {index.name for index in model._meta.indexes} <= indexes(model).keys()
    assert "submissions_of_a_learner" not in indexes(Submission)


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Submission, "user_id"),
        (Draft, "user_id"),
        (KeptText, "user_id"),
        (Variant, "lab_id"),
        (Completion, "user_id"),
        (Place, "user_id"),
        (Lesson, "course_id"),
        (Module, "course_id"),
        (Membership, "cohort_id"),
    ],
)
def test_the_migrations_left_no_index_that_a_longer_one_makes_needless(
    db: None, model: Any, column: str
):
    assert [column] not in plain_ones(model)


@pytest.mark.django_db(transaction=True)
def test_a_dropped_index_comes_back_with_the_version_before():
    editor, state = connection.SchemaEditorClass(connection), ProjectState.from_apps(apps)
    drop = DropColumnIndex("completion", "user", Completion._meta.get_field("user"))
    drop.database_backwards("lessons", editor, state, state)
    assert ["user_id"] in plain_ones(Completion)
    drop.database_forwards("lessons", editor, state, state)
    assert ["user_id"] not in plain_ones(Completion)
    assert ["lesson_id"] in plain_ones(Completion)
