"""What a learner asks those who teach them: about a lesson or a lab, or for a second look at a
verdict; and what those who teach write to one learner."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.models import Lab, Submission
from lessons.compiled import Compiled
from lessons.models import Lesson
from lessons.people import User
from portal.cohorts.models import Cohort, Membership, Role

MESSAGES_SHOWN = 5  # on a day


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    SECOND_LOOK = "second-look", _("Second look")
    MESSAGE = "message", _("Message")  # of those who teach, to one learner


class Stage(models.TextChoices):
    OPEN = "open", _("Open")  # somebody who teaches is next
    ANSWERED = "answered", _("Answered")  # the learner is, if anybody
    CLOSED = "closed", _("Closed")


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_cohort(self, cohort: Cohort) -> Self:
        """Of those who learn there now."""
        return self.filter(cohort=cohort, user__in=cohort.learners)

    def heard(self) -> Self:
        """Whose asker still learns with those who answer: nobody else finds the others."""
        asker = Membership.objects.filter(cohort=OuterRef("cohort"), user=OuterRef("user"))
        return self.filter(Exists(asker.filter(role=Role.LEARNER)))

    def open(self) -> Self:
        return self.filter(stage=Stage.OPEN)

    def going_on(self) -> Self:
        return self.exclude(stage=Stage.CLOSED)

    def mine(self, user: User) -> Self:
        """Given to `user` to answer."""
        return self.filter(assignee=user.pk).going_on()

    def about(self, submission: Submission) -> Self:
        return self.filter(submission=submission.pk)

    def answer_second_looks(self) -> None:
        """Those that are open: somebody looked, and decided."""
        looks = self.open().filter(kind=Kind.SECOND_LOOK)
        looks.update(stage=Stage.ANSWERED, moved_at=timezone.now())

    def twins(
        self,
        user: User,
        thing: Lesson | Lab,
        text: str,
        *,
        kind: str = Kind.QUESTION,
        submission: Submission | None = None,
    ) -> Self:
        """Open ones that say the very same: a form that was sent twice."""
        about = {"lesson": thing.pk} if isinstance(thing, Lesson) else {"lab": thing.pk}
        mine = self.filter(user=user.pk, kind=kind, submission=submission, **about)
        return mine.heard().open().filter(comments__text=text)

    def twins_to(self, cohort: Cohort, learner: User, author: User, text: str) -> Self:
        """Messages of `author` that say the very same."""
        said = {"comments__text": text, "comments__author": author.pk}
        return self.filter(cohort=cohort, user=learner.pk, kind=Kind.MESSAGE, **said)

    def waiting_for(self, user: User) -> list[Question]:
        """Messages that nobody answered or closed yet. One query."""
        return MESSAGES.rows(user=user.pk)

    def shown(self) -> Self:
        """With what it is about, and none of the texts of that."""
        about = ("lesson__course", "lab", "submission__lab", "cohort")
        texts = ("lesson__html", "lesson__contents", "submission__text")
        return self.select_related("user", "assignee", *about).defer(*texts)


class Question(models.Model):
    """Its words, and what is said to it, are comments. Every verb is one conditional UPDATE: two
    who act at once cannot undo each other unseen."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.CASCADE, related_name="questions", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="questions"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.QUESTION)
    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lab = models.ForeignKey(
        "labs.Lab", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Of a question about a lab: the latest attempt, when it was asked.
    submission = models.ForeignKey(
        "labs.Submission", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions_to_answer",
    )
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)  # to the stage that it is in

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("question"), _("questions")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["cohort", "stage", "moved_at"], name="questions_in_line"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.stage})"

    def get_absolute_url(self) -> str:
        """The asker's page."""
        return reverse("question_detail", args=[self.pk])

    @property
    def thing(self) -> Any:
        """What it is about."""
        return self.lesson or self.lab

    @property
    def about(self) -> str:
        return str(self.thing or self.cohort)

    @property
    def is_message(self) -> bool:
        return self.kind == Kind.MESSAGE

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN

    @property
    def is_closed(self) -> bool:
        return self.stage == Stage.CLOSED

    def is_heard(self) -> bool:
        return Question.objects.heard().filter(pk=self.pk).exists()

    def hear(self, role: str) -> None:
        """Somebody said something to it: whoever taught answered it, and the asker opens it
        again."""
        self.move(Stage.OPEN if role == Role.LEARNER else Stage.ANSWERED)

    def close(self) -> bool:
        return self.move(Stage.CLOSED)

    def move(self, stage: Stage) -> bool:
        """False where it is there already."""
        rows = Question.objects.filter(~Q(stage=stage), pk=self.pk)
        self.stage = stage
        return bool(rows.update(stage=stage, moved_at=timezone.now()))

    def assign(self, assignee: User | None, *, seen: int | None) -> bool:
        """False, and nothing changed, where somebody else has it by now than whom `seen` names."""
        rows = Question.objects.filter(pk=self.pk, assignee=seen)
        return bool(rows.update(assignee=assignee.pk if assignee else None))


MESSAGES = Compiled(
    lambda user: Question.objects.filter(
        user=user, kind=Kind.MESSAGE, stage=Stage.ANSWERED
    ).shown()[:MESSAGES_SHOWN],
    user=-1,
)
