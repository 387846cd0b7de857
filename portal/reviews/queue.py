"""What waits for those who teach a cohort: questions, second looks, and answers that could not be
checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from labs.models import State, Submission
from labs.models.submissions import SubmissionQuerySet
from lessons.people import User
from portal.cohorts.models import Cohort, Role
from portal.reviews.finding import answers_in
from portal.reviews.models import Question, Stage
from portal.reviews.models.questions import QuestionQuerySet

LISTS: Mapping[str, object] = {
    "": _("Open"),
    "mine": _("Given to me"),
    "answered": _("Answered"),
    "closed": _("Closed"),
}
NARROWED: Mapping[str, Callable[[QuestionQuerySet, User], QuestionQuerySet]] = {
    "": lambda rows, _user: rows.open().order_by("moved_at", "pk"),  # who waits longest is first
    "mine": lambda rows, user: rows.mine(user).order_by("moved_at", "pk"),
    "answered": lambda rows, _user: rows.filter(stage=Stage.ANSWERED).order_by("-moved_at", "-pk"),
    "closed": lambda rows, _user: rows.filter(stage=Stage.CLOSED).order_by("-moved_at", "-pk"),
}


def questions_in(cohort: Cohort, show: str, user: User) -> QuestionQuerySet:
    return NARROWED[show](Question.objects.in_cohort(cohort).shown(), user)


def faults_in(cohort: Cohort) -> SubmissionQuerySet:
    """Until the learner has a verdict about a later answer to the same lab: then they went on."""
    later = Submission.objects.filter(
        user=OuterRef("user"),
        lab=OuterRef("lab"),
        created_at__gt=OuterRef("created_at"),
        state=State.GRADED,
    )
    rows = answers_in(cohort).filter(state=State.FAULTED, unreadable__isnull=True)
    return rows.filter(~Exists(later)).lean().select_related("user", "lab").order_by("pk")


def with_questions(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Each row gets `.questions_open`: how many of those who learn there now wait for an answer;
    None for none."""
    learning = {
        "user__memberships__cohort": OuterRef("pk"),
        "user__memberships__role": Role.LEARNER,
    }
    waiting = Question.objects.open().filter(cohort=OuterRef("pk"), **learning).order_by()
    number = waiting.values("cohort").annotate(number=Count("pk")).values("number")
    return cohorts.annotate(questions_open=Subquery(number))
