"""A course is kept in memory until a sync writes it anew."""

from __future__ import annotations

import pytest
from django.http import Http404

from lessons.editions import edition_of, find_edition, find_lesson, new_edition
from lessons.models import Course, Lesson
from tests.rows import make_lab


def test_a_course_is_read_once(lea, course, django_assert_num_queries):
    (enrolment,) = lea.enrolments()
    first = edition_of(enrolment)
    with django_assert_num_queries(0):
        assert edition_of(enrolment) is first
        assert [len(branch.lessons) for branch in first.branches] == [2, 1]


def test_another_edition_is_read_again(lea, course, client_of):
    assert "Renamed" not in client_of(lea).get("/learn/aws/buckets/").content.decode()
    course.lessons.filter(slug="buckets").update(title="Renamed")
    Course.objects.update(edition=new_edition())
    html = client_of(lea).get("/learn/aws/buckets/").content.decode()
    assert html.count("Renamed") >= 3  # heading, tree, crumbs
    assert "Buckets" not in html


def test_the_text_of_a_lesson_is_read_when_somebody_reads_it(
    lea, course, django_assert_num_queries
):
    edition, lesson = find_lesson(lea, "aws", "buckets")
    assert "html" in lesson.get_deferred_fields()
    with django_assert_num_queries(1):
        assert "All about it." in edition.page_of(lesson).html
    with django_assert_num_queries(0):
        assert edition.page_of(lesson).course == course


@pytest.mark.parametrize("slugs", [("aws", "knives"), ("cooking", "knives")])
def test_what_is_not_yours_is_not_found(lea, other_course, slugs):
    with pytest.raises(Http404):
        find_lesson(lea, *slugs)


def test_an_archived_course_is_not_found(lea, course):
    Course.objects.update(archived_at="2026-01-01T00:00Z")
    with pytest.raises(Http404):
        find_edition(lea, "aws")
    assert lea.course_keys() == []


def test_the_first_and_the_last_lesson_have_one_neighbour(lea, course):
    edition = find_edition(lea, "aws")
    first, second, last = edition.lessons
    assert edition.neighbours(first) == (None, second)
    assert edition.neighbours(last) == (second, None)


def test_no_two_editions_have_one_name():
    assert len({new_edition() for _ in range(100)}) == 100


def test_a_reader_of_two_cohorts_of_one_course_is_enrolled_once(lea, course, cohort):
    type(cohort).objects.create(name="Spring", slug="spring", course=course).enrol(
        lea, role="instructor"
    )
    (enrolment,) = lea.enrolments()
    assert (enrolment.course, enrolment.teaches) == (course.pk, True)


def test_what_one_reader_completes_is_no_part_of_the_edition(lea, mia, course, client_of):
    course.lessons.get(slug="buckets").complete(lea)
    own = [client_of(user).get("/learn/aws/").content.decode() for user in (lea, mia, lea)]
    assert [html.count('data-done="yes"') for html in own] == [1, 0, 1]


def test_a_lab_that_is_new_is_shown_with_the_next_edition(lea, course, client_of):
    client_of(lea).get("/labs/")
    make_lab(course, "fresh", section="bucket-names")
    Course.objects.update(edition=new_edition())
    assert "Fresh" in client_of(lea).get("/labs/").content.decode()
    assert Lesson.objects.count() == 3
