"""`python -m tests.e2e.days NAME DAYS`: that many days pass for a learner of the demo, as far as
their cards know."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import django

django.setup()

from labs.quiz.models import QuizAnswer, QuizCard  # noqa: E402
from portal.accounts.models import User  # noqa: E402

TIMES = ("due", "last_review")


def earlier(memory: dict[str, str], by: timedelta) -> dict[str, str]:
    moved = {
        name: (datetime.fromisoformat(memory[name]) - by).isoformat()
        for name in TIMES
        if memory.get(name)
    }
    return memory | moved


def main() -> None:
    user = User.objects.get(email=f"{sys.argv[1]}@demo.example")
    by = timedelta(days=int(sys.argv[2]))
    for card in QuizCard.objects.filter(user=user, due__isnull=False):
        card.due -= by
        card.memory = card.memory and earlier(card.memory, by)
        card.save()
    for answer in QuizAnswer.objects.filter(user=user):
        answer.answered_at -= by
        answer.save()


main()
