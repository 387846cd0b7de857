"""Run inside a deployment: people who have done something, and sessions of some of them as JSON."""

from __future__ import annotations

import json
import random
import sys
import uuid
from datetime import timedelta

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from labs.models import Lab, State, Submission  # noqa: E402
from lessons.models import Completion, Course, Lesson  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.cohorts.models import Cohort, Membership  # noqa: E402
from tests.bench import bare  # noqa: E402
from tests.bench.reader import OURS, session_of  # noqa: E402

MOST_SESSIONS = 500
BATCH = 5000
LONG_AGO = timezone.now() - timedelta(days=2)


def make_people(number: int) -> list[User]:
    """In groups of thirty; nobody has a password."""
    course = Course.objects.get(slug="aws")
    cohorts = [
        Cohort.objects.create(name=f"Group {one}", slug=f"group-{one}", course=course)
        for one in range(max(1, number // 30))
    ]
    nothing = make_password(None)
    users = User.objects.bulk_create(
        [
            User(email=f"p{one}@load.example", name=f"Person {one}", password=nothing)
            for one in range(number)
        ],
        batch_size=BATCH,
    )
    places = [
        Membership(cohort=cohorts[one % len(cohorts)], user=user) for one, user in enumerate(users)
    ]
    Membership.objects.bulk_create(places, batch_size=BATCH)
    return users


def make_history(users: list[User]) -> None:
    lessons, labs = list(Lesson.objects.live()), list(Lab.objects.live())
    completions = [
        Completion(user=user, lesson=lesson)
        for user in users
        for lesson in random.sample(lessons, 10)
    ]
    Completion.objects.bulk_create(completions, batch_size=BATCH)
    variants = {lab.pk: lab.variants.live().first() for lab in labs}
    answers = [
        Submission(
            user=user,
            lab=lab,
            variant=variants[lab.pk],
            text="{}",
            key=uuid.uuid4(),
            state=State.FAULTED,
            created_at=LONG_AGO,
            finished_at=LONG_AGO,
        )
        for user in users
        for lab in random.sample(labs, 5)
    ]
    Submission.objects.bulk_create(answers, batch_size=BATCH)


def main() -> None:
    random.seed(1)
    users = make_people(int(sys.argv[1]))
    make_history(users)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    backends = [OURS, bare.BACKEND]
    sessions = [[session_of(user, one) for one in backends] for user in users[:MOST_SESSIONS]]
    lessons = [f"/learn/aws/{slug}/" for slug in Lesson.objects.values_list("slug", flat=True)]
    print(json.dumps({"sessions": sessions, "lessons": lessons}))


main()
