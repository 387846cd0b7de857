"""What the portal lets go: what opens nothing any more, and old entries of the audit log."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailConfirmation
from django.conf import settings
from django.utils import timezone

from labs.cleaning import AT_ONCE, Cleaner, delete_some, older_than
from labs.models import Chore
from portal.accounts.attempts import KEPT, Attempt
from portal.accounts.models import Session
from portal.audit.models import Entry
from portal.cohorts.models import Invitation

KEPT_OF_STRANGERS = timedelta(days=30)  # after their invitation ended


def sessions(_chore: Chore) -> int:
    return delete_some(Session.objects.filter(expire_date__lt=timezone.now()))


def attempts(_chore: Chore) -> int:
    return delete_some(Attempt.objects.filter(made_at__lt=timezone.now() - KEPT))


def confirmations(_chore: Chore) -> int:
    return delete_some(EmailConfirmation.objects.all_expired())


def audit(_chore: Chore) -> int:
    """The log has one way out, by time: as far as some hundred of the oldest entries reach."""
    before = older_than(settings.KEEP_AUDIT_DAYS)
    if before is None:
        return 0
    old = Entry.objects.filter(at__lt=before).order_by("at").values_list("at", flat=True)
    some = list(old[:AT_ONCE])
    return Entry.objects.forget(some[-1] + timedelta(microseconds=1)) if some else 0


def invited(_chore: Chore) -> int:
    """Strangers who were invited and never came."""
    long_over = timezone.now() - KEPT_OF_STRANGERS
    old = Invitation.objects.personal().filter(expires_at__lt=long_over)
    some = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return Invitation.objects.filter(pk__in=some).update(email="", name="")


CLEANERS = [
    Cleaner("invited", "addresses of expired invitations forgotten", invited),
    Cleaner("sessions", "ended sessions deleted", sessions),
    Cleaner("attempts", "counted sign-ins deleted", attempts),
    Cleaner("confirmations", "expired confirmations of addresses deleted", confirmations),
    Cleaner("audit", "entries of the audit log deleted", audit),
]
