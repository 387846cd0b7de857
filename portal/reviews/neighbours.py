"""The answers before and after one in a list, newest first; which list the reader came through is
said in the address (`?in=lab`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.db.models import F, OrderBy, OuterRef, Subquery
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

    @property
    def query(self) -> str:
        """For the addresses of forms."""
        return self.url(0).partition("?")[2]

    def lists(self, submission: Submission) -> list[ListLink]:
        return [
            ListLink(words, self.url(submission.pk, through=name), name == self.through)
            for name, words in WORDS.items()
        ]

    def newer(self, one: Submission) -> Neighbour | None:
        after = Submission.objects.filter(pk__gt=one.pk).order_by("pk")
        return self.nearest(self.narrowed(after, one), F("answer").asc(nulls_last=True))

    def older(self, one: Submission) -> Neighbour | None:
        before = Submission.objects.filter(pk__lt=one.pk).order_by("-pk")
        return self.nearest(self.narrowed(before, one), F("answer").desc(nulls_last=True))

    def nearest(self, rows: SubmissionQuerySet, order: OrderBy) -> Neighbour | None:
        """The first of the first ones of each learner. In the order of all answers, one might have
        to pass everybody else's since the cohort ended."""
        own = rows.filter(user=OuterRef("pk"), lab__course__in=self.cohort.courses.values("pk"))
        firsts = self.cohort.learners.annotate(answer=Subquery(own.values("pk")[:1]))
        found = firsts.order_by(order).values("answer")[:1]
        shown = ("user__name", "user__email", "lab__title")
        answers = Submission.objects.select_related("user", "lab").only("user", "lab", *shown)
        first = answers.filter(pk=Subquery(found)).first()
        return Neighbour(first, self.url(first.pk)) if first else None

    def narrowed(self, rows: SubmissionQuerySet, one: Submission) -> SubmissionQuerySet:
        return NARROWED[self.through](rows, one)
