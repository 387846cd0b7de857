"""`python -m tests.e2e.days NAME DAYS`: that many days pass for a learner of the demo, as far as
their cards know. Whoever is not there yet comes."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402

from labs.quiz.models import QuizAnswer, QuizCard  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.cohorts.models import Cohort  # noqa: E402
from tests.running import PASSWORD  # noqa: E402

TIMES = ("due", "last_review")


def learner(name: str) -> User:
    email = f"{name}@demo.example"
    if found := User.objects.filter(email=email).first():
        return found
    user = User.objects.create_user(email=email, password=PASSWORD, name=name.capitalize())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Cohort.objects.get(slug="demo").enrol(user)
    return user


def earlier(memory: dict[str, str], by: timedelta) -> dict[str, str]:
    moved = {
        name: (datetime.fromisoformat(memory[name]) - by).isoformat()
        for name in TIMES
        if memory.get(name)
    }
    return memory | moved


def main() -> None:
    user, by = learner(sys.argv[1]), timedelta(days=int(sys.argv[2]))
    for card in QuizCard.objects.filter(user=user, due__isnull=False):
        card.due -= by
        card.memory = card.memory and earlier(card.memory, by)
        card.save()
    for answer in QuizAnswer.objects.filter(user=user):
        answer.answered_at -= by
        answer.save()


main()
