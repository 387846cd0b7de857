"""What the log of each cohort says of it."""

from __future__ import annotations

from lessons.people import User
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.models import Cohort, Role
from portal.regrades.models import Regrade
from portal.regrades.scope import cohorts_of


def note_begun(regrade: Regrade, user: User) -> None:
    """Of an administrator's dry run it is not known yet whom it is about."""
    found = () if user.is_superuser else cohorts_of(user, regrade.lab.course_id)
    for cohort in [*found] or [None]:
        note(regrade, cohort, "dry run")


def note_applied(regrade: Regrade) -> None:
    note_in_all(regrade, "applied, nobody loses" if not regrade.lowers else "applied, also losses")


def note_undone(regrade: Regrade) -> None:
    note_in_all(regrade, "undone")


def note_in_all(regrade: Regrade, how: str) -> None:
    """Those that learn the course and have somebody in it."""
    people = regrade.answers.values("user")
    learning = {"memberships__user__in": people, "memberships__role": Role.LEARNER}
    found = Cohort.objects.filter(courses=regrade.lab.course_id, **learning).distinct()
    for cohort in [*found] or [None]:
        note(regrade, cohort, how)


def note(regrade: Regrade, cohort: Cohort | None, how: str) -> None:
    where = f"{cohort.slug}: " if cohort else ""
    record(What.REGRADED, cohort=cohort, about=f"{where}{regrade.lab.slug}: {how} ({regrade.pk})")
