"""What others said or did to a learner that waits on "your day". On most days that is nothing, and
one query says so."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Exists
from django.utils import timezone

from lessons.compiled import Compiled
from lessons.people import User
from lessons.statements import SOME_TIME
from portal.announcements.models import NEWS, Announcement
from portal.announcements.models import ON_THE_DAY as NEWS_SHOWN_FOR
from portal.guidance.models import TODAY, Note
from portal.regrades.models import RegradedAnswer
from portal.regrades.models.answers import LATELY
from portal.regrades.models.answers import ON_THE_DAY as REGRADES_SHOWN_FOR
from portal.reviews.models import Question
from portal.reviews.models.questions import MESSAGES


class Waiting(NamedTuple):
    news: list[Announcement]
    again: list[RegradedAnswer]  # judged again, with another verdict
    written: list[Question]  # messages of an instructor
    notes: list[Note]  # to all who made a mistake that the learner made


NOTHING = Waiting([], [], [], [])
ANY = Compiled(
    lambda user, said, judged: (
        get_user_model()
        .objects.filter(pk=user)
        .values_list(
            Exists(NEWS.make(user=user, since=said)),
            Exists(LATELY.make(user=user, since=judged)),
            Exists(MESSAGES.make(user=user)),
            Exists(TODAY.make(user=user)),
        )
    ),
    user=-1,
    said=SOME_TIME,
    judged=SOME_TIME + timedelta(days=1),
)


def waiting_for(user: User) -> Waiting:
    """One query, and one more for each kind of which there is something; none for those who are in
    no cohort's course. Messages and notes are for those whom somebody teaches."""
    enrolments, now = user.enrolments(), timezone.now()
    if not enrolments:
        return NOTHING
    learns = any(one.crowd for one in enrolments)
    times = {"said": now - NEWS_SHOWN_FOR, "judged": now - REGRADES_SHOWN_FOR}
    [(news, again, written, notes)] = ANY.rows(user=user.pk, **times)
    return Waiting(
        Announcement.objects.news_for(user) if news else [],
        RegradedAnswer.objects.told_to(user) if again else [],
        Question.objects.waiting_for(user) if written and learns else [],
        Note.objects.for_the_day(user) if notes and learns else [],
    )
