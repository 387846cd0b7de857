"""The wrong answers to a lab that most learners gave, word for word."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max
from django.db.models.functions import MD5

from labs.models import Lab, State, Submission
from portal.cohorts.models import Cohort

SHOWN = 8
LINES = 30


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """`sample` is the latest of them."""

    sample: Submission
    learners: int
    answers: int

    @property
    def excerpt(self) -> str:
        lines = self.sample.text.splitlines()
        return "\n".join([*lines[:LINES], "…"] if len(lines) > LINES else lines)


def wrong_answers(cohort: Cohort, lab: Lab) -> list[WrongAnswer]:
    """Two queries; what only one learner wrote is left out."""
    rows = Submission.objects.filter(user__in=cohort.learners, lab=lab, state=State.GRADED)
    groups = (
        rows.filter(grade__passed=False)
        .order_by()
        .annotate(digest=MD5("text"))
        .values_list("digest")
        .annotate(learners=Count("user", distinct=True), answers=Count("pk"), sample=Max("pk"))
        .filter(learners__gt=1)
        .order_by("-learners", "-answers", "sample")[:SHOWN]
    )
    found = [(sample, learners, answers) for _digest, learners, answers, sample in groups]
    samples = Submission.objects.in_bulk([sample for sample, *_counts in found])
    return [WrongAnswer(samples[sample], *counts) for sample, *counts in found]
