"""What the sweeper looks after: what a regrade found goes with the reports of the grades."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from labs.models import Lab, Submission
from portal.accounts.models import User
from portal.regrades.models import NewVerdict, Regrade, Stage
from tests.portal.regrades.conftest import applied, change, current, done, dry_run

LONG_AGO, LATELY = (timezone.now() - timedelta(days=days) for days in (800, 700))


@pytest.fixture
def answer(checked: Callable[..., Submission], lab: Lab, lea: User) -> Submission:
    answer = checked(lea, "allow write")
    change(lab, "allow", "write")
    return answer


def clean() -> list[object]:
    """The reports that are left."""
    call_command("clean", verbosity=0)
    return [one.report for one in NewVerdict.objects.exclude(report=None)]


def test_what_was_told_to_learners_is_forgotten_after_its_time(
    answer: Submission, lab: Lab, tom: User
) -> None:
    applied(lab, tom)
    Regrade.objects.update(made_at=LATELY)
    assert len(clean()) == 1
    Regrade.objects.update(made_at=LONG_AGO)
    assert clean() == []
    verdict = NewVerdict.objects.get()
    assert (verdict.percent, verdict.passed) == (100, True)


def test_zero_days_keep_it(answer: Submission, lab: Lab, tom: User, settings: Any) -> None:
    settings.KEEP_REPORTS_DAYS = 0
    applied(lab, tom)
    Regrade.objects.update(made_at=LONG_AGO)
    assert len(clean()) == 1


def test_what_waits_to_be_applied_keeps_it(answer: Submission, lab: Lab, tom: User) -> None:
    dry_run(lab, tom).apply(lowers=False, reason="", site="")
    Regrade.objects.update(made_at=LONG_AGO)
    assert len(clean()) == 1
    done(Regrade.objects.get())
    assert current(answer) == ("regrade", 100)


def test_a_dry_run_is_kept_no_longer_than_reports(
    answer: Submission, lab: Lab, tom: User, settings: Any
) -> None:
    settings.KEEP_REPORTS_DAYS = 7
    dry_run(lab, tom)
    Regrade.objects.update(moved_at=timezone.now() - timedelta(days=6))
    assert len(clean()) == 1
    Regrade.objects.update(moved_at=timezone.now() - timedelta(days=8))
    assert clean() == []
    assert not Regrade.objects.exists()


def test_without_it_the_regrade_is_still_shown_and_undone(
    answer: Submission, lab: Lab, tom: User, client_of: Callable[[User], Client]
) -> None:
    regrade = applied(lab, tom)
    Regrade.objects.update(made_at=LONG_AGO)
    clean()
    page = client_of(tom).get(regrade.get_absolute_url()).content.decode()
    assert "What it says now · 100 %" in " ".join(page.split())
    assert regrade.undo(reason="A mistake.", site="")
    assert done(regrade).stage == Stage.UNDONE
    assert current(answer) == ("undone", 50)
