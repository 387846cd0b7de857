"""The instructor's grid of 200 learners × 100 items: queries, milliseconds, bytes."""

from __future__ import annotations

import gzip
import random
import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from labs.models import Grade, Lab, State, Submission
from lessons.models import Completion
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Membership, Role
from tests.rows import make_course, make_lab, make_user

LEARNERS, MODULES, LESSONS_EACH, LABS = 200, 8, 10, 20


def big_cohort() -> Cohort:
    """Half of everything is done, with three attempts at each lab."""
    chance = random.Random(1)
    modules = {
        f"module-{m}": {f"lesson-{m}-{n}": [f"s-{m}-{n}"] for n in range(LESSONS_EACH)}
        for m in range(MODULES)
    }
    course = make_course("big", modules)
    cohort = Cohort.objects.create(name="Big", slug="big", course=course)
    labs = [make_lab(course, f"lab-{n}", section=f"s-{n % MODULES}-0") for n in range(LABS)]
    users = User.objects.bulk_create(
        User(email=f"l{n}@example.com", name=f"Learner {n}", password="!") for n in range(LEARNERS)
    )
    Membership.objects.bulk_create(Membership(cohort=cohort, user=user) for user in users)
    pairs = [
        (user, lesson) for user in users for lesson in course.lessons.all() if chance.random() < 0.5
    ]
    Completion.objects.bulk_create(Completion(user=user, lesson=lesson) for user, lesson in pairs)
    submit(users, labs, chance)
    return cohort


def submit(users: list[User], labs: list[Lab], chance: random.Random) -> None:
    variants = {lab.pk: lab.variants.get() for lab in labs}
    sent = Submission.objects.bulk_create(
        Submission(user=user, lab=lab, variant=variants[lab.pk], text="{}", state=State.GRADED)
        for user in users
        for lab in labs
        if chance.random() < 0.5
        for _attempt in range(3)
    )
    grades = Grade.objects.bulk_create(
        Grade(
            submission=submission,
            points=points,
            max_points=4,
            passed=points == 4,
            report={"findings": []},
        )
        for submission, points in ((submission, chance.randrange(5)) for submission in sent)
    )
    for submission, grade in zip(sent, grades, strict=True):
        submission.grade = grade
    Submission.objects.bulk_update(sent, ["grade"], batch_size=1000)


def test_the_grid_of_a_large_cohort(db: None, client_of, capsys) -> None:
    cohort, tom = big_cohort(), make_user("Tom")
    cohort.enrol(tom, role=Role.INSTRUCTOR)
    client, times = client_of(tom), []
    client.get("/cohorts/big/")
    for _run in range(7):
        begun = time.perf_counter()
        answer = client.get("/cohorts/big/")
        times.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/cohorts/big/")
    size, packed = len(answer.content), len(gzip.compress(answer.content))
    with capsys.disabled():
        print(
            f"\ngrid of {LEARNERS} × {MODULES * LESSONS_EACH + LABS} on {connection.vendor}: "
            f"{len(queries)} queries, "
            f"median {statistics.median(times):.0f} ms (best {min(times):.0f}), {size // 1000} kB, "
            f"{packed // 1000} kB gzipped; "
            f"in the database {sum(float(query['time']) for query in queries) * 1000:.0f} ms"
        )
    assert answer.status_code == 200
