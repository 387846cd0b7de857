"""How far people are, and where they go on."""

from __future__ import annotations

import pytest
from django.utils import timezone

from lessons.models import Completion, Place
from lessons.progress import completions_of, percent, places_of, progress_of
from tests.rows import make_course


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [
        (0, 0, 0),
        (0, 38, 0),
        (1, 1000, 1),
        (1, 3, 33),
        (2, 3, 66),
        (37, 38, 97),
        (999, 1000, 99),
        (38, 38, 100),
    ],
)
def test_percent_is_100_only_at_the_end_and_0_only_at_the_start(done, total, expected):
    assert percent(done, total) == expected


def test_progress_starts_with_the_first_lesson(lea, course):
    (progress,) = progress_of(lea)
    assert (progress.course, progress.done, progress.total, progress.percent) == (course, 0, 3, 0)
    assert progress.next.url == "/learn/aws/buckets/"


def test_progress_counts_own_completions_only(lea, mia, course):
    course.lessons.get(slug="buckets").complete(lea)
    course.lessons.get(slug="policies").complete(mia)
    (progress,) = progress_of(lea)
    assert (progress.done, progress.percent, progress.next.lesson.slug) == (1, 33, "policies")


def test_progress_reaches_exactly_100(lea, course):
    for lesson in course.lessons.all():
        lesson.complete(lea)
    (progress,) = progress_of(lea)
    assert (progress.percent, progress.next) == (100, None)


def test_learners_continue_at_the_heading_where_they_stopped(lea, course):
    course.lessons.get(slug="security-groups").remember_place(lea, "outbound-rules")
    (progress,) = progress_of(lea)
    assert progress.next.url == "/learn/aws/security-groups/#outbound-rules"


def test_after_completing_the_place_the_next_open_lesson_comes(lea, course):
    policies = course.lessons.get(slug="policies")
    policies.remember_place(lea, "policy-structure")
    policies.complete(lea)
    (progress,) = progress_of(lea)
    assert progress.next.url == "/learn/aws/security-groups/"


def test_after_the_last_lesson_the_ones_left_out_come(lea, course):
    last = course.lessons.get(slug="security-groups")
    last.remember_place(lea)
    last.complete(lea)
    (progress,) = progress_of(lea)
    assert progress.next.url == "/learn/aws/buckets/"


def test_an_archived_lesson_counts_no_more_but_keeps_its_completion(lea, course):
    lesson = course.lessons.get(slug="buckets")
    lesson.complete(lea)
    lesson.archived_at = timezone.now()
    lesson.save()
    (progress,) = progress_of(lea)
    assert (progress.done, progress.total) == (0, 2)
    assert Completion.objects.filter(user=lea, lesson=lesson).count() == 1


def test_a_place_in_an_archived_section_is_the_beginning_of_its_lesson(lea, course):
    lesson = course.lessons.get(slug="security-groups")
    lesson.remember_place(lea, "outbound-rules")
    lesson.sections.update(archived_at=timezone.now())
    (progress,) = progress_of(lea)
    assert progress.next.url == "/learn/aws/security-groups/"


def test_progress_shows_only_courses_of_own_cohorts(eve, other_course, course):
    assert [progress.course for progress in progress_of(eve)] == [other_course]


def test_progress_takes_three_queries_however_many_courses(
    lea, cohort, course, django_assert_num_queries
):
    """Of a course that somebody read before."""
    for number in range(3):
        more = make_course(
            f"more-{number}", {"module": {f"lesson-{number}": [f"section-{number}"]}}
        )
        type(cohort).objects.create(name=more.slug, slug=more.slug, course=more).enrol(lea)
    progress_of(lea)
    with django_assert_num_queries(3):
        addresses = [progress.next.url for progress in progress_of(lea)]
    assert len(addresses) == 4


def test_a_place_is_kept_once_for_each_course(lea, course):
    for slug in ["buckets", "policies"]:
        course.lessons.get(slug=slug).remember_place(lea)
    assert Place.objects.get(user=lea).lesson.slug == "policies"


def test_the_grid_of_many_people_takes_one_query_each(
    lea, mia, eve, course, django_assert_num_queries
):
    course.lessons.get(slug="buckets").complete(lea)
    course.lessons.get(slug="policies").remember_place(mia, "policy-structure")
    with django_assert_num_queries(1):
        done = completions_of([lea, mia], [course])
    with django_assert_num_queries(1):
        places = {
            user_id: place.section.slug
            for user_id, place in places_of([lea.pk, mia.pk], [course]).items()
        }
    completion = Completion.objects.get()
    assert done == {lea.pk: {completion.lesson_id: completion.completed_at}, mia.pk: {}}
    assert places == {mia.pk: "policy-structure"}
