"""What is written about an answer, and how much of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from labs.limits import within_limit
from labs.models import Submission
from lessons.people import User
from portal.cohorts.models import Role
from portal.reviews.models import Comment
from portal.reviews.words import LONGEST


class Allowance(NamedTuple):
    """What one person may write."""

    a_minute: int
    a_day: int


OF_LEARNERS, OF_TEACHERS = Allowance(6, 60), Allowance(30, 1_000)
TOO_FAST = _("A little slower, please. Nothing is lost: send it again in a minute.")
ENOUGH = _(
    "That is as much as one person may write in a day. Nothing is lost if you keep this page."
)


class TextForm(forms.Form):
    """`author` writes as `role`. How much they wrote is counted last, so that a form with a mistake
    costs nothing."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        help_text=_("Markdown: `code`, **bold**, lists. Pictures become links."),
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, *args: Any, author: User, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author, self.role = author, role

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and (problem := self.problem()):
            self.add_error(None, problem)
        return cleaned

    def problem(self) -> str:
        allowance = OF_LEARNERS if self.role == Role.LEARNER else OF_TEACHERS
        if not within_limit(self.author, "write", per_minute=allowance.a_minute):
            return str(TOO_FAST)
        written = Comment.objects.of_today(self.author).count()
        return str(ENOUGH) if written >= allowance.a_day else ""

    @property
    def words(self) -> dict[str, Any]:
        """As `Comment.objects.write` takes them."""
        return {"author": self.author, "role": self.role, **self.cleaned_data}


class CommentForm(TextForm):
    line = forms.IntegerField(
        label=_("About line"), required=False, min_value=1, help_text=_("Empty: the whole answer.")
    )
    field_order = ("line", "text")

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission

    def clean_line(self) -> int | None:
        line: int | None = self.cleaned_data["line"]
        lines = self.submission.text.count("\n") + 1
        if line and line > lines:
            raise forms.ValidationError(_("The answer has %(lines)d lines.") % {"lines": lines})
        return line

    def save(self) -> Comment:
        return Comment.objects.write(self.submission, **self.words)


class ReplyForm(TextForm):
    """Of a learner, to what was said about their answer."""

    def save(self, submission: Submission) -> Comment:
        return Comment.objects.write(submission, **self.words)
