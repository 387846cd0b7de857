"""Whose verdicts somebody may look at again: of those who learn with them now, in cohorts that go
on; all of them for an administrator."""

from __future__ import annotations

from typing import Any

from labs.models import Lab, Submission
from labs.models.submissions import SubmissionQuerySet
from labs.rules import rules_of
from lessons.people import User
from portal.cohorts.models import Cohort, Membership, Role
from portal.cohorts.models.cohorts import CohortQuerySet
from portal.regrades.models import Fate, Regrade


def cohorts_of(user: User, course: int) -> CohortQuerySet:
    """In which `user` may change verdicts about labs of this course."""
    return Cohort.objects.led_by(user).live().filter(courses=course)


def learners_of(user: User, course: int) -> Any:
    """Primary keys, as a subquery."""
    cohorts = cohorts_of(user, course).values("pk")
    return Membership.objects.filter(cohort__in=cohorts, role=Role.LEARNER).values("user")


def labs_of(user: User) -> Any:
    """Those that `user` may regrade."""
    if user.is_superuser:
        return Lab.objects.all()
    courses = Cohort.objects.led_by(user).live().values("courses")
    return Lab.objects.filter(course__in=courses)


def answers_for(user: User, lab: Lab, *, everybodys: bool) -> SubmissionQuerySet:
    rows = Submission.objects.graded().filter(lab=lab)
    return rows if everybodys else rows.filter(user__in=learners_of(user, lab.course_id))


def outdated_for(user: User, lab: Lab) -> int:
    """How many verdicts another version gave."""
    old = Submission.objects.judged_otherwise(
        lab, rules_of(lab.kind, lab.variants.all()), lab.content_hash
    )
    mine = answers_for(user, lab, everybodys=user.is_superuser)
    return (mine & old).count()


def has_strangers(regrade: Regrade, user: User) -> bool:
    """Whether it would change verdicts of somebody who is no learner of `user` any more: applying
    it those that wait, undoing it those that it changed."""
    if user.is_superuser:
        return False
    learners = learners_of(user, regrade.lab.course_id)
    changed = regrade.answers.filter(fate__in=(Fate.WAITING, Fate.DONE))
    return changed.exclude(user__in=learners).exists()
