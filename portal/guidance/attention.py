"""Who needs help, and why: five queries for three learners or for a thousand.

Where a learner stands is not looked up answer by answer (`labs/models/efforts.py`), and what is due
is counted by the database. So nobody's lessons and labs are loaded, as for the grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from labs.models import Lab
from lessons.models import Place
from portal.cohorts.dates import dates_of
from portal.cohorts.lateness import dated
from portal.cohorts.models import Cohort, Role
from portal.cohorts.standing import columns_of
from portal.guidance.done import Done, Due, Stuck, done_by, latest, spared_by, stuck_in
from portal.guidance.dropped import dropped_in

STUCK, BEHIND, AWAY, DROPPED = "stuck", "behind", "away", "dropped"
MOST = 4.0  # how much one reason can weigh: whoever left months ago does not hide all others


@dataclass(frozen=True, slots=True)
class Reason:
    """`weight` is 1 where the cohort's line is just reached, 2 at twice as much."""

    name: str
    words: str
    weight: float


@dataclass(slots=True)
class Learner:
    pk: int
    name: str
    email: str
    seen_at: datetime | None
    joined_at: datetime
    reasons: list[Reason] = field(default_factory=list)
    stuck: list[tuple[Lab, Stuck]] = field(default_factory=list)  # the most tried first

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def urgency(self) -> float:
        """Two reasons weigh more than one; of one, how far beyond the line."""
        return sum(min(one.weight, MOST) for one in self.reasons)

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.reasons]


def attention_in(cohort: Cohort) -> list[Learner]:
    """Whoever needs help, the most urgent first."""
    now = timezone.now()
    lessons, labs = columns_of(cohort)
    dates = dates_of(cohort.pk, cohort.dates_edition)
    due = [one for one in dated([*lessons, *labs], dates) if dates.at[one[1]] < now]
    learners = learners_of(cohort)
    done = done_by(cohort, lessons, labs, [item for item, _key in due])
    add_stuck(learners, stuck_in(cohort, labs), labs, cohort.stuck_after)
    add_behind(learners, done, spared_by(due, dates, now), len(due), cohort.behind_after)
    add_away(learners, done, now, cohort.away_days)
    add_dropped(learners, dropped_in(cohort, now), cohort.dropped_days)
    found = [one for one in learners.values() if one.reasons]
    return sorted(found, key=lambda one: (-one.urgency, str(one).lower()))


def learners_of(cohort: Cohort) -> dict[int, Learner]:
    """With their last look at a page of the cohort's courses."""
    places = Place.objects.filter(user=OuterRef("user"), course__in=cohort.courses.values("pk"))
    rows = cohort.memberships.filter(role=Role.LEARNER).annotate(
        place_at=Subquery(places.order_by("-seen_at").values("seen_at")[:1])
    )
    columns = ("user_id", "user__name", "user__email", "user__last_login", "place_at", "joined_at")
    return {
        pk: Learner(pk, name, email, latest(login, place), joined)
        for pk, name, email, login, place, joined in rows.values_list(*columns)
    }


def add_stuck(
    learners: Mapping[int, Learner], found: Iterable[Stuck], labs: list[Lab], line: int
) -> None:
    by_key = {lab.pk: lab for lab in labs}
    for one in found:
        if one.user in learners:
            learners[one.user].stuck.append((by_key[one.lab], one))
    for learner in learners.values():
        for lab, stuck in learner.stuck[:1]:
            more = len(learner.stuck) - 1
            words = stuck_words(lab, stuck, more)
            learner.reasons.append(Reason(STUCK, words, stuck.failed / line + more / 2))


def stuck_words(lab: Lab, stuck: Stuck, more: int) -> str:
    words = ngettext(
        "failed “%(lab)s” once, since %(day)s",
        "failed “%(lab)s” %(number)d times since %(day)s",
        stuck.failed,
    ) % {"lab": lab, "number": stuck.failed, "day": day_of(stuck.since or stuck.last_at)}
    if not more:
        return words
    also = ngettext("and one more lab", "and %(number)d more labs", more) % {"number": more}
    return f"{words}, {also}"


def add_behind(
    learners: Mapping[int, Learner],
    done: Mapping[int, Done],
    spared: Mapping[int, Due],
    due: int,
    line: int,
) -> None:
    for learner in learners.values():
        mine = spared.get(learner.pk, Due())
        missing = due - mine.number - (done.get(learner.pk, Done()).number - mine.done)
        if due and missing >= line:
            words = ngettext(
                "%(number)d thing is due and not done",
                "%(number)d things are due and not done",
                missing,
            )
            reason = Reason(BEHIND, words % {"number": missing}, missing / line)
            learner.reasons.append(reason)


def add_away(
    learners: Mapping[int, Learner], done: Mapping[int, Done], now: datetime, line: int
) -> None:
    """Whoever was never here is away since they joined."""
    for learner in learners.values():
        learner.seen_at = latest(learner.seen_at, done.get(learner.pk, Done()).last_at)
        days = (now - (learner.seen_at or learner.joined_at)) // timedelta(days=1)
        if days >= line:
            words = (
                ngettext("away for %(number)d day", "away for %(number)d days", days)
                if learner.seen_at
                else ngettext(
                    "joined %(number)d day ago and was never here",
                    "joined %(number)d days ago and was never here",
                    days,
                )
            )
            learner.reasons.append(Reason(AWAY, words % {"number": days}, days / line))


def add_dropped(learners: Mapping[int, Learner], idle: Mapping[int, int], line: int) -> None:
    for pk, days in idle.items():
        if pk in learners:
            words = ngettext(
                "reviewed, and let what is due lie for %(number)d day",
                "reviewed, and let what is due lie for %(number)d days",
                days,
            )
            learners[pk].reasons.append(Reason(DROPPED, words % {"number": days}, days / line))


def day_of(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
