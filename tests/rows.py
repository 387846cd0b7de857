"""Rows that tests start from, written as one would tell them."""

from __future__ import annotations

import time
from typing import Any

from django.test import Client
from django.utils import timezone

from labs.grading.report import FORMAT
from labs.models import Grade, GradedBy, Lab, State, Submission, Variant
from labs.models.efforts import note_regrade
from lessons.margin_marks import mark
from lessons.models import Course, Lesson, Module, Section
from portal.accounts.models import User
from portal.indexes import write_index

PASSWORD = "a-long-enough-secret"

# module → lesson → sections
SMALL_COURSE = {
    "storage": {"buckets": ["what-a-bucket-is", "bucket-names"], "policies": ["policy-structure"]},
    "network": {"security-groups": ["inbound-rules", "outbound-rules"]},
}


def words(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def make_user(name: str, **fields: Any) -> User:
    email = f"{name.split()[0].lower()}@example.com"
    return User.objects.create_user(**{"email": email, "password": PASSWORD, "name": name} | fields)


def signed_in(user: User, *, minutes_ago: float = 30) -> Client:
    """A browser in which somebody signed in half an hour ago, so that what matters asks again; a
    day's first visit is noted already."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["seen"] = session["since"] = timezone.now().date().isoformat()
    session["account_authentication_methods_user"] = str(user.pk)
    shown = {"method": "password", "at": time.time() - 60 * minutes_ago}
    session["account_authentication_methods"] = [shown]
    session.save()
    return client


def make_course(slug: str, modules: dict[str, dict[str, list[str]]]) -> Course:
    course = Course.objects.create(slug=slug, title=words(slug), synced_at=timezone.now())
    for position, (module_slug, lessons) in enumerate(modules.items(), start=1):
        module = Module.objects.create(
            course=course, slug=module_slug, title=words(module_slug), position=position
        )
        for lesson_slug, sections in lessons.items():
            make_lesson(module, lesson_slug, sections)
    return course


def make_lesson(module: Module, slug: str, sections: list[str]) -> Lesson:
    lesson = Lesson.objects.create(
        course=module.course,
        module=module,
        slug=slug,
        title=words(slug),
        position=module.course.lessons.count() + 1,
        html="".join(
            f'<h2 id="{section}">{words(section)}</h2>{mark(section)}<p>All about it.</p>'
            for section in sections
        ),
        contents=[{"anchor": section, "title": words(section), "level": 2} for section in sections],
        words=400,
        content_hash=f"hash-of-{slug}",
        updated_at=timezone.now(),
    )
    for section in sections:
        position = module.course.sections.count() + 1
        Section.objects.create(
            course=module.course,
            lesson=lesson,
            slug=section,
            title=words(section),
            level=2,
            position=position,
            text=f"All about {words(section)}.",
            plain=f"All about {words(section)}.",
            content_hash=f"hash-of-{section}",
        )
    return lesson


def make_lab(
    course: Course, slug: str, *, kind: str = "iam-policy", section: str = "", **fields: Any
) -> Lab:
    """A lab with one variant; `section` is the slug of the heading it belongs to."""
    position = course.labs.count() + 1
    lab = Lab.objects.create(
        course=course,
        slug=slug,
        kind=kind,
        title=words(slug),
        content_hash="hash",
        position=position,
        **fields,
    )
    Variant.objects.create(
        lab=lab, number=0, brief_html="<p>Do it.</p>", starter="{}", solution='{"ok": true}'
    )
    if section:
        lab.home = course.sections.get(slug=section)
        lab.save()
        lab.sections.add(lab.home)
    return lab


def index(course: Course) -> None:
    """As a sync does after all else."""
    write_index(course)


def make_submission(
    user: User, lab: Lab, text: str = "{}", *, state: str = State.QUEUED, **fields: Any
) -> Submission:
    variant = lab.variants.get(number=0)
    return Submission.objects.create(
        user=user, lab=lab, variant=variant, text=text, state=state, **fields
    )


def make_grade(
    submission: Submission,
    points: int,
    max_points: int = 4,
    *,
    made_by: str = GradedBy.TASK,
    **fields: Any,
) -> Grade:
    """A grade that is the current one; its findings are one per point."""
    findings = [
        {
            "code": f"test.finding-{number}",
            "passed": number < points,
            "points": 1,
            "message": f"Check {number + 1}",
        }
        for number in range(max_points)
    ]
    grade = Grade.objects.create(
        submission=submission,
        points=points,
        max_points=max_points,
        passed=points == max_points,
        report={"format": FORMAT, "findings": findings},
        engine_version="test-1",
        content_hash="hash",
        made_by=made_by,
        **fields,
    )
    submission.grade, submission.state, submission.finished_at = grade, State.GRADED, timezone.now()
    submission.save(update_fields=["grade", "state", "finished_at"])
    if isinstance(grade.report, bytes):  # packed
        submission.grade = Grade.objects.get(pk=grade.pk)
    note_regrade(submission)
    return grade
