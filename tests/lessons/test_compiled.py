"""Queries whose SQL is made once give what Django's own give, whatever they are asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from lessons.compiled import Compiled, CompiledUpdate
from lessons.models import Course, Lesson, Module, Section

pytestmark = pytest.mark.django_db
EARLY = datetime(2020, 1, 2, tzinfo=UTC)


@pytest.fixture
def lessons() -> list[Lesson]:
    """Three of one module and two of another; the last is archived."""
    course = Course.objects.create(slug="aws", title="AWS")
    first, second = (
        Module.objects.create(course=course, slug=slug, title=slug.title(), position=number)
        for number, slug in enumerate(["iam", "ec2"])
    )
    found = [
        Lesson.objects.create(
            course=course,
            module=first if number < 3 else second,
            slug=f"lesson-{number}",
            title=f"Lesson {number}",
            position=number,
            contents=[{"title": "One"}],
        )
        for number in range(5)
    ]
    Lesson.objects.filter(pk=found[-1].pk).update(archived_at=EARLY)
    return found


def of_module() -> Compiled[Any]:
    return Compiled(
        lambda module: Lesson.objects.filter(module=module).order_by("position"), module=-1
    )


def test_rows_are_objects_with_all_their_values(lessons: list[Lesson]) -> None:
    found = of_module().rows(module=lessons[0].module_id)

    assert [row.slug for row in found] == ["lesson-0", "lesson-1", "lesson-2"]
    assert found[0].contents == [{"title": "One"}]
    assert found[0]._state.adding is False
    assert found[0].get_deferred_fields() == set()


def test_the_next_call_has_its_own_values(lessons: list[Lesson]) -> None:
    query = of_module()

    assert len(query.rows(module=lessons[0].module_id)) == 3
    assert len(query.rows(module=lessons[4].module_id)) == 2
    assert query.rows(module=0) == []


def test_times_come_back_as_times(lessons: list[Lesson]) -> None:
    (_fourth, fifth) = of_module().rows(module=lessons[4].module_id)

    assert fifth.archived_at == EARLY


def test_a_time_can_be_asked_for(lessons: list[Lesson]) -> None:
    query = Compiled(
        lambda before: Lesson.objects.filter(archived_at__lt=before),
        before=datetime(1901, 2, 3, tzinfo=UTC),
    )

    assert query.rows(before=EARLY) == []
    assert query.rows(before=EARLY + timedelta(microseconds=1)) == [lessons[4]]


def test_a_text_can_be_asked_for_and_is_never_sql(lessons: list[Lesson]) -> None:
    query = Compiled(lambda slug: Lesson.objects.filter(slug=slug), slug="an example")

    assert query.first(slug="lesson-1") == lessons[1]
    assert query.first(slug="' OR 1=1 --") is None
    assert query.first(slug="%s") is None


def test_a_list_may_have_any_length(lessons: list[Lesson]) -> None:
    query = Compiled(
        lambda keys: Lesson.objects.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True),
        keys=[-1],
    )
    keys = [lesson.pk for lesson in lessons]

    for length in (5, 1, 3, 5):
        assert query.rows(keys=keys[:length]) == keys[:length]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="has lists that are one value")
def test_many_keys_are_one_value_beside_lists_of_the_query_itself(lessons: list[Lesson]) -> None:
    query = Compiled(
        lambda keys, module: Lesson.objects.filter(
            slug__in=["lesson-1"], pk__in=keys, title__contains="%", module=module
        ),
        keys=[-1],
        module=-2,
    )
    Lesson.objects.filter(pk=lessons[1].pk).update(title="100 %")

    with CaptureQueriesContext(connection) as queries:
        for keys in ([lesson.pk for lesson in lessons], [lessons[1].pk]):
            assert query.rows(keys=keys, module=lessons[1].module_id) == [lessons[1]]

    assert all(" = ANY('{" in one["sql"] for one in queries.captured_queries)
    assert len(query.statements) == 1


def test_an_empty_list_asks_nothing() -> None:
    query = Compiled(lambda keys: Lesson.objects.filter(pk__in=keys), keys=[-1])

    with CaptureQueriesContext(connection) as queries:
        assert query.rows(keys=[]) == []

    assert len(queries) == 0


def test_related_and_deferred_columns_stay_as_the_query_says(lessons: list[Lesson]) -> None:
    query = Compiled(
        lambda key: Lesson.objects.filter(pk=key).select_related("module").defer("html"), key=-1
    )

    with CaptureQueriesContext(connection) as queries:
        (found,) = query.rows(key=lessons[0].pk)
        assert found.module.title == "Iam"

    assert len(queries) == 1
    assert found.get_deferred_fields() == {"html"}


def test_tuples_are_converted_as_values_list_does(lessons: list[Lesson]) -> None:
    query = Compiled(
        lambda key: Lesson.objects.filter(pk=key).values_list("contents", "archived_at", "module"),
        key=-1,
    )

    assert query.rows(key=lessons[4].pk) == [([{"title": "One"}], EARLY, lessons[4].module_id)]


def test_an_example_that_is_no_parameter_is_refused() -> None:
    query = Compiled(lambda key: Lesson.objects.all(), key=-1)

    with pytest.raises(AssertionError, match="not among the parameters"):
        query.rows(key=1)


def archive() -> CompiledUpdate:
    return CompiledUpdate(
        lambda module, now: (
            Lesson.objects.filter(module=module, archived_at=None),
            {"archived_at": now, "position": F("position") + 1},
        ),
        module=-1,
        now=datetime(1901, 2, 3, tzinfo=UTC),
    )


def test_an_update_changes_its_rows_and_counts_them(lessons: list[Lesson]) -> None:
    assert archive().run(module=lessons[0].module_id, now=EARLY) == 3

    changed = Lesson.objects.get(pk=lessons[2].pk)
    assert (changed.archived_at, changed.position) == (EARLY, 3)
    assert Lesson.objects.get(pk=lessons[3].pk).archived_at is None


def test_an_update_has_the_values_of_its_call(lessons: list[Lesson]) -> None:
    update = archive()

    assert update.run(module=lessons[0].module_id, now=EARLY) == 3
    assert update.run(module=lessons[0].module_id, now=EARLY) == 0
    assert update.run(module=lessons[3].module_id, now=EARLY) == 1


def test_uuids_are_found_as_they_were_written(lessons: list[Lesson]) -> None:
    section = lessons[0].sections.create(
        course=lessons[0].course, slug="one", title="One", position=0, level=2
    )
    query = Compiled(lambda key: Section.objects.filter(uuid=key), key=UUID(int=1))

    assert query.first(key=section.uuid) == section
    assert query.first(key=UUID(int=2)) is None


@override_settings(PER_PAGE=2)
def test_a_setting_that_changes_is_heard(lessons: list[Lesson]) -> None:
    query = Compiled(
        lambda key: Lesson.objects.filter(pk__gt=key).order_by("pk")[: settings.PER_PAGE], key=-1
    )

    assert len(query.rows(key=0)) == 2
    with override_settings(PER_PAGE=4):
        assert len(query.rows(key=0)) == 4
