"""More and more learners in one cohort, each with the same history; the same rows in each run, on
SQLite and PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from labs.models import Draft, Grade, KeptText, Lab, State, Submission
from lessons.models import Completion, Course, Place
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Membership
from portal.seeding.rows import analyze, write
from tests.bench.million.filling import reports

ANSWERS, COMPLETIONS = 20, 10  # of each learner
SINCE = timezone.now() - timedelta(days=200)
# Every report is one of some real ones, of which the database makes as many as there are answers.
GRADES = """
INSERT INTO labs_grade (points, max_points, passed, report, unpacked_report, engine_version,
  content_hash, made_by, reason, created_at, submission_id)
SELECT s.id %% 5, 4, s.id %% 5 >= 4, r.data, '{}', 'bench-1', 'a', 'task', '', s.finished_at, s.id
FROM labs_submission s JOIN bench_report r ON r.n = s.id %% (SELECT count(*) FROM bench_report)
WHERE s.state = 'graded' AND s.grade_id IS NULL AND s.id > %s ORDER BY s.id
"""


class Filling:
    """Of one course, whose labs and lessons are there."""

    def __init__(self) -> None:
        self.course = Course.objects.get(slug="aws")
        self.lessons = list(self.course.lessons.live())
        self.labs = list(Lab.objects.live().filter(course=self.course))
        self.variants = {lab.pk: lab.variants.live()[0].pk for lab in self.labs}
        self.cohort, _made = Cohort.objects.get_or_create(
            slug="growth", defaults={"name": "Growth", "course": self.course}
        )
        self.number = 0  # of learners
        self.reports = list(enumerate(reports()))

    def one(self, name: str, *, answers: int = ANSWERS) -> User:
        """A learner of their own, with so many answers."""
        [user] = self.people(range(self.number, self.number + 1), name)
        self.number += 1
        self.write_answers([user], self.labs, answers)
        return user

    def grow_to(self, number: int) -> None:
        with transaction.atomic():
            users = self.people(range(self.number, number), "learner")
            self.write_answers(users, self.labs, ANSWERS)
        self.number = number
        analyze()

    def people(self, numbers: Iterable[int], name: str) -> list[User]:
        nothing = make_password(None)
        made = (
            User(email=f"{name}{n}@growth.example", name=f"Learner {n}", password=nothing)
            for n in numbers
        )
        users = write(User, made)
        write(Membership, (Membership(cohort=self.cohort, user=user) for user in users))
        write(Place, (self.place_of(user) for user in users))
        write(Completion, (row for user in users for row in self.completions_of(user)))
        return users

    def place_of(self, user: User) -> Place:
        lesson = self.lessons[user.pk % len(self.lessons)]
        return Place(user=user, course=self.course, lesson=lesson, seen_at=SINCE)

    def completions_of(self, user: User) -> Iterator[Completion]:
        for number in range(COMPLETIONS):
            lesson = self.lessons[(user.pk + number) % len(self.lessons)]
            yield Completion(user=user, lesson=lesson, completed_at=SINCE)

    def write_answers(
        self, users: list[User], labs: list[Lab], number: int, *, first: int = 0
    ) -> None:
        last = Submission.objects.aggregate(last=Max("pk"))["last"] or 0
        rows = (
            self.answer(user, labs, nth) for nth in range(first, first + number) for user in users
        )
        write(Submission, rows)
        with kept(self.reports) as cursor:
            cursor.execute(GRADES, [last])
        grade = Grade.objects.filter(submission=OuterRef("pk")).order_by().values("pk")
        new = Submission.objects.filter(pk__gt=last, state=State.GRADED)
        new.update(grade=Subquery(grade[:1]))

    def answer(self, user: User, labs: list[Lab], nth: int) -> Submission:
        """Every fiftieth could not be checked."""
        lab = labs[(user.pk + nth) % len(labs)]
        at = SINCE + timedelta(hours=nth, seconds=user.pk % 3600)
        return Submission(
            user=user,
            lab=lab,
            variant_id=self.variants[lab.pk],
            text='{"Version": "2012-10-17", "Statement": []}' + " " * (nth % 7),
            key=uuid.UUID(int=(user.pk << 32) + nth),
            state=State.FAULTED if (user.pk + nth) % 50 == 0 else State.GRADED,
            created_at=at,
            claimed_at=at,
            finished_at=at,
            tries=1,
            crowd=self.cohort.pk,
        )

    def write_texts(self, user: User, lab: Lab, number: int) -> None:
        """As many as are kept at most, and what stands in the editor."""
        mine = {"user": user, "lab": lab, "variant_id": self.variants[lab.pk]}
        write(KeptText, (KeptText(**mine, text=f"kept {n} " * 50) for n in range(number)))
        Draft.objects.create(**mine, text="{}")

    def readers(self, number: int) -> None:
        """Who only read a little: a place and a completion each."""
        with transaction.atomic():
            nothing = make_password(None)
            people = (
                User(email=f"reader{n}@growth.example", name=f"Reader {n}", password=nothing)
                for n in range(number)
            )
            users = write(User, people)
            write(Place, (self.place_of(user) for user in users))
            rows = (next(self.completions_of(user)) for user in users)
            write(Completion, rows)
        analyze()


@contextmanager
def kept(found: list[tuple[int, bytes]]) -> Iterator[Any]:
    """The reports, where the database finds them for a moment."""
    data = "bytea" if connection.vendor == "postgresql" else "blob"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bench_report (n int PRIMARY KEY, data {data})")
        cursor.executemany("INSERT INTO bench_report VALUES (%s, %s)", found)
        yield cursor
        cursor.execute("DROP TABLE bench_report")
