"""Whose answers somebody may read: finding is authorising, and what is not found is 404."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from labs.models import Submission
from labs.models.submissions import SubmissionQuerySet
from portal.cohorts.models import Cohort


def answers_in(cohort: Cohort) -> SubmissionQuerySet:
    """Of those who learn in the cohort now, in what it learns: somebody who learns in two shows
    each only what belongs there."""
    return Submission.objects.filter(
        user__in=cohort.learners, lab__course__in=cohort.courses.values("pk")
    )


def find_answer(cohort: Cohort, pk: int) -> Submission:
    rows = answers_in(cohort).select_related("lab__course", "user", "grade", "variant")
    return get_object_or_404(rows, pk=pk)
