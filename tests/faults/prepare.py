"""In the portal's own environment: two cohorts of learners, and a lab of the tests' kind beside the
real ones. Prints what the harness has to know, as JSON."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.portal_settings")

import django

django.setup()

from labs.models import Lab  # noqa: E402
from lessons.models import Course  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.cohorts.models import Cohort  # noqa: E402
from tests.rows import PASSWORD  # noqa: E402

REAL_LAB, DRAFTED = "let-the-web-in", "read-one-bucket"
WRONG = '{"inbound": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}], "outbound": []}'


def main(count: int) -> None:
    course = Course.objects.get(slug="aws")
    cohorts = [
        Cohort.objects.create(name=name, slug=name.lower(), course=course)
        for name in ("Large", "Small")
    ]
    real = Lab.objects.get(slug=REAL_LAB)
    people = []
    for number in range(count):
        user = User.objects.create_user(
            email=f"learner{number}@example.com", password=PASSWORD, name=f"Learner {number}"
        )
        cohorts[number % 5 == 4].enrol(user)
        people.append({"email": user.email, "solution": real.variant_for(user).solution})
    lessons = [lesson.get_absolute_url() for lesson in course.lessons.live()]
    world = {"people": people, "password": PASSWORD, "lessons": lessons}
    print(
        json.dumps(
            world | {"real": REAL_LAB, "wrong": WRONG, "words": "say-it"} | {"drafted": DRAFTED}
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
