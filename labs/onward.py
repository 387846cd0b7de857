"""Where a learner goes from a verdict: the next lab, and back to the lesson that teaches this
one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.models import Lab, Submission
from labs.shelves import shelf_of
from labs.verdicts import Verdict
from lessons.compiled import Compiled
from lessons.models import Section
from lessons.people import User

PASSED = Compiled(
    lambda user, course: (
        Submission.objects.graded()
        .filter(user=user, lab__course=course, grade__passed=True)
        .order_by()
        .values_list("lab_id", flat=True)
    ),
    user=-1,
    course=-2,
)


@dataclass(frozen=True, slots=True)
class Onward:
    """`next` is None while the lab is not passed, and where every lab of the course is."""

    lab: Lab
    is_passed: bool
    lesson: Section | None
    next: Lab | None = None

    @property
    def is_done(self) -> bool:
        return self.is_passed and self.next is None


def onward_of(verdict: Verdict, user: User) -> Onward | None:
    """None while one waits. One query for whoever passed, none else (rows with
    `lab__home__lesson__course`)."""
    if verdict.state not in ("passed", "failed"):
        return None
    lab, is_passed = verdict.submission.lab, verdict.state == "passed"
    return Onward(lab, is_passed, home_of(lab), next_lab(lab, user) if is_passed else None)


def home_of(lab: Lab) -> Section | None:
    """Where the notes teach what the lab asks."""
    home = lab.home
    return home if home and home.archived_at is None else None


def next_lab(lab: Lab, user: User) -> Lab | None:
    """The first after this one that is not passed, and then the first at all: of its capstone
    before those of the course."""
    passed = {lab.pk, *PASSED.rows(user=user.pk, course=lab.course_id)}
    shelf = shelf_of(lab.course_id, lab.course.edition)
    story = shelf.capstone_of(lab)
    found = [one for labs in (story.labs if story else (), shelf.labs) for one in after(lab, labs)]
    return next((one for one in found if one.pk not in passed), None)


def after(lab: Lab, labs: Sequence[Lab]) -> Iterator[Lab]:
    """All of them, in order from behind `lab` and round."""
    keys = [one.pk for one in labs]
    start = keys.index(lab.pk) + 1 if lab.pk in keys else 0
    yield from labs[start:]
    yield from labs[:start]
