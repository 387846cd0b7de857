"""What an instructor decides about a verdict, and why."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from labs.models import Ruling, Submission
from lessons.people import User
from portal.reasons import reason_field
from portal.reviews.forms import SeenField

VERDICTS = [("passed", _("Passed")), ("failed", _("Not yet"))]
THE_LEARNER_READS_IT = _("The learner reads it at their verdict.")
PASSED_OR_NOT = _("100 % is passed: choose so, or give less.")


class SeenForm(forms.Form):
    """`seen` is the grade that stood on the page."""

    seen = SeenField()
    reason = reason_field(read_by=THE_LEARNER_READS_IT)

    def __init__(self, data: QueryDict | None = None, *, submission: Submission) -> None:
        super().__init__(data, initial={"seen": submission.grade_id})
        self.submission = submission

    def about(self, submission: Submission) -> Self:
        """The same words, and the grade that stands there now."""
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent[self.add_prefix("seen")] = str(submission.grade_id or "")
        return type(self)(sent, submission=submission)


class OverrideForm(SeenForm):
    verdict = forms.ChoiceField(label=_("Your verdict"), choices=VERDICTS)
    percent = forms.IntegerField(
        label=_("Percent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Empty: 100 for passed, what it has now for not yet."),
    )
    field_order = ("seen", "verdict", "percent", "reason")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == "failed" and cleaned.get("percent") == 100:
            self.add_error("percent", str(PASSED_OR_NOT))
        return cleaned

    @property
    def ruling(self) -> Ruling:
        passed, percent = self.cleaned_data["verdict"] == "passed", self.cleaned_data["percent"]
        if percent is None:
            percent = 100 if passed else self.percent_now
        return Ruling(passed, percent, self.cleaned_data["reason"])

    @property
    def percent_now(self) -> int:
        """What it has, short of what would be passed."""
        grade = self.submission.grade
        return min(grade.percent, 99) if grade else 0

    def save(self, author: User) -> bool:
        """False where another grade stands by now."""
        seen = self.cleaned_data["seen"]
        return self.submission.override(self.ruling, author=author, seen=seen) is not None


class WithdrawForm(SeenForm):
    prefix = "withdraw"  # both forms are on one page

    def save(self, author: User) -> bool:
        sent = {"reason": self.cleaned_data["reason"], "seen": self.cleaned_data["seen"]}
        return self.submission.withdraw_override(author=author, **sent) is not None
