"""The front door and "your day"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from labs.lab_state import LabProgress
from labs.mastery import checked_by
from labs.models import Lab
from labs.own_answers import own_answers, recent_verdicts
from labs.progress import CourseLabProgress, labs_of, open_labs, passed_labs, progress_by_lab
from labs.quiz.reviewing import due_today
from labs.samples import sample
from labs.shelves import shelf_of
from lessons.people import CLICK, SignedInRequest, User
from lessons.progress import CourseProgress, progress_of
from portal.checking_steps import Counting, steps_by
from portal.cohorts.belonging import Person
from portal.cohorts.due_items import open_dues
from portal.cohorts.lateness import Item
from portal.cohorts.models import Cohort
from portal.course_map import map_of
from portal.fresh import fresh_lessons
from portal.learning_days import learning_days
from portal.next_steps import Steps
from portal.reviews.queue import with_questions
from portal.waiting import waiting_for
from portal.weekly_goal import week_of

DUES_SHOWN = 8


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own would look for a CSRF token in the body that could not be read,
    and fail again."""
    return HttpResponse(render_to_string("400.html"), status=400)


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("day")
    return render(request, "portal/home.html", {"sample": sample()})


def day(request: SignedInRequest) -> HttpResponse:
    reading = progress_of(request.user)
    labs = labs_of(progress.course for progress in reading)
    answers = own_answers(request.user, labs)
    states = progress_by_lab(answers)
    countings = countings_of(request.user)
    context = {
        "led": led_cohorts(cast(Person, request.user)),
        "courses": [course_day(one, states, countings[one.course.pk]) for one in reading],
        "week": week_of(request.user, reading, answers, labs, learning_days(request.user)),
        "fresh": fresh_lessons(reading, timezone.now()),
        "waiting": waiting_for(request.user),
        "review": due_today(request.user),
        "dues": open_dues(request.user, open_items(reading, labs, states))[:DUES_SHOWN],
        "verdicts": recent_verdicts(answers, labs),
    }
    return render(request, "portal/day.html", context)


def open_items(
    readings: Iterable[CourseProgress], labs: Mapping[int, Lab], states: Mapping[int, LabProgress]
) -> Iterator[Item]:
    """What is neither completed nor passed; looked at where there are dates alone."""
    for reading in readings:
        yield from reading.open
    yield from open_labs(labs, states)


class CourseDay(NamedTuple):
    reading: CourseProgress
    labs: CourseLabProgress
    steps: Steps
    lines: SafeString  # of the course's map


def course_day(
    reading: CourseProgress, states: Mapping[int, LabProgress], counting: Counting
) -> CourseDay:
    """No query."""
    shelf = shelf_of(reading.course.pk, reading.course.edition)
    steps = steps_by(counting, reading, shelf, states)
    return CourseDay(reading, passed_labs(shelf, states), steps, map_of(reading, shelf))


def countings_of(user: User) -> dict[int, Counting]:
    """By the keys of their courses. One query, none where a press completes the lessons of all."""
    rules = {one.course: one.counts for one in user.enrolments()}
    checked = checked_by(user) if {*rules.values()} - {CLICK} else frozenset()
    return {course: Counting(rule, checked) for course, rule in rules.items()}


def led_cohorts(user: Person) -> Iterable[Cohort]:
    """No query for those who teach nobody."""
    if not user.leads:
        return []
    taught = Cohort.objects.taught_by(user).live().with_sizes().prefetch_related("courses")
    return with_questions(taught)
