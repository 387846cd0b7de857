"""The figures of a cohort say all only of all, and nothing only of nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from labs.models import Lab
from portal.cohorts.briefs import Brief
from portal.cohorts.content import content_of
from portal.cohorts.figures import Difficulty, numbers_of, over_time, sums_of
from portal.cohorts.models import Cohort

SHARES = [(0, 0), (1, 1), (199, 99), (200, 100)]


@pytest.mark.parametrize(("passed", "percent"), SHARES)
def test_of_a_hard_lab(passed: int, percent: int) -> None:
    assert Difficulty(Lab(), 200, passed, 0).percent == percent


@pytest.mark.parametrize(("done", "percent"), SHARES)
def test_of_a_week(done: int, percent: int) -> None:
    ends = [timezone.now() - timedelta(days=7), timezone.now()]
    assert [value for _week, value in over_time([0, done], ends, 200)] == [0, percent]


@pytest.mark.parametrize(("done", "words"), [(0, "0 %"), (1, "1 %"), (200, "100 %")])
def test_of_everybody_on_average(cohort: Cohort, done: int, words: str) -> None:
    begun = Brief(1, "Lea", "lea@example.com", None, total=200, done=done)
    others = [Brief(pk, "", "", None, total=200, done=done == 200 and 200) for pk in range(2, 9)]
    sums = sums_of([begun, *others], timezone.now())
    assert numbers_of(content_of(cohort), 8, sums)[2].value == words
