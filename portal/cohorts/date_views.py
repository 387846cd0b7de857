"""Due dates of a cohort, and extensions of one learner."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from labs.models import Lab
from labs.shelves import module_of, shelf_of
from lessons import editions
from lessons.models import Course, Lesson, Module
from lessons.people import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.date_forms import DatesForm, ExtendForm, end_of
from portal.cohorts.dates import dates_of
from portal.cohorts.due_items import choices_of
from portal.cohorts.finding import led_cohort
from portal.cohorts.log import record_change
from portal.cohorts.models import Cohort, DueDate, Extension
from portal.cohorts.standing import columns_of

Group = tuple[Module | None, list[Lesson | Lab]]


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def due_dates(request: SignedInRequest, slug: str) -> HttpResponse:
    """Of one course at a time: `?course=`, or the first."""
    cohort = led_cohort(request, slug, lock=request.method == "POST")
    courses = list(cohort.courses.order_by("title", "pk"))
    course = next((one for one in courses if one.slug == request.GET.get("course")), courses[0])
    groups = groups_of(course)
    form = form_for(cohort, groups, request.POST or None)
    if form.is_valid():
        save_dates(cohort, form)
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('due_dates', args=[slug])}?course={course.slug}")
    rows = [
        (group, [(item, form.field_of(item)) for item in items])
        for group, items in fields(form, groups)
    ]
    context = {"cohort": cohort, "courses": courses, "course": course, "form": form, "rows": rows}
    return render(request, "portal/cohorts/due_dates.html", context)


def groups_of(course: Course) -> list[Group]:
    """Module by module, lessons before labs; labs of no lesson come last."""
    lessons = editions.load(course.pk, course.edition).lessons
    labs = shelf_of(course.pk, course.edition).labs
    groups: list[Group] = [
        (module, [*members, *(lab for lab in labs if module_of(lab) == module)])
        for module, members in groupby(lessons, key=lambda lesson: lesson.module)
    ]
    others = [lab for lab in labs if module_of(lab) is None]
    return [*groups, (None, [*others])] if others else groups


def form_for(cohort: Cohort, groups: list[Group], sent: Any) -> DatesForm:
    targets = [one for module, items in groups for one in ([module, *items] if module else items)]
    known = {one.key: one.due_at for one in cohort.due_dates.all()}
    return DatesForm(sent, targets=targets, known=known, initial={"late": cohort.late})


def fields(form: DatesForm, groups: list[Group]) -> Any:
    return [
        ((module, form.field_of(module) if module else None), items) for module, items in groups
    ]


def save_dates(cohort: Cohort, form: DatesForm) -> None:
    changed = DueDate.objects.write(cohort, form.dates())
    if "late" in form.changed_data:
        cohort.late = form.cleaned_data["late"]
        cohort.save(update_fields=["late"])
        cohort.renew_dates()
    if form.changed_data:
        record_change(cohort, f"due dates ({changed}), late: {cohort.late}")


@require_POST
@transaction.atomic
def extend(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = led_cohort(request, slug, lock=True)
    learner = get_object_or_404(cohort.learners, pk=pk)
    lessons, labs = columns_of(cohort)
    dates = dates_of(cohort.pk, cohort.dates_edition)
    form = ExtendForm(request.POST, choices=choices_of([*lessons, *labs], dates))
    if form.is_valid():
        kind, key = form.key
        due = get_object_or_404(cohort.due_dates, **{f"{kind}_id": key})
        messages.success(
            request, change_extension(cohort, due, learner, form.cleaned_data["until"])
        )
    else:
        messages.error(request, form.problem)
    return redirect(f"{reverse('learner_detail', args=[slug, pk])}#due")


def change_extension(cohort: Cohort, due: DueDate, learner: Any, day: Any) -> str:
    """What was done, in words."""
    about = f"{cohort.slug}: {'-'.join(map(str, due.key))}"
    if day:
        due.extend(learner, end_of(day))
        record(What.EXTENDED, person=learner, about=f"{about} until {day}", cohort=cohort)
        return _("%(who)s has until %(day)s.") % {"who": learner, "day": date_format(day)}
    for extension in Extension.objects.filter(due=due, user=learner).select_related("due__cohort"):
        extension.end()
        record(What.EXTENDED, person=learner, about=f"{about} no longer", cohort=cohort)
    return _("%(who)s has the same due date as everybody again.") % {"who": learner}
