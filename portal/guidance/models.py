"""What is said to everybody who makes one mistake."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.grading.behaviour import LONGEST
from labs.mistakes import Key
from labs.models import Effort, Lab, Mistake, Submission
from lessons.compiled import Compiled
from lessons.people import User
from portal.cohorts.models import Cohort, Role
from portal.prose import html_of

NOTES_SHOWN = 5


class NoteQuerySet(models.QuerySet["Note"]):
    def live(self) -> Self:
        return self.filter(withdrawn_at=None, cohort__archived_at=None)

    def about(self, key: Key) -> Self:
        return self.filter(**key._asdict())

    def said_to(self, user: int) -> Self:
        """In the cohorts where `user` learns."""
        learns = {"cohort__memberships__user": user, "cohort__memberships__role": Role.LEARNER}
        return self.live().filter(**learns)

    def on(self, submission: Submission) -> list[Note]:
        """For whom the answer is. One query."""
        return ON.rows(user=submission.user_id, submission=submission.pk)

    def for_the_day(self, user: User) -> list[Note]:
        """Where the latest answer to a lab not passed makes the mistake; each has `.attempt`, the
        key of that answer. One query."""
        return TODAY.rows(user=user.pk)

    def say(
        self, cohort: Cohort, key: Key, lab: Lab | None, *, author: User, text: str
    ) -> tuple[Note, bool]:
        """And whether it is new: a form that was sent twice says it once, where the cohort's row is
        locked."""
        about = {"cohort": cohort, "lab": lab, "text": text, **key._asdict()}
        if twin := self.filter(**about, withdrawn_at=None).first():
            return twin, False
        return self.create(**about, author_id=author.pk, html=html_of(text)), True


def mistakes_of_note(**narrowed: Any) -> QuerySet[Mistake]:
    """Those that a note is about, seen from the note: in its lab, or in all of its cohort's."""
    return Mistake.objects.filter(
        code=OuterRef("code"),
        behaviour=OuterRef("behaviour"),
        lab=Coalesce(OuterRef("lab"), F("lab")),
        lab__course__cohorts_learning=OuterRef("cohort"),
        **narrowed,
    )


class Note(models.Model):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="notes"
    )
    code = models.CharField(max_length=80)
    behaviour = models.CharField(max_length=LONGEST, blank=True, default="", db_default="")
    # Without one: whichever lab the mistake is made in.
    lab = models.ForeignKey(
        "labs.Lab", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("text"))
    html = models.TextField()  # of the text, and safe
    said_at = models.DateTimeField(_("said"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("note to a group"), _("notes to groups")
        ordering = ["-said_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def key(self) -> Key:
        return Key(self.code, self.behaviour)

    def withdraw(self) -> bool:
        """From all pages at once. False where it was before."""
        rows = Note.objects.filter(pk=self.pk, withdrawn_at=None)
        return bool(rows.update(withdrawn_at=timezone.now()))


def on_an_answer(user: int, submission: int) -> QuerySet[Note]:
    made = Exists(mistakes_of_note(submission=submission))
    return Note.objects.said_to(user).filter(made).select_related("author").distinct()[:NOTES_SHOWN]


def on_the_day(user: int) -> QuerySet[Note]:
    latest = Effort.objects.open().filter(user=user).values("latest")
    made = mistakes_of_note(user=user, submission__in=latest).order_by("-made_at")
    attempt = Subquery(made.values("submission")[:1])
    rows = Note.objects.said_to(user).annotate(attempt=attempt)
    return rows.filter(~Q(attempt=None)).select_related("author", "lab").distinct()[:NOTES_SHOWN]


ON = Compiled(on_an_answer, user=-1, submission=-2)
TODAY = Compiled(on_the_day, user=-1)
