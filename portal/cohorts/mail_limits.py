"""How much mail the invitations of a cohort may be. Its addresses are those of strangers, and
whoever leads a cohort chooses them: without an end it would be a way to write to anybody."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.people import User
from portal.cohorts.models import Cohort, Invitation

DAY, WEEK = timedelta(days=1), timedelta(days=7)
A_DAY = 500  # letters of one sender
A_WEEK = 3  # letters of one cohort to the same address
OPEN_AT_MOST = 2_000  # of a cohort, by mail


def left_today(sender: User) -> int:
    """How many letters `sender` may still write, in all their cohorts. Until the transaction ends
    nobody else counts: two forms that are sent at once are one day's letters together."""
    people = get_user_model()._default_manager
    list(people.filter(pk=sender.pk).select_for_update(no_key=True).values_list("pk"))
    mine = Invitation.objects.filter(sent_by=sender.pk, sent_at__gt=timezone.now() - DAY)
    return max(0, A_DAY - (mine.aggregate(all=Sum("letters"))["all"] or 0))


def written_enough(cohort: Cohort) -> set[str]:
    """The addresses that had their letters of this week, also by invitations that were closed."""
    lately = cohort.invitations.personal().filter(sent_at__gt=timezone.now() - WEEK)
    sums = lately.values("email").annotate(all=Sum("letters")).filter(all__gte=A_WEEK)
    return set(sums.order_by().values_list("email", flat=True))


def room_for_more(cohort: Cohort) -> int:
    return max(0, OPEN_AT_MOST - cohort.invitations.open().personal().count())


def enough_words() -> str:
    return _("was written to %(most)d times within a week: wait some days") % {"most": A_WEEK}


def day_words(left: int) -> str:
    return _(
        "Write to fewer people, or go on tomorrow: of %(most)d e-mails a day you have %(left)d "
        "left."
    ) % {"most": A_DAY, "left": left}


def room_words(room: int) -> str:
    return _(
        "Shorten the list, or close invitations that nobody uses: a cohort can have %(most)d that "
        "wait, and has room for %(room)d more."
    ) % {"most": OPEN_AT_MOST, "room": room}


def problem_with(number: int, cohort: Cohort, sender: User) -> str:
    """Why `sender` may not write so many letters, in words; nothing where they may."""
    if number > (left := left_today(sender)):
        return day_words(left)
    if number > (room := room_for_more(cohort)):
        return room_words(room)
    return ""
