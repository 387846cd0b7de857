"""The answers before and after one in a list, newest first; which list the reader came through is
said in the address (`?in=lab`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from labs.models import Submission
from labs.models.submissions import SubmissionQuerySet
from portal.cohorts.models import Cohort

WORDS: Mapping[str, object] = {
    "": _("All answers"),
    "lab": _("This lab"),
    "learner": _("This learner"),
}
NARROWED: Mapping[str, Callable[[SubmissionQuerySet, Submission], SubmissionQuerySet]] = {
    "": lambda rows, _one: rows,
    "lab": lambda rows, one: rows.filter(lab=one.lab_id),
    "learner": lambda rows, one: rows.filter(user=one.user_id),
}


class ListLink(NamedTuple):
    """The same answer, seen through another list."""

    words: object
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    submission: Submission
    url: str

    def __str__(self) -> str:
        return f"{self.submission.user}: {self.submission.lab}"

    def get_absolute_url(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Looking:
    """How somebody looks at answers: through which list, and whether hidden checks are shown. Links
    to other answers keep it."""

    cohort: Cohort
    through: str = ""
    everything: bool = False

    @classmethod
    def from_get(cls, cohort: Cohort, get: QueryDict) -> Self:
        through = get.get("in", "")
        return cls(cohort, through if through in WORDS else "", "everything" in get)

    def url(self, pk: int, *, through: str | None = None, everything: bool | None = None) -> str:
        kept = {
            "in": self.through if through is None else through,
            "everything": "1" if (self.everything if everything is None else everything) else "",
        }
        query = urlencode({name: value for name, value in kept.items() if value})
        page = reverse("submission_detail", args=[self.cohort.slug, pk])
        return f"{page}?{query}" if query else page

    def lists(self, submission: Submission) -> list[ListLink]:
        return [
            ListLink(words, self.url(submission.pk, through=name), name == self.through)
            for name, words in WORDS.items()
        ]

    def neighbour(self, rows: SubmissionQuerySet) -> Neighbour | None:
        shown = ("user__name", "user__email", "lab__title")
        one = rows.select_related("user", "lab").only("user", "lab", *shown).first()
        return Neighbour(one, self.url(one.pk)) if one else None

    def newer(self, rows: SubmissionQuerySet, one: Submission) -> Neighbour | None:
        """Rows come in the order of their keys: the index of those is there, and walked from here
        until somebody of the list is found."""
        return self.neighbour(self.narrowed(rows, one).filter(pk__gt=one.pk).order_by("pk"))

    def older(self, rows: SubmissionQuerySet, one: Submission) -> Neighbour | None:
        return self.neighbour(self.narrowed(rows, one).filter(pk__lt=one.pk).order_by("-pk"))

    def narrowed(self, rows: SubmissionQuerySet, one: Submission) -> SubmissionQuerySet:
        return NARROWED[self.through](rows, one)
