"""Letters that wait are taken back from whoever leaves the cohort, and with the announcement that
they are about, whichever way either goes: by a form, in /admin/, or with the cohort."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete

from portal.announcements.models import Announcement
from portal.cohorts.models import Membership
from portal.letters.models import Letter


def watch() -> None:
    post_delete.connect(left, Membership)
    post_delete.connect(deleted, Announcement)


def left(sender: Any, instance: Membership, **_signal: Any) -> None:
    said = Announcement.objects.filter(cohort=instance.cohort_id).only("pk")
    keys = [one.letter_key for one in said]
    Letter.objects.filter(address=instance.user.email, about__in=keys).delete()


def deleted(sender: Any, instance: Announcement, **_signal: Any) -> None:
    instance.letters.delete()
