"""Mail that waits to be sent. The rows are the queue: a broker or a mail server that is away
delays a letter and loses none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.tasks import bell
from portal.celery import app

LEASE = timedelta(minutes=5)  # then whoever took it is taken for dead
MOST_TRIES = 10  # the last comes after some twelve hours
LONGEST_PAUSE = timedelta(hours=6)


class LetterQuerySet(models.QuerySet["Letter"]):
    def post(self, letters: Iterable[Letter]) -> None:
        """They go out soon after whatever they tell of is written, and not at all if it is not."""
        self.bulk_create(letters, batch_size=500)
        transaction.on_commit(ring)

    def due(self) -> Self:
        return self.filter(due_at__lte=timezone.now(), tries__lt=MOST_TRIES)

    def given_up(self) -> Self:
        return self.filter(tries__gte=MOST_TRIES)


class Letter(models.Model):
    """Deleted once it is sent. Letters of one `digest` to one address that are due are one mail."""

    address = models.EmailField(_("e-mail address"), db_index=True)
    # Whose the address was when it was written; strangers are invited, too
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
    )
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    digest = models.CharField(max_length=40, blank=True)
    # What it tells of, where that may be taken back before the letter went out
    about = models.CharField(
        max_length=60, blank=True, default="", db_default="", db_index=True, editable=False
    )
    # Where its reader turns such mail off; "": it cannot be. And the line that says so
    off_url = models.CharField(max_length=300, blank=True, default="", db_default="")
    footer = models.TextField(blank=True, default="", db_default="")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("letter"), _("letters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.subject

    def claim(self) -> bool:
        """False where somebody else took it meanwhile: one conditional UPDATE."""
        mine = Letter.objects.filter(pk=self.pk, due_at=self.due_at)
        taken = mine.update(due_at=timezone.now() + LEASE, tries=F("tries") + 1)
        self.tries += taken
        return taken == 1

    def with_its_digest(self) -> list[Letter]:
        """What goes into the same mail, in the order of writing. What is not due yet can still be
        taken back."""
        if not self.digest:
            return [self]
        others = Letter.objects.due().filter(address=self.address, digest=self.digest)
        claimed = [one for one in others if one.claim()]
        return sorted([self, *claimed], key=lambda one: one.pk)

    def put_back(self) -> None:
        """Later each time: a mail server that is away is away for more than a moment."""
        pause = min(timedelta(minutes=2**self.tries), LONGEST_PAUSE)
        Letter.objects.filter(pk=self.pk).update(due_at=timezone.now() + pause)


def ring() -> None:
    """Never raises. A bell that nobody hears is rung again by the sweeper."""
    bell.attempt(partial(app.send_task, "portal.deliver", queue="bulk", retry=False))
