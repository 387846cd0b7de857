"""A version runs on the database of the next one (portal/OPERATING.md): while an upgrade is under
way the old one goes on answering, and writes rows that know nothing of new columns."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

from labs.quiz.models import QuizCard, QuizQuestion

PROJECT = {"labs", "lessons", "portal"}
OURS = {one.label for one in apps.get_app_configs() if one.name.partition(".")[0] in PROJECT}
# From before this rule; an upgrade over one of them stops the old version first.
BREAKING = {
    ("lessons", "0002_section_plain"),
    ("labs", "0004_packed_reports"),
    ("labs", "0003_after_the_verdict"),
}
LOADER = MigrationLoader(None)
LATER = sorted(
    key for key in LOADER.disk_migrations if key[0] in OURS and not key[1].startswith("0001_")
)
TAKING = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
)


def contracts(operation: object, made: Collection[str] = ()) -> bool:
    """Whether a version that knows nothing of it would fail. `made`: models that it does not know
    at all."""
    if isinstance(operation, TAKING):
        return True
    if not isinstance(operation, migrations.AddField) or operation.model_name_lower in made:
        return False
    field = operation.field
    return not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)


def test_there_are_migrations_to_look_at() -> None:
    assert len(LATER) > 5
    assert {"accounts", "labs", "quiz", "reviews"} <= OURS
    assert set(LATER) >= BREAKING


@pytest.mark.parametrize("key", LATER, ids="-".join)
def test_the_version_before_goes_on_working(key: tuple[str, str]) -> None:
    operations = LOADER.disk_migrations[key].operations
    made = {one.name_lower for one in operations if isinstance(one, migrations.CreateModel)}
    assert any(contracts(one, made) for one in operations) == (key in BREAKING)


def test_a_column_that_nobody_reads_any_more_stays_for_the_version_before(lea, course) -> None:
    """It writes it, and reads it with all others; this one does not know it."""
    question = QuizQuestion.objects.create(
        course=course, lesson=course.lessons.first(), slug="a", kind="text", level=1, position=1,
        table={}, content_hash="",
    )  # fmt: skip
    QuizCard.objects.create(user=lea, question=question)
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_score FROM quiz_quizcard")
        assert cursor.fetchall() == [(0,)]
