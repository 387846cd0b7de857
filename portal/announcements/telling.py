"""An announcement by mail: a letter to each learner who wants such mail. Each can be taken
back for an hour, and what is due together is one mail."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from portal.announcements.models import Announcement
from portal.letters.models import Letter
from portal.letters.writing import is_mail_sent, letter

NEWS = "news"  # the digest
WAITS = timedelta(hours=1)


def tell_by_mail(announcement: Announcement, request: HttpRequest) -> int:
    """How many get it."""
    readers = wanting_mail(announcement.cohort) if is_mail_sent() else []
    letters = letters_to(readers, announcement, request)
    Letter.objects.post(letters)
    return len(letters)


def wanting_mail(cohort: Any) -> QuerySet[Any]:
    readers: QuerySet[Any] = cohort.learners.filter(is_active=True, mail_news=True)
    return readers.order_by("language", "pk").values_list("language", "email", "pk")


def letters_to(readers: Any, announcement: Announcement, request: HttpRequest) -> list[Letter]:
    """It is the same for all who read one language."""
    context = {
        "announcement": announcement,
        "cohort": announcement.cohort,
        "day": request.build_absolute_uri(reverse("day")),
        "profile": request.build_absolute_uri(reverse("profile")),
        "current_site": {"domain": request.get_host()},
    }
    found: list[Letter] = []
    for language, group in groupby(readers, key=lambda reader: reader[0]):
        cohorts = announcement.cohort.language
        one = letter("announcement", "", language=language, otherwise=cohorts, context=context)
        found += (copy_to(address, one, announcement, user=pk) for _own, address, pk in group)
    return found


def copy_to(address: str, one: Letter, announcement: Announcement, *, user: int) -> Letter:
    return Letter(
        address=address,
        user_id=user,
        subject=one.subject,
        text=one.text,
        digest=NEWS,
        about=announcement.letter_key,
        due_at=timezone.now() + WAITS,
    )
