"""Attempts to get in, counted in the database: a cache that is away must not open the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts within so long, by whatever is counted together."""

    most: int
    within: timedelta


FIVE_MINUTES = timedelta(minutes=5)
# A whole class comes from one address, so networks get room. One account gets little from one
# place, and more from all of them together: somebody elsewhere must not lock its owner out.
SIGN_IN_HERE = Limit(5, FIVE_MINUTES)
SIGN_IN_ANYWHERE = Limit(100, KEPT)
CODES_OF_ONE_PERSON = Limit(10, timedelta(minutes=1))
CODES_FROM_ONE_PLACE = Limit(60, FIVE_MINUTES)
# Whoever gets as far as a second factor knows the password: an owner who is kept out for an hour
# loses less than one whose six digits are found. Three of a million codes are right at a time.
FACTOR_HERE = Limit(5, FIVE_MINUTES)
FACTOR_ANYWHERE = Limit(20, KEPT)
KEYS_FROM_ONE_PLACE = Limit(60, FIVE_MINUTES)
ONCE = Limit(1, FIVE_MINUTES)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def within(self, limit: Limit) -> Self:
        return self.filter(made_at__gt=timezone.now() - limit.within)

    def take(self, what: str, *limits: tuple[str, Limit]) -> list[Attempt] | None:
        """One attempt for each `(who or where, limit)`; None where one of them has had enough. The
        row comes first, so that a hundred at once are a hundred."""
        made = [Attempt(what=what, subject=digest(subject)) for subject, _limit in limits]
        self.bulk_create(made)
        for attempt, (_subject, limit) in zip(made, limits, strict=True):
            if self.filter(what=what, subject=attempt.subject).within(limit).count() > limit.most:
                return None
        return made

    def give_back(self, made: list[Attempt]) -> None:
        """It was right after all."""
        self.filter(pk__in=[attempt.pk for attempt in made]).delete()

    def forget_old(self) -> None:
        self.filter(made_at__lt=timezone.now() - KEPT).delete()


class Attempt(models.Model):
    """Nobody can be read from it: `subject` is a keyed hash."""

    what = models.CharField(max_length=10)
    subject = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        app_label = "accounts"
        verbose_name, verbose_name_plural = _("attempt"), _("attempts")
        indexes = [models.Index(fields=["what", "subject", "made_at"], name="attempts_of_somebody")]

    def __str__(self) -> str:
        return f"{self.what} {self.made_at:%H:%M:%S}"


def digest(subject: str) -> str:
    return salted_hmac("portal.attempts", subject, algorithm="sha256").hexdigest()
