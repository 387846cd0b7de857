"""Whose verdict is another one now gets a letter: one for all their answers, after a while in which
a mistake can be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.cohorts.models import Cohort, Role
from portal.digest.choosing import off_path
from portal.digest.holding import as_wanted
from portal.letters.models import Letter
from portal.letters.writing import letter
from portal.regrades.models import Regrade

WAITS = timedelta(minutes=15)


def tell_applied(regrade: Regrade, user: Any, answers: list[int]) -> None:
    """`answers`: the keys of those whose verdict is another one now."""
    write("regraded", regrade, user, answers)


def tell_undone(regrade: Regrade, user: Any, answers: list[int]) -> None:
    """Of what somebody was not told yet, nothing needs to be taken back."""
    waiting = Letter.objects.filter(about=regrade.letter_key, user=user.pk, tries=0)
    if not waiting.delete()[0]:
        write("regrade_undone", regrade, user, answers)


def write(name: str, regrade: Regrade, user: Any, answers: list[int]) -> None:
    if not user.is_active:
        return
    one = letter(
        name,
        user.email,
        language=user.language,
        otherwise=user.language or language_among(user, regrade.lab.course_id),
        context={
            "lab": regrade.lab,
            "number": len(answers),
            "url": f"{regrade.site}{place_of(answers)}",
            "current_site": {"domain": regrade.site.partition("://")[2]},
        },
        user=user.pk,
        digest=regrade.letter_key,
        due_at=timezone.now() + WAITS,
        off_url=f"{regrade.site}{off_path(user)}",
    )
    one.about = regrade.letter_key
    Letter.objects.post(list(as_wanted([one], user)))


def language_among(user: Any, course: int) -> str:
    """Of those with whom somebody learns."""
    learning = {"memberships__user": user.pk, "memberships__role": Role.LEARNER}
    found = Cohort.objects.live().filter(courses=course, **learning).first()
    return found.language if found else ""


def place_of(answers: list[int]) -> str:
    if len(answers) == 1:
        return reverse("labs:attempt_detail", args=answers)
    return f"{reverse('day')}#checked-again"
