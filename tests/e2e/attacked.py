"""A course, a cohort and answers made of the corpus of attacks, beside the demo. Run by
`manage.py shell` on the data of the portal under test."""

from __future__ import annotations

from django.utils import timezone

from labs.models import Draft, KeptText, Lab, Submission, Variant
from labs.tasks import check
from lessons.models import Course, Lesson, Module, Section
from lessons.rendering import render
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Role
from tests.attacks import ATTACKS, heaps, policy_with, storable
from tests.running import PASSWORD

LIKE = "read-one-bucket"  # the demo's lab whose task is set again
LEARNER, TEACHER = "att@demo.example", "teach@demo.example"
ALL = storable("\n\n".join(ATTACKS))


def title(number: int) -> str:
    """Elements and attributes come first in the corpus."""
    return f"{number} {storable(ATTACKS[number])}"[:150]


def seed() -> None:
    course = make_course()
    lab = make_lab(course)
    cohort = Cohort.objects.create(name=title(9)[:120], slug="attacked", course=course)
    learner = make_user(LEARNER, title(5))
    cohort.enrol(learner)
    cohort.enrol(make_user(TEACHER, title(7)), role=Role.INSTRUCTOR)
    for number, text in enumerate(ATTACKS):
        name = storable(text)[:80]
        cohort.enrol(User.objects.create(email=f"{number}@attacked.example", name=name))
    hand_in(learner, lab)


def make_user(email: str, name: str) -> User:
    return User.objects.create_user(email, PASSWORD, name=name[:80])


def make_course() -> Course:
    now = timezone.now()
    course = Course.objects.create(slug="attacked", title=title(0), synced_at=now)
    module = Module.objects.create(course=course, slug="m", title=title(1), position=1)
    paragraphs = [render(f"{storable(text)}") for text in ATTACKS]
    lesson = Lesson.objects.create(
        course=course, module=module, slug="attacked", title=title(2), summary=ALL, position=1,
        html="".join(paragraphs), words=9, updated_at=now,
        contents=[{"anchor": "s", "title": title(3), "level": 2}],
    )  # fmt: skip
    Section.objects.create(
        course=course, lesson=lesson, slug="s", title=title(4), level=2, position=1,
        text=ALL, plain=f"needle {ALL}",
    )  # fmt: skip
    return course


def make_lab(course: Course) -> Lab:
    lab = Lab.objects.get(slug=LIKE)
    variants = list(lab.variants.all())
    lab.pk, lab._state.adding = None, True
    lab.course, lab.slug, lab.title, lab.summary = course, "attacked", title(6), ALL
    lab.home = course.sections.get()
    lab.save()
    for variant in variants:
        variant.pk, variant._state.adding = None, True
        variant.lab, variant.brief_html = lab, render(ALL)
        variant.explanation_html, variant.starter = render(ALL), ALL
        variant.save()
    return lab


def hand_in(learner: User, lab: Lab) -> None:
    variant = Variant.objects.filter(lab=lab).order_by("number").first()
    assert variant is not None
    for text in [*map(policy_with, ATTACKS[:40:3]), *heaps()[:2]]:
        row = Submission.objects.create(user=learner, lab=lab, variant=variant, text=storable(text))
        check(row.pk)
    KeptText.objects.create(user=learner, lab=lab, text=ALL)
    Draft.objects.create(user=learner, lab=lab, variant=variant, text=ALL)
