"""Where a learner goes from a verdict: the next lab, and back to the lesson that teaches this
one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from labs.models import Lab, Submission
from labs.verdicts import Verdict
from lessons.models import Section
from lessons.people import User


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
    """The first after this one that is not passed, and then the first at all."""
    passed = Submission.objects.graded().filter(
        user=user.pk, lab=OuterRef("pk"), grade__passed=True
    )
    open_labs = Lab.objects.live().filter(~Exists(passed), course=lab.course_id)
    found = [one for one in open_labs.only("slug", "title", "position") if one.pk != lab.pk]
    later = [one for one in found if (one.position, one.slug) > (lab.position, lab.slug)]
    return next(iter(later + found), None)
