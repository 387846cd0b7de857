"""What instructors choose for a cohort, and for its people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.people import CHECKED, CLICK, MASTERED


class Late(models.TextChoices):
    """What it means that something was done after it was due."""

    SHOWN = "shown", _("It is shown, and counts all the same")
    NOT_COUNTED = "not-counted", _("It is shown, and does not count in this cohort")


class Counts(models.TextChoices):
    """What completes a lesson (`lessons.people.RULES`)."""

    CLICK = CLICK, _("A press on “Mark as completed”")
    CHECKED = CHECKED, _("Its questions: 80 % right, at the first try or when they come back")
    MASTERED = MASTERED, _("Its questions, and all of its labs passed")


class Role(models.TextChoices):
    LEARNER = "learner", _("Learner")
    ASSISTANT = "assistant", _("Assistant")  # sees and comments
    INSTRUCTOR = "instructor", _("Instructor")  # changes things, too
