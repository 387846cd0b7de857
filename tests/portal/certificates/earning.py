"""Learners who have mastered a course, and those who nearly have."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from labs.models import Lab
from labs.quiz.models import LessonCheck
from lessons.models import Course
from portal.accounts.models import User
from portal.certificates.models import Certificate
from tests.labs.quiz.asking import ask
from tests.rows import make_grade, make_lab, make_submission

FORM = "/certificates/courses/aws/"
LIST = "/certificates/"
ROOM = "/cohorts/autumn/certificates/"


def prepare(course: Course) -> Lab:
    """One of its three lessons asks something, and it has one lab."""
    ask(course.lessons.get(slug="buckets"), "two-allows-one-deny")
    return make_lab(course, "read-one-bucket", section="policy-structure")


def read(user: User, course: Course, *slugs: str) -> None:
    for lesson in course.lessons.filter(slug__in=slugs):
        lesson.complete(user)


def check(user: User, course: Course) -> None:
    lesson = course.lessons.get(slug="buckets")
    LessonCheck.objects.create(user=user, lesson=lesson, checked_at=timezone.now())


def hand_in(user: User, lab: Lab, points: int = 4) -> None:
    make_grade(make_submission(user, lab, state="graded"), points)


def master(user: User, course: Course) -> None:
    read(user, course, "policies", "security-groups")
    check(user, course)
    hand_in(user, Lab.objects.get(course=course))


def make_one(client: Client, name: str = "Lea Learner") -> Certificate:
    answer = client.post(FORM, {"name": name})
    assert answer.status_code == 302
    return Certificate.objects.valid().get(token=answer.url.split("/")[2])


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())
