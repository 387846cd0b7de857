"""What the portal lets go after its time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.core.management import call_command
from django.utils import timezone

from portal.accounts.attempts import Attempt
from portal.accounts.models import Session, User
from portal.audit.models import Entry, What
from tests.rows import signed_in


def ago(**time: float) -> datetime:
    return timezone.now() - timedelta(**time)


def clean() -> None:
    call_command("clean", verbosity=0)


def test_ended_sessions_go_and_others_stay(lea: User, mia: User):
    ended, open_one = signed_in(lea).session.session_key, signed_in(mia).session.session_key
    Session.objects.filter(pk=ended).update(expire_date=ago(seconds=1))
    clean()
    assert [row.pk for row in Session.objects.all()] == [open_one]


def test_attempts_go_once_no_limit_looks_at_them(db: None):
    for minutes in (61, 30):
        Attempt.objects.create(what="login", subject=str(minutes), made_at=ago(minutes=minutes))
    clean()
    assert [row.subject for row in Attempt.objects.all()] == ["30"]


def test_expired_confirmations_go(lea: User):
    address = EmailAddress.objects.create(user=lea, email=lea.email)
    for days in (40, 1):
        EmailConfirmation.objects.create(email_address=address, key=str(days), sent=ago(days=days))
    clean()
    assert [row.key for row in EmailConfirmation.objects.all()] == ["1"]
    assert EmailAddress.objects.count() == 1


@pytest.fixture
def entries(db: None) -> None:
    for days in (900, 800, 731, 729, 0):
        Entry.objects.create(what=What.EXPORTED, about=str(days), at=ago(days=days))


def kept() -> list[str]:
    return [row.about for row in Entry.objects.order_by("at").filter(what=What.EXPORTED)]


def test_old_entries_of_the_audit_log_go_some_at_a_time(entries: None, monkeypatch):
    monkeypatch.setattr("portal.retention.AT_ONCE", 2)
    clean()
    assert kept() == ["729", "0"]


def test_zero_days_keep_the_audit_log_for_ever(entries: None, settings):
    settings.KEEP_AUDIT_DAYS = 0
    clean()
    assert len(kept()) == 5


def test_many_rows_go_in_several_transactions(db: None, monkeypatch):
    monkeypatch.setattr("labs.cleaning.AT_ONCE", 2)
    old = ago(hours=2)
    Attempt.objects.bulk_create(Attempt(what="login", subject="x", made_at=old) for _n in range(5))
    clean()
    assert Attempt.objects.count() == 0
