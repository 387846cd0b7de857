"""One mistake: who makes it, what they wrote, and what a note about it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from labs.cases import findings_like
from labs.language import in_language
from labs.mistakes import Key
from labs.models import Effort, Lab, Mistake, State, Submission
from portal.cohorts.models import Cohort
from portal.guidance.models import Note
from portal.guidance.radar import WEEK, latest_wrong

MOST_ANSWERS = 60  # of one group, looked through for different ones


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer without its author: how many wrote the very same, and what it does wrong."""

    text: str
    lab: Lab
    times: int
    cases: tuple[str, ...]


class Effect(NamedTuple):
    """Of a note: who read it, and how many of them passed afterwards."""

    note: Note
    passed: int
    reached: int


def answers_with(cohort: Cohort, labs: list[Lab], key: Key) -> QuerySet[Submission]:
    """The latest wrong ones that make the mistake, the newest first."""
    made = Mistake.objects.filter(
        submission__in=latest_wrong(cohort, labs).values("latest"), **key._asdict()
    )
    rows = Submission.objects.filter(pk__in=made.values("submission"))
    return rows.select_related("lab").order_by("-pk")


def samples_with(cohort: Cohort, labs: list[Lab], key: Key) -> QuerySet[Submission]:
    """Also of those who passed since, or write something else now: the answers of two weeks."""
    lately = Mistake.objects.filter(
        **key._asdict(),
        made_at__gt=timezone.now() - 2 * WEEK,
        user__in=cohort.learners.values("pk"),
        lab__in=[one.pk for one in labs],
    ).order_by("-made_at")
    now = answers_with(cohort, labs, key).order_by().values("pk")
    rows = Submission.objects.filter(
        Q(pk__in=lately.values("submission")[:MOST_ANSWERS]) | Q(pk__in=now)
    )
    return rows.order_by("-pk")


def different(answers: QuerySet[Submission]) -> list[list[Submission]]:
    """Those that say the same together, the most frequent first. One query."""
    found: dict[tuple[int, str], list[Submission]] = {}
    for one in answers.select_related("lab", "grade")[:MOST_ANSWERS]:
        found.setdefault((one.lab_id, " ".join(one.text.split())), []).append(one)
    return sorted(found.values(), key=lambda same: -len(same))


def sample_of(same: list[Submission], key: Key, *, secrets: bool) -> Sample:
    """With or without what hidden checks show."""
    first = same[0]
    cases = tuple(dict.fromkeys(sentences(first, key, secrets=secrets)))
    return Sample(first.text, first.lab, len(same), cases)


def is_shown_openly(answers: list[list[Submission]], key: Key) -> bool:
    """Whether each of them has a check to show it that is not hidden: else the mistake's own words
    would tell what a hidden one asks."""
    found = (findings_like(same[0], key) for same in answers)
    return bool(answers) and all(any(not one.hidden for one in shown) for shown in found)


def sentences(answer: Submission, key: Key, *, secrets: bool) -> Iterator[str]:
    """The counterexamples that show it, in words."""
    for finding in findings_like(answer, key):
        if finding.hidden and not secrets:
            continue
        yield from (in_language(case.sentence) for case in finding.cases[:1])
        if not finding.cases:
            yield in_language(finding.message)


# --- What a note changed --------------------------------------------------------------------------


class Made(NamedTuple):
    """The mistake in one answer: until the next answer to the lab came, it was the latest."""

    user: int
    lab: int
    made_at: datetime
    next_at: datetime | None
    passed_at: datetime | None

    @property
    def pair(self) -> tuple[int, int]:
        return self.user, self.lab

    def is_reached_by(self, note: Note) -> bool:
        if self.passed_at and self.passed_at <= max(note.said_at, self.made_at):
            return False
        if self.made_at <= note.said_at:
            return self.next_at is None or self.next_at > note.said_at
        return note.withdrawn_at is None or self.made_at <= note.withdrawn_at


def effects_of(notes: Iterable[Note], cohort: Cohort, labs: list[Lab], key: Key) -> list[Effect]:
    """One query for all of them."""
    found = list(notes)
    first = min((note.said_at for note in found), default=None)
    made = made_in(cohort, labs, key, since=first) if first else []
    return [effect_of(note, made) for note in found]


def effect_of(note: Note, made: list[Made]) -> Effect:
    reached = {
        one.pair: one.passed_at is not None
        for one in made
        if note.lab_id in (None, one.lab) and one.is_reached_by(note)
    }
    return Effect(note, sum(reached.values()), len(reached))


def made_in(cohort: Cohort, labs: list[Lab], key: Key, *, since: datetime) -> list[Made]:
    """By those who had not passed then."""
    same = {"user": OuterRef("user"), "lab": OuterRef("lab")}
    later = Submission.objects.filter(
        **same, state=State.GRADED, created_at__gt=OuterRef("made_at")
    ).order_by()
    rows = Mistake.objects.filter(
        **key._asdict(),
        user__in=cohort.learners.values("pk"),
        lab__in=[one.pk for one in labs],
    ).annotate(
        next_at=Subquery(later.values("user").annotate(at=Min("created_at")).values("at")),
        passed_at=Subquery(Effort.objects.filter(**same).values("passed_at")),
    )
    columns = ("user_id", "lab_id", "made_at", "next_at", "passed_at")
    not_passed = rows.filter(Q(passed_at=None) | Q(passed_at__gt=since))
    return [Made(*row) for row in not_passed.values_list(*columns)]
