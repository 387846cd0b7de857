"""The daily mail of those who want one: what was said to them since the last, and that cards come
back. One letter in the morning where they are; none where there is nothing to say."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from labs.cleaning import Cleaner
from labs.models import Chore
from labs.quiz.reviewing import Queue, due_today
from portal.accounts.models import Told, User
from portal.cohorts.models import Cohort
from portal.digest.choosing import HELD, next_morning, off_path
from portal.letters.models import Letter
from portal.letters.writing import is_mail_sent, joined, letter
from portal.own_site import own_site

AT_ONCE = 20


def digest_some(_chore: Chore | None = None) -> int:
    """How many were looked at. Two who do it at once write one letter."""
    if not is_mail_sent():
        return 0
    due = User.objects.filter(mail_told=Told.DAILY, is_active=True, digest_at__lte=timezone.now())
    some = list(due.order_by("digest_at")[:AT_ONCE])
    for user in some:
        write_digest(user)
    return len(some)


@transaction.atomic
def write_digest(user: User) -> None:
    """Whoever moves the time on writes it: one conditional UPDATE."""
    mine = User.objects.filter(pk=user.pk, mail_told=Told.DAILY, digest_at=user.digest_at)
    if not mine.update(digest_at=next_morning(user)):
        return
    waiting = Letter.objects.filter(user=user.pk, digest=HELD, tries=0, due_at__gt=timezone.now())
    letters = list(waiting)
    if (queue := due_today(user)).due:
        letters.append(review_letter(user, queue))
    if letters:
        Letter.objects.filter(pk__in=[one.pk for one in letters if one.pk]).delete()
        Letter.objects.post([joined(letters)])


def review_letter(user: User, queue: Queue) -> Letter:
    site = own_site()
    return letter(
        "review_due",
        user.email,
        user=user.pk,
        language=user.language,
        otherwise=language_around(user),
        context={
            "cards": len(queue.due),
            "minutes": queue.minutes,
            "url": f"{site}{reverse('quiz:review')}",
            "current_site": {"domain": site.partition("://")[2]},
        },
        off_url=f"{site}{off_path(user)}",
    )


def language_around(user: User) -> str:
    cohort = Cohort.objects.live().filter(memberships__user=user.pk).first()
    return cohort.language if cohort else ""


CLEANERS = [Cleaner("digests", "daily mails looked at", digest_some, every=timedelta(minutes=5))]
