"""What a course asks, what each learner answered, and what they know of it.

An answer is a row that is never changed, but for being taken back. A card is what a learner's
answers to one question came to: it can be made again from them.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from labs.grading.quiz.reading import Question, read_question
from labs.quiz.schedule import RETENTION, USUAL, Own
from lessons.models import Course, Lesson, LiveQuerySet, Section

ENOUGH = 0.8  # of a lesson's questions: it is checked
NEARLY = 1e-9  # 0.1 + 0.7 is a little less than 0.8


class QuizQuestion(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+", db_index=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="questions")
    # That teaches it
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    slug = models.SlugField(max_length=120)  # its identity
    kind = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()  # in its lesson
    # As its author wrote it, texts rendered and cleaned at sync
    table = models.JSONField()
    content_hash = models.CharField(max_length=64)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("question"), _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_question_per_slug")
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("quiz:question", args=[self.lesson.course.slug, self.lesson.slug, self.slug])

    @property
    def question(self) -> Question:
        return read_question(self.table, self.slug)

    @property
    def edition(self) -> str:
        """As a form sends it, so that nobody answers what they did not read."""
        return self.content_hash[:12]


class QuizAnswerQuerySet(models.QuerySet["QuizAnswer"]):
    def counting(self) -> Self:
        return self.filter(withdrawn_at=None)


class QuizAnswer(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="quiz_answers",
        db_index=False,
    )
    question = models.ForeignKey(QuizQuestion, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()  # their first, their second …
    seed = models.BigIntegerField()  # by which it was posed
    content_hash = models.CharField(max_length=64)  # of the question as it was
    given = models.JSONField()
    score = models.FloatField()  # 0 to 1
    codes = models.JSONField(default=list)  # the misconceptions that it shows
    in_review = models.BooleanField(default=False)
    # The card's memory before it, so that it can be taken back
    memory_before = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = QuizAnswerQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("answer to a question"), _("answers to questions")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "question", "number"], name="one_quiz_answer_per_number"
            )
        ]
        indexes = [
            # On which days they answered, and which answers were a review's, without the rows:
            # SQLite looks at what a condition says once more
            models.Index(
                fields=["user", "answered_at", "in_review", "withdrawn_at"],
                condition=models.Q(withdrawn_at=None),
                name="quiz_answers_by_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.number}"

    @property
    def is_right(self) -> bool:
        return self.score == 1

    @property
    def counts(self) -> bool:
        """The first one does, and those of reviews. What somebody tries again right after the
        reason was read is practice."""
        return self.number == 1 or self.in_review


class QuizCard(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="quiz_cards",
        db_index=False,
    )
    question = models.ForeignKey(QuizQuestion, on_delete=models.PROTECT, related_name="cards")
    answers = models.PositiveIntegerField(default=0)
    last_seed = models.BigIntegerField(null=True)
    # The first answer's, or that of a later review: what the lesson counts
    counted = models.FloatField(default=0)
    # From when on it comes back, and what the scheduler keeps of it; None: it does not
    due = models.DateTimeField(null=True, blank=True)
    memory = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("card"), _("cards")
        constraints = [
            models.UniqueConstraint(fields=["user", "question"], name="one_card_per_question")
        ]
        indexes = [
            models.Index(
                F("user"),
                F("due"),
                condition=models.Q(due__isnull=False),
                name="quiz_cards_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.question_id}"

    @property
    def is_right(self) -> bool:
        return self.counted == 1


class LearnerScheduleQuerySet(models.QuerySet["LearnerSchedule"]):
    def of(self, user: int) -> Own:
        """Kept from the first time on: when the package learns better parameters, nobody's cards
        move because of it."""
        return self.get_or_create(user_id=user)[0].own


def usual_parameters() -> list[float]:
    return list(USUAL.parameters)


class LearnerSchedule(models.Model):
    """What one learner's scheduler knows of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiz_schedule"
    )
    parameters = models.JSONField(default=usual_parameters)
    # How many of the cards that come back they shall still know
    retention = models.FloatField(default=RETENTION, db_default=RETENTION)

    objects = LearnerScheduleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("schedule of a learner"), _("schedules of learners")

    def __str__(self) -> str:
        return str(self.user_id)

    @property
    def own(self) -> Own:
        return Own(self.parameters, self.retention)


class LessonCheck(models.Model):
    """Somebody knows what a lesson asks. Reached once, kept for good: a question that is added
    later takes nothing from anybody."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="lesson_checks",
        db_index=False,
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="checks")
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("lesson check"), _("lesson checks")
        constraints = [models.UniqueConstraint(fields=["user", "lesson"], name="one_lesson_check")]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.lesson_id}"


class PracticeAnswer(models.Model):
    """An answer to a task that a generator drew: never changed. What was asked follows from the
    generator, the seed and the level."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="practice_answers",
        db_index=False,
    )
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    generator = models.CharField(max_length=60)
    number = models.PositiveIntegerField()  # their first of it, their second …
    seed = models.BigIntegerField()
    level = models.PositiveSmallIntegerField()
    given = models.JSONField()
    score = models.FloatField()  # 0 to 1
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("practice answer"), _("practice answers")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course", "generator", "number"],
                name="one_practice_answer_per_number",
            )
        ]
        indexes = [models.Index(fields=["user", "answered_at"], name="practice_by_day")]

    def __str__(self) -> str:
        return f"{self.generator}/{self.number}"

    @property
    def is_right(self) -> bool:
        return self.score == 1
