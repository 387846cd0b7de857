from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.state import ProjectState

from labs.indexing import AddLargeIndex, RemoveLargeIndex
from labs.models import Grade, Submission

INDEX = models.Index(fields=["id", "passed", "points", "max_points"], name="scores_of_grades")


class Editor:
    """Says what it was told to do."""

    def __init__(self, vendor: str) -> None:
        self.connection = SimpleNamespace(vendor=vendor, in_atomic_block=False, alias="default")
        self.told: list[tuple[str, str, dict[str, Any]]] = []

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
    words = ["add", "remove", "remove", "add"]
    assert editor.told == [(word, "scores_of_grades", how) for word in words]


def test_the_migrations_left_the_indexes_that_the_models_name(db: None):
    for model in (Submission, Grade):
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        assert {index.name for index in model._meta.indexes} <= found.keys()
        assert "submissions_of_a_learner" not in found
