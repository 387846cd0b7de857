"""What is due, who has longer, and what people say and ask. No mail goes out: nobody is there to
read it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from labs.models import Submission
from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort, DueDate, Extension, Role
from portal.reviews.models import Comment, Kind, Question
from portal.seeding.histories import WEEKS

COMMENTS, QUESTIONS, EXTENDED = 40, 20, 15
SAID = (
    "Read the counterexample once more: which line lets it through?",
    "Close. What happens to the folder next to this one?",
    "Good idea. Now the same for *everybody* who asks.",
)
ASKED = (
    "I think that this is right. Could somebody look at it again?",
    "I do not see what is different in the other request. Where do I have to look?",
)


def set_dates(cohort: Cohort, courses: Sequence[Course], *, until: datetime) -> None:
    """A module after another over the weeks, half of them still to come."""
    modules = [
        module for course in courses for module in course.modules.live().order_by("position")
    ]
    begin, step = until - timedelta(weeks=WEEKS - 4), timedelta(weeks=2 * WEEKS) / len(modules)
    dates = [
        DueDate(cohort=cohort, module=module, due_at=begin + step * number)
        for number, module in enumerate(modules)
    ]
    DueDate.objects.bulk_create(dates)
    cohort.renew_dates()


def extend_some(cohort: Cohort, people: Sequence[User], *, chance: random.Random) -> None:
    dates = list(cohort.due_dates.all())
    some = chance.sample(people, min(EXTENDED, len(people)))
    Extension.objects.bulk_create(
        Extension(due=due, user=user, until=due.due_at + timedelta(days=10))
        for user in some
        for due in [chance.choice(dates)]
    )
    cohort.renew_dates()


def say_something(cohort: Cohort, *, chance: random.Random) -> None:
    """About answers that did not pass."""
    teacher = cohort.memberships.get(role=Role.INSTRUCTOR).user
    failed = Submission.objects.filter(crowd=cohort.pk, grade__passed=False).order_by("pk")
    keys = list(failed.values_list("pk", flat=True))
    for pk in chance.sample(keys, min(COMMENTS, len(keys))):
        row = Submission.objects.select_related("user", "lab").get(pk=pk)
        written = Comment.objects.write(
            row, author=teacher, role=Role.INSTRUCTOR, text=chance.choice(SAID)
        )
        Comment.objects.filter(pk=written.pk).update(created_at=row.created_at + timedelta(days=1))
    for pk in chance.sample(keys, min(QUESTIONS, len(keys))):
        ask(cohort, Submission.objects.select_related("user", "lab").get(pk=pk), chance)


def ask(cohort: Cohort, row: Submission, chance: random.Random) -> None:
    at = row.created_at + timedelta(minutes=5)
    kind = chance.choice([Kind.QUESTION, Kind.SECOND_LOOK])
    asked = Question.objects.create(
        cohort=cohort,
        user=row.user,
        kind=kind,
        lab=row.lab,
        submission=row,
        asked_at=at,
        moved_at=at,
    )
    said = Comment.objects.write(
        row, question=asked, author=row.user, role=Role.LEARNER, text=chance.choice(ASKED)
    )
    Comment.objects.filter(pk=said.pk).update(created_at=at)
