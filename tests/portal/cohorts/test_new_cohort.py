"""`manage.py new_cohort`: who may come, before anybody can open a page."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from portal.cohorts.models import Cohort, Invitation, Role


def test_a_cohort_has_a_code_for_its_instructor_and_one_for_its_learners(course, capsys):
    call_command("new_cohort", "Autumn 2026", course="aws", learners=7)
    cohort = Cohort.objects.get()
    assert (cohort.slug, cohort.course) == ("autumn-2026", course)
    places = {code.role: code.uses for code in Invitation.objects.all()}
    assert places == {Role.INSTRUCTOR: 1, Role.LEARNER: 7}
    out = capsys.readouterr().out
    assert all(str(code) in out for code in Invitation.objects.all())


def test_a_course_that_is_not_there_is_named_with_those_that_are(course):
    with pytest.raises(CommandError, match="There is no course cooking; there is: aws"):
        call_command("new_cohort", "Autumn", course="cooking")


@pytest.mark.parametrize("name", ["Autumn", "!!!"])
def test_a_name_makes_an_address_of_its_own(cohort, name):
    with pytest.raises(CommandError):
        call_command("new_cohort", name, course="aws")
    assert Cohort.objects.count() == 1
