"""Which mistake of which cohort an address is about. An address holds whatever somebody wrote into
it: of a mistake that nobody here made it says nothing, and neither do we."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from labs.grading.behaviour import LONGEST, words_of
from labs.language import in_language
from labs.mistakes import Key
from labs.models import Lab, Mistake
from portal.cohorts.models import Cohort
from portal.cohorts.standing import columns_of
from portal.guidance.models import Note
from portal.guidance.radar import Codes, query_of

LONGEST_CODE = 80
NONE = Key("")


@dataclass(frozen=True, slots=True)
class Asked:
    """In one lab or in all. `key` is NONE where the cohort knows no such mistake."""

    cohort: Cohort
    labs: list[Lab]
    codes: Codes
    lab: Lab | None
    key: Key = NONE

    @property
    def is_known(self) -> bool:
        return self.key != NONE

    @property
    def looked_at(self) -> list[Lab]:
        return [self.lab] if self.lab else self.labs

    @property
    def page(self) -> str:
        address = reverse("radar_group", args=[self.cohort.slug])
        return f"{address}?{self.query}"

    @property
    def query(self) -> str:
        return query_of(self.key, self.lab)

    @property
    def title(self) -> str:
        return self.codes.title(self.key.code) if self.is_known else _("A mistake")

    @property
    def words(self) -> str:
        return in_language(words_of(self.key.behaviour)) if self.key.behaviour else ""

    @property
    def explanation(self) -> str:
        return self.codes.explanation(self.key.code)

    @property
    def section(self) -> Any:
        return self.codes.section(self.key.code)


def lab_asked_in(cohort: Cohort, request: HttpRequest) -> Asked:
    """Of all mistakes."""
    lessons, labs = columns_of(cohort)
    courses = {lesson.course_id: lesson.course for lesson in lessons}
    lab = next((one for one in labs if one.slug == request.GET.get("lab")), None)
    return Asked(cohort, labs, Codes(courses.values()), lab)


def mistake_asked_in(cohort: Cohort, request: HttpRequest) -> Asked:
    found = lab_asked_in(cohort, request)
    key = key_in(request.GET)
    about = partial(Asked, found.cohort, found.labs, found.codes, found.lab)
    return about(key) if is_known_in(cohort, found.labs, key) else about()


def key_in(sent: QueryDict) -> Key:
    code, behaviour = sent.get("code", "")[:LONGEST_CODE], sent.get("is", "")[:LONGEST]
    return Key(code, behaviour) if "\0" not in code + behaviour else NONE


def is_known_in(cohort: Cohort, labs: list[Lab], key: Key) -> bool:
    """Somebody who learns here made it, or something was said about it."""
    if key == NONE:
        return False
    made = Mistake.objects.filter(
        **key._asdict(),
        user__in=cohort.learners.values("pk"),
        lab__in=[one.pk for one in labs],
    )
    return made.exists() or Note.objects.filter(cohort=cohort).about(key).exists()
