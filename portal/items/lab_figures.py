"""What a cohort's answers say about a lab: how hard it is, and whether it tells those who can from
those who cannot. The words are those of classical test theory (Crocker & Algina, "Introduction to
Classical and Modern Test Theory"), the first answer being the test: everybody may try again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import sqrt
from statistics import median
from typing import NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from labs.models import Effort, Lab, Submission
from portal.cohorts.models import Cohort
from portal.items.flags import Flag, lab_flags

ENOUGH = 10  # learners; fewer tell more about themselves than about the lab
LATEST = 5000  # passes that the time is taken from


class Tried(NamedTuple):
    """One learner with one lab."""

    user: int
    lab: int
    failed: int  # verdicts
    best: int  # percent
    passed: bool
    at_once: bool  # with the first answer


@dataclass(frozen=True, slots=True)
class LabFigures:
    """Of the learners who have a verdict. None: too few to say."""

    lab: Lab
    tried: int = 0
    passed: int = 0
    at_once: int = 0  # passed with the first answer
    tries: float | None = None  # median of those who passed
    discrimination: float | None = None
    time: timedelta | None = None  # median from the first answer to the pass, where it was not one
    changes: int = 0  # learners who were shown what to change
    solutions: int = 0  # … the model answer
    counts: Mapping[int, int] = field(default_factory=dict)  # verdicts until passed → learners

    @property
    def facility(self) -> int | None:
        """Percent who pass with their first answer."""
        return percent_of(self.at_once, self.tried)

    @property
    def passed_percent(self) -> int | None:
        return percent_of(self.passed, self.tried)

    @property
    def time_words(self) -> str:
        """In the largest unit of which there are two."""
        minutes = round(self.time / timedelta(minutes=1)) if self.time is not None else 0
        if minutes < 120:
            return _("%(count)d min") % {"count": minutes}
        if minutes < 48 * 60:
            return _("%(count)d h") % {"count": round(minutes / 60)}
        return _("%(count)d days") % {"count": round(minutes / 60 / 24)}

    @property
    def enough(self) -> bool:
        return self.tried >= ENOUGH

    @property
    def flags(self) -> list[Flag]:
        return lab_flags(self) if self.enough else []


def percent_of(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def lab_figures_of(cohort: Cohort, labs: Sequence[Lab]) -> list[LabFigures]:
    """In the order of `labs`. Three queries."""
    tried = tried_in(cohort, labs)
    by_lab = defaultdict[int, list[Tried]](list)
    for one in tried:
        by_lab[one.lab].append(one)
    others = scores_of(tried)
    times, shown = times_of(cohort, labs), shown_of(cohort, labs)
    return [
        figures_of(lab, by_lab[lab.pk], others, times.get(lab.pk), shown.get(lab.pk, (0, 0)))
        for lab in labs
    ]


def figures_of(
    lab: Lab,
    tried: list[Tried],
    scores: Mapping[int, tuple[int, int]],
    time: timedelta | None,
    shown: tuple[int, int],
) -> LabFigures:
    passed = [one.failed + 1 for one in tried if one.passed]
    return LabFigures(
        lab=lab,
        tried=len(tried),
        passed=len(passed),
        at_once=sum(one.at_once for one in tried),
        tries=median(passed) if passed else None,
        discrimination=discrimination(tried, scores),
        time=time,
        changes=shown[0],
        solutions=shown[1],
        counts={number: passed.count(number) for number in sorted(set(passed))},
    )


def tried_in(cohort: Cohort, labs: Collection[Lab]) -> list[Tried]:
    """Times are compared in the database: reading forty thousand of them takes longer than all the
    rest."""
    at_once = Q(passed_at__isnull=False) & (Q(since__isnull=True) | Q(since__gt=F("passed_at")))
    rows = Effort.objects.filter(user__in=cohort.learners, lab__in=[lab.pk for lab in labs])
    return [
        Tried(*row)
        for row in rows.order_by().values_list(
            "user_id",
            "lab_id",
            "failed",
            Coalesce("best", 0),
            yes(Q(passed_at__isnull=False)),
            yes(at_once),
        )
    ]


def yes(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def scores_of(tried: Iterable[Tried]) -> dict[int, tuple[int, int]]:
    """User → the sum of their best scores, and of how many labs."""
    sums: dict[int, tuple[int, int]] = {}
    for one in tried:
        total, number = sums.get(one.user, (0, 0))
        sums[one.user] = total + one.best, number + 1
    return sums


def discrimination(tried: Iterable[Tried], scores: Mapping[int, tuple[int, int]]) -> float | None:
    """Point-biserial correlation of passing with the first answer and the mean best score in all
    other labs: above 0.3 the lab tells learners apart well, below 0 good ones fail where weak ones
    pass. None where fewer than `ENOUGH` tried another lab, or all did the same."""
    pairs = []
    for one in tried:
        total, number = scores[one.user]
        if number > 1:
            pairs.append((float(one.at_once), (total - one.best) / (number - 1)))
    return correlation(pairs) if len(pairs) >= ENOUGH else None


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's, which the point-biserial one is where x is 0 or 1. None where one is constant."""
    count = len(pairs)
    mean_x = sum(x for x, _y in pairs) / count
    mean_y = sum(y for _x, y in pairs) / count
    xx = sum((x - mean_x) ** 2 for x, _y in pairs)
    yy = sum((y - mean_y) ** 2 for _x, y in pairs)
    xy = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return xy / sqrt(xx * yy) if xx * yy > 1e-9 else None


def times_of(cohort: Cohort, labs: Collection[Lab]) -> dict[int, timedelta]:
    """Lab pk → median time from the first answer to the one that passed."""
    rows = Effort.objects.filter(user__in=cohort.learners, lab__in=[lab.pk for lab in labs])
    rows = rows.filter(passed_at__gt=F("since")).order_by("-passed_at")
    seconds = defaultdict[int, list[float]](list)
    for lab, since, at in rows.values_list("lab_id", "since", "passed_at")[:LATEST]:
        if since and at:
            seconds[lab].append((at - since).total_seconds())
    return {lab: timedelta(seconds=median(found)) for lab, found in seconds.items()}


def shown_of(cohort: Cohort, labs: Collection[Lab]) -> dict[int, tuple[int, int]]:
    """Lab pk → how many learners were shown what to change, and the model answer."""
    change, look = Q(change_shown_at__isnull=False), Q(solution_shown_at__isnull=False)
    rows = Submission.objects.filter(change | look, lab__in=[lab.pk for lab in labs])
    rows = rows.filter(user__in=cohort.learners).order_by()
    counted = rows.values("lab_id").annotate(
        changes=Count("user", filter=change, distinct=True),
        looks=Count("user", filter=look, distinct=True),
    )
    return {row["lab_id"]: (row["changes"], row["looks"]) for row in counted}
