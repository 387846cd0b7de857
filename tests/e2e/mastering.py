"""`python -m tests.e2e.mastering`: somebody who has mastered the course, in a cohort of her own.

`python -m tests.e2e.mastering LESSON LAB NAME …`: learners who have mastered all of it but one
lesson, and passed all labs of that lesson but one, in a cohort of tom's where a lesson is complete
when it is mastered.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import django

django.setup()

from django.db.models import QuerySet  # noqa: E402
from django.utils import timezone  # noqa: E402

from labs.models import Lab, Submission  # noqa: E402
from labs.quiz.models import LessonCheck  # noqa: E402
from lessons.models import Completion, Course, Lesson  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.cohorts.models import Cohort  # noqa: E402
from tests.rows import make_grade  # noqa: E402
from tests.running import PASSWORD  # noqa: E402


def has_mastered(user: User, lesson: Lesson) -> None:
    now = timezone.now()
    Completion.objects.create(user=user, lesson=lesson)
    LessonCheck.objects.create(user=user, lesson=lesson, checked_at=now)
    has_passed(user, lesson.course.labs.live().filter(home__lesson=lesson))


def has_passed(user: User, labs: QuerySet[Lab]) -> None:
    """An hour ago: who hands in so many now would be told to be slower."""
    then = timezone.now() - timedelta(hours=1)
    for lab in labs:
        variant = lab.variants.live()[0]
        answer = Submission.objects.create(
            user=user, lab=lab, variant=variant, state="graded", created_at=then
        )
        make_grade(answer, 4)


def come(email: str, name: str, cohort: Cohort) -> User:
    user = User.objects.create_user(email, PASSWORD, name=name)
    cohort.enrol(user)
    return user


def all_of_it(course: Course) -> None:
    cohort = Cohort.objects.create(name="Masters", slug="masters", course=course)
    zoe = come("zoe@demo.example", "Zoë Zielinska-Łukasiewicz", cohort)
    for lesson in course.lessons.live():
        has_mastered(zoe, lesson)


def all_but_one(course: Course, slug: str, lab: str, names: list[str]) -> None:
    cohort = Cohort.objects.create(name="Nearly", slug="nearly", course=course, counts="mastered")
    cohort.enrol(User.objects.get(email="tom@demo.example"), role="instructor")
    for name in names:
        user = come(f"{name}@demo.example", name.capitalize(), cohort)
        for lesson in course.lessons.live().exclude(slug=slug):
            has_mastered(user, lesson)
        labs = course.labs.live().filter(home__lesson__slug=slug)
        has_passed(user, labs.exclude(slug=lab))


def main(slug: str = "", lab: str = "", *names: str) -> None:
    course = Course.objects.get(slug="aws")
    if slug:
        all_but_one(course, slug, lab, list(names))
    else:
        all_of_it(course)


if __name__ == "__main__":
    main(*sys.argv[1:])
