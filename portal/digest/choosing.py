"""How learners want mail about their learning: each at once, all in one a day, or none. What waits
follows when they choose another way."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from labs.quiz.days import today_of, zone_of
from portal.accounts.models import Told, User
from portal.letters.models import Letter

HELD = "held"  # the digest of what waits for the daily mail
MORNING = time(7)  # where the learner is
SIGNER = Signer(salt="portal.digest.off")  # whoever has the link can turn mail off, and no more


def next_morning(user: User) -> datetime:
    today = datetime.combine(today_of(user), MORNING, zone_of(user))
    if today > timezone.now():
        return today
    return datetime.combine(today.date() + timedelta(days=1), MORNING, zone_of(user))


def follow(user: User, *, has_moved: bool = False) -> None:
    """What they chose was written."""
    waiting = Letter.objects.filter(user=user.pk).exclude(off_url="")
    if user.mail_told == Told.DAILY:
        if has_moved or user.digest_at is None:
            set_digest(user, next_morning(user))
        return
    set_digest(user, None)
    if user.mail_told == Told.NEVER:
        waiting.filter(tries=0).delete()
    else:
        waiting.filter(digest=HELD).update(due_at=timezone.now())


def set_digest(user: User, at: datetime | None) -> None:
    user.digest_at = at
    user.save(update_fields=["digest_at"])


def turn_off(user: User) -> None:
    user.mail_told = Told.NEVER
    user.save(update_fields=["mail_told"])
    follow(user)


def off_path(user: User) -> str:
    return reverse("mail_off", args=[SIGNER.sign(str(user.pk))])


def whose(token: str) -> User | None:
    try:
        return User.objects.filter(pk=SIGNER.unsign(token), is_active=True).first()
    except (BadSignature, ValueError):
        return None
