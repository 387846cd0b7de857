"""`python -m tests.e2e.mastering`: somebody who has mastered the course, in a cohort of her own."""

from __future__ import annotations

import django

django.setup()

from django.utils import timezone  # noqa: E402

from labs.models import Effort, Submission  # noqa: E402
from labs.quiz.models import LessonCheck  # noqa: E402
from lessons.models import Course  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.cohorts.models import Cohort  # noqa: E402
from tests.running import PASSWORD  # noqa: E402


def main() -> None:
    zoe = User.objects.create_user("zoe@demo.example", PASSWORD, name="Zoë Zielinska-Łukasiewicz")
    course, now = Course.objects.get(slug="aws"), timezone.now()
    cohort = Cohort.objects.create(name="Masters", slug="masters", course=course)
    cohort.enrol(zoe)
    for lesson in course.lessons.live():
        LessonCheck.objects.create(user=zoe, lesson=lesson, checked_at=now)
    for lab in course.labs.live():
        variant = lab.variants.live().first()
        answer = Submission.objects.create(user=zoe, lab=lab, variant=variant, state="graded")
        Effort.objects.create(user=zoe, lab=lab, latest=answer, last_at=now, passed_at=now)


if __name__ == "__main__":
    main()
