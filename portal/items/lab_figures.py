"""What a cohort's answers say about a lab: how hard it is, and whether it tells those who can from
those who cannot. The words are those of classical test theory (Crocker & Algina, "Introduction to
Classical and Modern Test Theory"), the first answer being the test: everybody may try again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import sqrt
from statistics import median
from typing import Any, NamedTuple, cast

from django.db.models import Case, Count, F, IntegerField, Q, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from labs.models import Effort, Lab, Submission
from lessons.progress import percent
from portal.cohorts.models import Cohort
from portal.items.flags import Flag, lab_flags
from portal.items.seconds import SecondsBetween

ENOUGH = 10  # learners; fewer tell more about themselves than about the lab


class Tried(NamedTuple):
    """One learner with one lab. `tries`: how many verdicts until one passed; 0: none did."""

    user: int
    lab: int
    best: int  # percent
    tries: int
    seconds: int | None  # from the first answer to the one that passed, where that was another one


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
    return percent(part, whole) if whole else None


def lab_figures_of(cohort: Cohort, labs: Sequence[Lab]) -> list[LabFigures]:
    """In the order of `labs`. Three queries."""
    by_lab, scores = defaultdict[int, list[Tried]](list), dict[int, tuple[int, int]]()
    for one in tried_in(cohort, labs):
        by_lab[one[1]].append(one)
        total, number = scores.get(one[0], (0, 0))
        scores[one[0]] = total + one[2], number + 1
    changes = shown_of(cohort, labs, "change_shown_at")
    looks = shown_of(cohort, labs, "solution_shown_at")
    return [figures_of(lab, by_lab[lab.pk], scores, changes[lab.pk], looks[lab.pk]) for lab in labs]


def figures_of(
    lab: Lab, tried: Sequence[Tried], scores: Scores, changes: int, solutions: int
) -> LabFigures:
    passed = [one[3] for one in tried if one[3]]
    seconds = [one[4] for one in tried if one[4] is not None]
    return LabFigures(
        lab=lab,
        tried=len(tried),
        passed=len(passed),
        at_once=passed.count(1),
        tries=median(passed) if passed else None,
        discrimination=discrimination(tried, scores),
        time=timedelta(seconds=median(seconds)) if seconds else None,
        changes=changes,
        solutions=solutions,
        counts=dict(sorted(Counter(passed).items())),
    )


def tried_in(cohort: Cohort, labs: Collection[Lab]) -> Iterable[Tried]:
    """Plain rows of whole numbers, in the order of `Tried`: making forty thousand objects takes
    longer than all the rest."""
    at_once = Q(since__isnull=True) | Q(since__gt=F("passed_at"))
    tries = Case(
        When(passed_at__isnull=True, then=0),
        When(at_once, then=1),
        default=F("failed") + 1,
        output_field=IntegerField(),
    )
    time = Case(When(passed_at__gt=F("since"), then=SecondsBetween("since", "passed_at")))
    rows = Effort.objects.filter(user__in=cohort.learners, lab__in=[lab.pk for lab in labs])
    found: Any = rows.order_by().values_list("user_id", "lab_id", Coalesce("best", 0), tries, time)
    return cast("Iterable[Tried]", found)


Scores = Mapping[int, tuple[int, int]]  # user → the sum of their best scores, of how many labs


def discrimination(tried: Sequence[Tried], scores: Scores) -> float | None:
    """Point-biserial correlation of passing with the first answer and the mean best score in all
    other labs: above 0.3 the lab tells learners apart well, below 0 good ones fail where weak ones
    pass. None where fewer than `ENOUGH` tried another lab, or all did the same."""
    pairs = []
    for user, _lab, best, tries, _seconds in tried:
        total, number = scores[user]
        if number > 1:
            pairs.append((float(tries == 1), (total - best) / (number - 1)))
    return correlation(pairs) if len(pairs) >= ENOUGH else None


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's, which the point-biserial one is where x is 0 or 1. None where one is constant."""
    count, (x0, y0) = len(pairs), pairs[0]
    sum_x = sum_y = sum_xx = sum_yy = sum_xy = 0.0
    for x, y in pairs:  # once, from the first one on: a constant gives zeros, without a remainder
        x, y = x - x0, y - y0
        sum_x += x
        sum_y += y
        sum_xx += x * x
        sum_yy += y * y
        sum_xy += x * y
    xx, yy = sum_xx - sum_x * sum_x / count, sum_yy - sum_y * sum_y / count
    xy = sum_xy - sum_x * sum_y / count
    return xy / sqrt(xx * yy) if xx * yy > 1e-9 else None


def shown_of(cohort: Cohort, labs: Collection[Lab], when: str) -> Counter[int]:
    """Lab pk → how many learners were shown it. By one of two small indexes."""
    rows = Submission.objects.filter(lab__in=[lab.pk for lab in labs], user__in=cohort.learners)
    shown = rows.filter(**{f"{when}__isnull": False}).order_by()
    counted = shown.values_list("lab_id").annotate(Count("user", distinct=True))
    return Counter(dict(counted))
