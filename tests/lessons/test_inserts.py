"""Rows written by one statement that is put together once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from labs.models import Effort, Grade, Mistake, Submission, Variant
from labs.quiz.models import QuizCard
from lessons.inserts import CompiledInsert
from lessons.models import Course
from portal.accounts.models import User
from tests.rows import make_lab, make_user

pytestmark = pytest.mark.django_db

SOME_DAY = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)


@pytest.fixture
def variant(course: Course) -> Variant:
    return make_lab(course, "say-it").variants.get()


def handed_in(user: User, variant: Variant, **fields: Any) -> Submission:
    return Submission(user=user, lab=variant.lab, variant=variant, text="Ä {} %s \\", **fields)


def stored(row: models.Model) -> dict[str, Any]:
    """As Django reads it."""
    found = type(row).objects.get(pk=row.pk)
    return {one.attname: getattr(found, one.attname) for one in row._meta.concrete_fields}


def without_key(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in stored(row).items() if name != row._meta.pk.attname}


def copy_of(row: models.Model) -> Any:
    names = [one.attname for one in row._meta.concrete_fields if not one.primary_key]
    return type(row)(**{name: getattr(row, name) for name in names})


def test_a_row_is_stored_as_django_would_store_it(lea: User, variant: Variant):
    by_django = handed_in(
        lea,
        variant,
        created_at=SOME_DAY,
        unreadable={"message": "Ä", "line": 3},
        lease_token=uuid.uuid4(),
    )
    ours = copy_of(by_django)
    ours.key = uuid.uuid4()
    by_django.save()
    CompiledInsert(Submission).run(ours)

    assert ours.pk not in (None, by_django.pk)
    assert without_key(ours) == without_key(by_django) | {"key": ours.key}
    assert not ours._state.adding


def test_a_grade_keeps_its_report_packed(lea: User, variant: Variant):
    answer = handed_in(lea, variant)
    answer.save()
    grade = Grade(submission=answer, points=3, max_points=4, passed=False, report={"a": ["Ä", 1]})
    CompiledInsert(Grade).run(grade)
    assert Grade.objects.get(pk=grade.pk).report == {"a": ["Ä", 1]}


def test_many_rows_are_one_query_and_each_gets_its_own_key(
    lea: User, variant: Variant, django_assert_num_queries: Any
):
    answer = handed_in(lea, variant)
    answer.save()
    about = {"submission": answer, "user": lea, "lab": answer.lab, "made_at": SOME_DAY}
    rows = [Mistake(code=f"code-{number}", **about) for number in range(5)]
    insert = CompiledInsert(Mistake)
    with django_assert_num_queries(1):
        insert.run(*rows)
    assert {one.pk: one.code for one in Mistake.objects.all()} == {one.pk: one.code for one in rows}
    insert.run(*(copy_of(one) for one in rows[:2]))
    assert Mistake.objects.count() == 7


def test_of_nothing_no_query_is_made(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        CompiledInsert(Mistake).run()


def test_what_a_constraint_forbids_is_an_error_or_let_be(lea: User, variant: Variant):
    answer = handed_in(lea, variant)
    answer.save()
    effort = Effort(user=lea, lab=answer.lab, last_at=SOME_DAY, latest=answer)
    CompiledInsert(Effort).run(effort)

    with pytest.raises(IntegrityError), transaction.atomic():
        CompiledInsert(Effort).run(copy_of(effort))
    again, other = copy_of(effort), copy_of(effort)
    again.failed, other.user = 7, make_user("Max")
    CompiledInsert(Effort, ignore_conflicts=True).run(again, other)
    assert sorted(Effort.objects.values_list("user", "failed")) == sorted(
        [(lea.pk, 0), (other.user_id, 0)]
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="prepares nothing")
@pytest.mark.django_db(transaction=True)
def test_however_large_its_numbers_are_postgresql_knows_the_statement_again(
    lea: User, variant: Variant
):
    answer = handed_in(lea, variant)
    answer.save()
    insert = CompiledInsert(Effort)
    connection.close()
    for number, failed in ((1, 3), (40_000, 5_000_000)):
        user = make_user(f"No{number} Learner")
        insert.run(
            Effort(user=user, lab=answer.lab, last_at=SOME_DAY, latest=answer, failed=failed)
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        inserts = [text for (text,) in cursor.fetchall() if text.startswith("INSERT")]
    assert len(inserts) == 1


def test_no_model_written_so_has_a_value_that_the_database_makes():
    for model in (Submission, Grade, Mistake, QuizCard):
        row = model()
        assert not [
            one.name
            for one in model._meta.concrete_fields
            if hasattr(getattr(row, one.attname, None), "resolve_expression")
        ]
