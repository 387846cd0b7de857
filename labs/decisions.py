"""What was made of a check's verdict since, in words: by a person, or by checking again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from labs.models import Grade, GradedBy


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of the check's verdict, and why. The reason is a person's, and plain text."""

    words: str
    note: str
    reason: str


def decision_of(grade: Grade) -> Decision | None:
    """No query, but for what was checked again."""
    words_of = WORDS.get(grade.made_by)
    return Decision(words_of(grade), note_of(grade), grade.reason) if words_of else None


def note_of(grade: Grade) -> str:
    if grade.made_by != GradedBy.INSTRUCTOR or not grade.read_report().findings:
        return ""
    return _("What the automatic check found stands below; it does not count here.")


def decided(_grade: Grade) -> str:
    return _("An instructor decided this verdict.")


def withdrawn(_grade: Grade) -> str:
    return _("An instructor’s decision was withdrawn: the automatic check counts again.")


def checked_again(grade: Grade) -> str:
    earlier = Grade.objects.filter(submission=grade.submission_id, pk__lt=grade.pk)
    before = earlier.without_reports().order_by("-pk").first()
    facts = {"day": day_of(grade), "now": grade.percent, "before": before.percent if before else 0}
    return words_for(before, grade) % facts


def words_for(before: Grade | None, now: Grade) -> str:
    if before is None or (before.passed, before.percent) == (now.passed, now.percent):
        return _("Checked again on %(day)s: the verdict stays as it was.")
    if before.passed == now.passed:
        return _("Checked again on %(day)s: %(now)d %% now, %(before)d %% before.")
    if now.passed:
        return _("Checked again on %(day)s: passed now.")
    return _("Checked again on %(day)s: not passed any more.")


def undone(grade: Grade) -> str:
    words = _("Checking again was undone on %(day)s: the verdict from before counts.")
    return words % {"day": day_of(grade)}


def day_of(grade: Grade) -> str:
    return date_format(localtime(grade.created_at), "DATE_FORMAT")


WORDS: dict[str, Callable[[Grade], str]] = {
    GradedBy.INSTRUCTOR: decided,
    GradedBy.WITHDRAWN: withdrawn,
    GradedBy.REGRADE: checked_again,
    GradedBy.UNDONE: undone,
}
