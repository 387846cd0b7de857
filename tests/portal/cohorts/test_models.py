from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation, Role
from tests.rows import make_user


def test_an_instructor_leads_only_the_cohorts_they_teach(
    cohort: Cohort, tom: User, ida: User, lea: User
) -> None:
    assert list(Cohort.objects.led_by(tom)) == [cohort]
    assert cohort not in Cohort.objects.led_by(ida)
    assert list(Cohort.objects.led_by(lea)) == []


def test_enrolling_twice_keeps_one_membership_and_its_role(cohort: Cohort, tom: User) -> None:
    cohort.enrol(tom, role=Role.LEARNER)
    assert [m.role for m in cohort.memberships.filter(user=tom)] == [Role.INSTRUCTOR]


def test_a_redeemed_invitation_enrols_and_takes_one_place(cohort: Cohort) -> None:
    invitation = Invitation.objects.create(cohort=cohort, uses=2)
    ann = make_user("Ann")
    assert invitation.redeem(ann) is True
    invitation.refresh_from_db()
    assert (invitation.used, ann.memberships.get().role) == (1, Role.LEARNER)


def test_redeeming_again_takes_no_second_place(cohort: Cohort, lea: User) -> None:
    invitation = Invitation.objects.create(cohort=cohort, uses=1)
    assert invitation.redeem(lea) is True
    invitation.refresh_from_db()
    assert invitation.used == 0


@pytest.mark.parametrize("fields", [{"uses": 0}, {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}])
def test_a_used_up_or_expired_invitation_enrols_nobody(cohort: Cohort, fields: dict) -> None:
    invitation = Invitation.objects.create(cohort=cohort, **fields)
    ann = make_user("Ann")
    assert invitation.redeem(ann) is False
    assert not ann.memberships.exists()
