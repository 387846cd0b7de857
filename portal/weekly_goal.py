"""How much somebody wants to do in a week, and how much of it they did: from what the day asks for
anyway. A week begins on Monday, in the learner's time zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from labs.models import Lab
from labs.own_answers import OwnAnswers
from labs.quiz.days import zone_of
from lessons.models import Lesson
from lessons.people import SignedInRequest
from lessons.progress import CourseProgress, percent
from portal.accounts.models import User
from portal.learning_days import LearningDays, Run

DAYS = 7
MOST = 2_000  # minutes of a week


class Week(NamedTuple):
    done: int
    goal: int | None
    counts: str
    run: Run = Run()

    @property
    def label(self) -> str:
        labels = {"minutes": _("Minutes"), "reviews": _("Review days")}
        return labels.get(self.counts, _("Lessons"))

    @property
    def percent(self) -> int:
        return min(100, percent(self.done, self.goal or 0))

    @property
    def is_reached(self) -> bool:
        return self.goal is not None and self.done >= self.goal

    @property
    def form(self) -> GoalForm:
        return GoalForm(initial={"weekly_goal": self.goal, "goal_counts": self.counts})


class GoalForm(forms.ModelForm):
    weekly_goal = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=1, max_value=MOST, required=False
    )

    class Meta:
        model = User
        fields = ("weekly_goal", "goal_counts")
        labels = {"goal_counts": gettext_lazy("Of what")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("goal_counts") == "reviews" and (cleaned.get("weekly_goal") or 0) > DAYS:
            self.add_error("weekly_goal", _("A week has seven days."))
        return cleaned


@require_POST
def weekly_goal(request: SignedInRequest) -> HttpResponse:
    form = GoalForm(request.POST, instance=cast(User, request.user))
    if not form.is_valid():
        return render(request, "portal/weekly_goal.html", {"form": form})
    form.instance.save(update_fields=form.cleaned_data)  # the rest may be newer by now
    messages.success(request, _("Saved."))
    return redirect("day")


def week_of(
    user: Any,
    readings: Iterable[CourseProgress],
    answers: OwnAnswers,
    labs: Mapping[int, Lab],
    days: LearningDays,
) -> Week:
    since = monday(timezone.localtime(timezone=zone_of(user)))
    lessons = completed_since(since, readings)
    done = len(lessons)
    if user.goal_counts == "reviews":
        done = days.reviewed_since(since.date())
    elif user.goal_counts == "minutes":
        passed = [labs[key] for key in first_passed(answers, since) if key in labs]
        done = sum(one.minutes for one in lessons) + sum(lab.minutes for lab in passed)
    return Week(done, user.weekly_goal, user.goal_counts, days.run)


def completed_since(since: datetime, readings: Iterable[CourseProgress]) -> list[Lesson]:
    return [
        reading.edition.lesson(key)
        for reading in readings
        for key, at in reading.completed.items()
        if at >= since and reading.edition
    ]


def monday(now: datetime) -> datetime:
    """When its week began, also where the clock was changed since."""
    day = now.date() - timedelta(days=now.weekday())
    return timezone.make_aware(datetime(day.year, day.month, day.day), now.tzinfo)


def first_passed(answers: OwnAnswers, since: datetime) -> set[int]:
    """The labs that were passed since then and not before."""
    before = {lab for lab, group in answers.older if group.passed}
    now: set[int] = set()
    for one in answers.latest:
        if one.passed and one.finished_at:
            (now if one.finished_at >= since else before).add(one.lab)
    return now - before
