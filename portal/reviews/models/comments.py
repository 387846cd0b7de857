"""What somebody says about an answer, as a whole or about a line of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.models import Submission
from lessons.people import User
from portal.cohorts.models import Role
from portal.prose import SENT_TWICE, html_of
from portal.reviews.models.questions import Question

DAY = timedelta(days=1)


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> Self:
        """As they are read: the oldest first, with who wrote them."""
        return self.select_related("author").order_by("created_at", "pk")

    def of_today(self, author: User) -> Self:
        return self.filter(author=author.pk, created_at__gt=timezone.now() - DAY)

    def just_said(
        self, *, author: User, role: str, text: str, line: int | None = None
    ) -> Comment | None:
        """The last word of a talk, where it is the very same: the form was sent twice."""
        last = self.last()
        if last is None or last.created_at < timezone.now() - SENT_TWICE:
            return None
        said = last.author_id, last.role, last.text, last.line
        return last if said == (author.pk, role, text, line) else None

    def write(
        self,
        submission: Submission | None,
        *,
        author: User,
        role: str,
        text: str,
        line: int | None = None,
        question: Question | None = None,
    ) -> Comment:
        """What is said to a question about an answer stands at both."""
        return self.create(
            submission=submission,
            question=question,
            author_id=author.pk,
            role=role,
            line=line,
            text=text,
            html=html_of(text),
        )


class Comment(models.Model):
    submission = models.ForeignKey(
        "labs.Submission",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    question = models.ForeignKey(
        "reviews.Question",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
    )
    # As what they wrote it: roles change.
    role = models.CharField(max_length=12, choices=Role.choices)
    line = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    html = models.TextField()  # of the text, and safe
    created_at = models.DateTimeField(default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("comment"), _("comments")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.role} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_of_learner(self) -> bool:
        return self.role == Role.LEARNER
