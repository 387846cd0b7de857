"""What somebody says of a cohort they open or change."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lessons.models import Course
from portal.cohorts.belonging import Person
from portal.cohorts.models import Cohort, Counts
from portal.cohorts.ticked import TickedField

NO_COURSE = _("Choose at least one course: it is what they learn together.")


def courses_for(user: Person, cohort: Cohort | None = None) -> QuerySet[Course]:
    """A course shows its solutions to whoever teaches it: who may not open cohorts gets no further
    ones by naming them. What the cohort has it keeps, also a course that was archived meanwhile."""
    offered = Q(archived_at=None)
    if not user.may_open_cohorts:
        offered &= Q(pk__in=[one.course for one in user.enrolments() if one.teaches])
    own = cohort.courses.values("pk") if cohort else ()
    found = Course.objects.filter(offered | Q(pk__in=own))
    return cast(QuerySet[Course], found.order_by("title"))


class CoursesField(TickedField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, course: Any) -> str:
        return (
            _("%(course)s (archived)") % {"course": course} if course.archived_at else str(course)
        )


class CohortForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    courses = CoursesField(
        Course.objects.none(), label=_("Courses"), error_messages={"required": NO_COURSE}
    )

    language = forms.ChoiceField(
        label=_("Language of its mail"),
        choices=settings.LANGUAGES,
        required=False,
        help_text=_("To people whose own is not known yet, such as those you invite."),
    )

    counts = forms.ChoiceField(
        label=_("What completes a lesson"),
        choices=Counts.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "A lesson without questions or labs needs none. Who learns the course in another "
            "cohort, too, has the gentler rule. What is completed stays completed."
        ),
    )

    def __init__(
        self, *args: Any, user: Person, cohort: Cohort | None = None, **kwargs: Any
    ) -> None:
        self.user, self.cohort = user, cohort
        if cohort:
            kwargs["initial"] = {
                "name": cohort.name,
                "courses": list(cohort.courses.all()),
                "language": cohort.language,
                "counts": cohort.counts,
            }
        super().__init__(*args, **kwargs)
        courses = courses_for(user, cohort)
        self.fields["courses"].queryset = courses  # type: ignore[attr-defined]
        if not cohort and len(courses) == 1:
            self.fields["courses"].initial = courses

    def save(self) -> Cohort:
        name, courses = self.cleaned_data["name"], list(self.cleaned_data["courses"])
        cohort = self.cohort or Cohort.objects.open(name, courses, by=self.user)
        cohort.name = name
        cohort.language = self.cleaned_data["language"] or cohort.language
        cohort.counts = self.cleaned_data["counts"] or cohort.counts
        cohort.save(update_fields=["name", "language", "counts"])
        cohort.choose(courses)
        return cohort


class CopyForm(forms.Form):
    name = forms.CharField(label=_("Name of the new cohort"), max_length=120)
    with_team = forms.BooleanField(
        label=_("With the same instructors and assistants"), required=False, initial=True
    )
    days_later = forms.IntegerField(
        label=_("Due dates so many days later"),
        required=False,
        min_value=0,
        max_value=3660,
        help_text=_("Empty: the copy has no due dates."),
    )
