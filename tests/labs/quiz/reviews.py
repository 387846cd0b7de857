"""Cards that wait, and answers that were given to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from labs.quiz import schedule
from labs.quiz.models import QuizCard, QuizQuestion
from portal.accounts.models import User
from tests.labs.quiz.asking import HTMX, address, fields_in, key_for

REVIEW = "/quiz/review/"
WRONG = "Yes: the policy that was attached last wins."


def wait(user: User, row: QuizQuestion, *, at: datetime | None = None) -> QuizCard:
    """It was answered wrong, and comes back then: an hour ago."""
    at = at or timezone.now() - timedelta(hours=1)
    memory = schedule.reviewed(None, is_right=False, at=at - timedelta(days=1))
    fields = {"answers": 0, "last_seed": 7, "memory": memory, "due": schedule.due_of(memory)}
    card, _made = QuizCard.objects.update_or_create(user=user, question=row, defaults=fields)
    return card


def page(client: Client, query: str = "") -> str:
    answer = client.get(REVIEW + query, headers=HTMX)
    assert answer.status_code == 200
    return str(answer.content.decode())


def reply(client: Client, row: QuizQuestion, html: str, **fields: str) -> str:
    """To the card that a review shows."""
    option = fields.pop("option", None)
    sent = fields_in(html) | ({"chosen": key_for(html, option)} if option else {}) | fields
    answer = client.post(f"{address(row)}answer/", sent, headers=HTMX)
    assert answer.status_code == 200
    return str(answer.content.decode())


def words(html: str) -> str:
    return " ".join(html.split())
