"""What is written about an answer, and how much of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from labs.models import Submission
from lessons.compiled import LARGEST
from lessons.limits import within_limit
from lessons.people import User
from portal.cohorts.models import Role
from portal.prose import LONGEST
from portal.reviews.models import Comment, Question, Stage


class Allowance(NamedTuple):
    """What one person may write."""

    a_minute: int
    a_day: int


OF_LEARNERS, OF_TEACHERS = Allowance(6, 60), Allowance(30, 1_000)
TOO_FAST = _("A little slower, please. Nothing is lost: send it again in a minute.")
ENOUGH = _(
    "That is as much as one person may write in a day. Nothing is lost if you keep this page."
)


MOST_OPEN = 10  # questions of one person
TOO_MANY_OPEN = _(
    "Ten of your questions are open. Close one that you need no more, or wait a little."
)


class SeenField(forms.IntegerField):
    """The number of the row that stood on the page, or nothing: none did."""

    def __init__(self) -> None:
        hidden = forms.HiddenInput()
        super().__init__(required=False, min_value=1, max_value=LARGEST, widget=hidden)


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


class AskForm(TextForm):
    """Whoever has many questions open waits for one of them, or closes it."""

    def problem(self) -> str:
        mine = Question.objects.filter(user=self.author.pk).heard().open()
        return super().problem() or (str(TOO_MANY_OPEN) if mine.count() >= MOST_OPEN else "")


class AssignForm(forms.Form):
    """`seen`: who had it when the page was shown."""

    seen = SeenField()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        question: Question,
        teachers: QuerySet[Any],
        user: User,
    ) -> None:
        initial = {"seen": question.assignee_id, "assignee": question.assignee_id}
        super().__init__(data, initial=initial)
        self.question, self.teachers, self.user = question, teachers, user
        self.fields["assignee"] = forms.ModelChoiceField(
            teachers, label=_("Given to"), required=False, empty_label=_("nobody")
        )

    def save(self) -> bool:
        seen = self.cleaned_data["seen"]
        return self.question.assign(self.cleaned_data["assignee"], seen=seen)

    def may_take(self) -> bool:
        """An administrator who does not teach there may give it to somebody."""
        has_it = self.question.assignee_id == self.user.pk
        return not has_it and self.teachers.filter(pk=self.user.pk).exists()

    @property
    def name(self) -> str:
        return str(self.cleaned_data["assignee"] or _("nobody"))


class StageForm(forms.Form):
    stage = forms.ChoiceField(choices=[(Stage.OPEN, ""), (Stage.CLOSED, "")])
