"""What is said to a whole cohort, on "your day" and by mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.compiled import Compiled
from lessons.people import User
from lessons.statements import SOME_TIME
from portal.cohorts.models import Cohort
from portal.letters.models import Letter
from portal.prose import SENT_TWICE, html_of

ON_THE_DAY = timedelta(days=30)
NEWS_SHOWN = 3


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def said_to(self, user: int) -> Self:
        """To whoever is in the cohort now, in whatever role, also what was said before."""
        mine = {"cohort__memberships__user": user, "cohort__archived_at": None}
        return self.filter(withdrawn_at=None, **mine).select_related("cohort", "author")

    def just_said(self, cohort: Cohort, author: User, text: str) -> Announcement | None:
        """The very same words: the form was sent twice."""
        since = timezone.now() - SENT_TWICE
        mine = {"cohort": cohort, "author": author.pk, "text": text}
        return self.filter(**mine, said_at__gt=since, withdrawn_at=None).first()

    def news_for(self, user: User) -> list[Announcement]:
        """What "your day" shows. One query."""
        return NEWS.rows(user=user.pk, since=timezone.now() - ON_THE_DAY)


class Announcement(models.Model):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="announcements")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="announcements"
    )
    text = models.TextField(_("text"))
    html = models.TextField()  # of the text, and safe
    said_at = models.DateTimeField(_("said"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("announcement"), _("announcements")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:60]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.html:
            self.html = html_of(self.text)
        super().save(*args, **kwargs)

    @property
    def letter_key(self) -> str:
        return f"announcement {self.pk}"

    @property
    def letters(self) -> QuerySet[Letter]:
        """Those that did not go out yet."""
        return Letter.objects.filter(about=self.letter_key)

    def withdraw(self) -> bool:
        """From the pages at once, and from the letters that did not go out yet. False where it was
        before."""
        if self.withdrawn_at:
            return False
        with transaction.atomic():
            self.withdrawn_at = timezone.now()
            self.save(update_fields=["withdrawn_at"])
            self.letters.delete()
        return True


NEWS = Compiled(
    lambda user, since: Announcement.objects.said_to(user).filter(said_at__gt=since)[:NEWS_SHOWN],
    user=-1,
    since=SOME_TIME,
)
