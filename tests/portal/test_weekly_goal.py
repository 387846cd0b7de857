"""A goal of one's own, and how far one is this week."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from labs.quiz.models import QuizAnswer
from lessons.models import Completion
from portal.accounts.models import User
from portal.weekly_goal import MOST, GoalForm, monday
from tests.labs.quiz.asking import ask
from tests.rows import make_grade, make_lab, make_submission


def said(page) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def complete(user, lesson, at: datetime) -> None:
    Completion.objects.create(user=user, lesson=lesson, completed_at=at)


def set_goal(client, number: str, counts: str = "lessons", **how):
    return client.post("/day/goal/", {"weekly_goal": number, "goal_counts": counts}, **how)


@pytest.fixture
def this_week() -> datetime:
    return monday(timezone.localtime()) + timedelta(seconds=1)


def test_without_a_goal_one_is_invited_to_set_one(client_of, lea, course):
    assert "Set yourself a goal" in said(client_of(lea).get("/day/"))


def test_lessons_of_this_week_count_and_older_ones_do_not(client_of, lea, course, this_week):
    buckets, policies, _groups = course.lessons.all()
    complete(lea, buckets, this_week)
    complete(lea, policies, this_week - timedelta(days=1))
    client = client_of(lea)
    assert set_goal(client, "2")["Location"] == "/day/"
    assert "1 of 2 · 50 %" in said(client.get("/day/"))


def test_minutes_are_of_lessons_and_of_labs_that_were_first_passed_this_week(
    client_of, lea, course, this_week
):
    complete(lea, course.lessons.first(), this_week)  # 400 words: two minutes
    new, old = (make_lab(course, slug, minutes=15) for slug in ("new", "old"))
    for lab, days_ago in ((new, 0), (new, 0), (old, 9), (old, 0)):
        answer = make_submission(lea, lab)
        make_grade(answer, 4)
        at = timezone.now() - timedelta(days=days_ago)
        type(answer).objects.filter(pk=answer.pk).update(finished_at=at)
    client = client_of(lea)
    set_goal(client, "60", "minutes")
    assert "17 of 60 · 28 %" in said(client.get("/day/"))


def test_review_days_are_those_of_this_week_each_once(client_of, lea, course, this_week):
    (question,) = ask(course.lessons.get(slug="policies"), "name-of-the-region")
    for number, at in enumerate((0, 1, -7200)):
        QuizAnswer.objects.create(
            user=lea, question=question, number=number, seed=1, score=1, in_review=True, given={},
            content_hash="", answered_at=this_week + timedelta(seconds=at),
        )  # fmt: skip
    client = client_of(lea)
    set_goal(client, "4", "reviews")
    page = said(client.get("/day/"))
    assert "Review days" in page
    assert "1 of 4 · 25 %" in page


def test_how_long_learning_has_gone_on_is_said_and_what_ended_is_not(client_of, lea, course):
    now = timezone.now()
    first, second, third = course.lessons.all()
    complete(lea, first, now - timedelta(days=3))
    client = client_of(lea)
    assert "You have learned on" not in said(client.get("/day/"))
    complete(lea, second, now)
    assert "You have learned on 2 days, with no more than two free days" in said(
        client.get("/day/")
    )
    Completion.objects.filter(lesson=second).update(completed_at=now - timedelta(days=5))
    Completion.objects.filter(lesson=first).update(completed_at=now - timedelta(days=6))
    assert "You have learned on" not in said(client.get("/day/"))
    complete(lea, third, now)
    assert "You have learned on" not in said(client.get("/day/"))


def test_whoever_reaches_it_is_told_and_more_is_no_more_than_all(client_of, lea, course, this_week):
    for lesson in course.lessons.all():
        complete(lea, lesson, this_week)
    client = client_of(lea)
    set_goal(client, "2")
    page = said(client.get("/day/"))
    assert "3 of 2 · 100 %" in page
    assert "You reached your goal" in page


def test_an_empty_number_takes_the_goal_away(client_of, lea, course):
    client = client_of(lea)
    set_goal(client, "2")
    assert User.objects.get(pk=lea.pk).weekly_goal == 2
    set_goal(client, "")
    assert User.objects.get(pk=lea.pk).weekly_goal is None


@pytest.mark.parametrize(
    ("number", "counts"),
    [
        ("0", "lessons"),
        ("-1", "lessons"),
        ("9999", "lessons"),
        ("x", "lessons"),
        ("2", "hours"),
        ("8", "reviews"),  # a week has seven days
    ],
)
def test_what_is_no_goal_is_refused_with_its_reason(number, counts, client_of, lea, course):
    page = set_goal(client_of(lea), number, counts)
    assert page.status_code == 200
    assert 'class="field-error"' in page.content.decode()
    assert User.objects.get(pk=lea.pk).weekly_goal is None


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_form_asks_for_what_it_takes_and_shows_what_was_said(language, client_of, lea, course):
    client = client_of(lea)
    client.cookies["django_language"] = language
    set_goal(client, "30", "minutes")
    for page in (client.get("/day/"), set_goal(client, "30000", "minutes")):
        html = page.content.decode()
        number = re.search(r'<input [^>]*name="weekly_goal"[^>]*>', html)[0]
        assert 'min="1"' in number
        assert f'max="{MOST}"' in number
        assert f'value="{30 if page.request["REQUEST_METHOD"] == "GET" else 30000}"' in number
        words = {"en": ("How many", "Of what"), "de": ("Wie viele", "Wovon")}[language]
        assert [said for said in words if f">{said}" not in html] == []
        assert '<option value="minutes" selected>' in html


def test_it_is_ones_own(client_of, lea, mia, course):
    set_goal(client_of(lea), "2")
    assert User.objects.get(pk=mia.pk).weekly_goal is None


@pytest.mark.parametrize(
    ("now", "began"),
    [
        ("2026-11-23T00:00:00+00:00", "2026-11-23T00:00:00+00:00"),
        ("2026-11-22T23:59:59+00:00", "2026-11-16T00:00:00+00:00"),
        ("2026-11-26T14:00:00+00:00", "2026-11-23T00:00:00+00:00"),
    ],
)
def test_a_week_begins_on_monday(now, began):
    assert monday(datetime.fromisoformat(now)) == datetime.fromisoformat(began)


def test_it_begins_at_midnight_also_where_the_clock_was_changed_meanwhile():
    berlin = ZoneInfo("Europe/Berlin")
    sunday = datetime(2026, 10, 25, 12, tzinfo=berlin)  # after the hour that came twice
    assert monday(sunday).astimezone(UTC) == datetime(2026, 10, 18, 22, tzinfo=UTC)


def test_the_week_is_the_learners(client_of, lea, course, monkeypatch):
    """In Auckland it is Monday already while it is Sunday evening in the portal's zone."""
    now = datetime(2026, 11, 22, 20, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    complete(lea, course.lessons.first(), now - timedelta(hours=12))
    client = client_of(lea)
    set_goal(client, "2")
    assert "1 of 2" in said(client.get("/day/"))
    User.objects.filter(pk=lea.pk).update(time_zone="Pacific/Auckland")
    assert "0 of 2" in said(client.get("/day/"))


@pytest.mark.parametrize("place", ["/day/", "/day/goal/"])
def test_the_form_on_each_page_has_its_token(place, lea, course):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lea)
    sent = {"weekly_goal": "3", "goal_counts": "lessons"}
    page = strict.get("/day/")
    if place == "/day/goal/":  # what is refused comes with a form as well
        page = strict.post(place, sent | {"weekly_goal": "0"} | token_of(page))
    assert strict.post("/day/goal/", sent | token_of(page)).status_code == 302


def token_of(page) -> dict[str, str]:
    form = page.content.decode().partition('action="/day/goal/"')[2].partition("</form>")[0]
    return {
        "csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form)[1],
    }


def test_a_goal_brings_nothing_back_that_was_changed_meanwhile(client_of, lea, monkeypatch):
    def ended_meanwhile(form):
        User.objects.filter(pk=lea.pk).update(is_active=False)
        return is_valid(form)

    is_valid = GoalForm.is_valid
    client = client_of(lea)
    monkeypatch.setattr(GoalForm, "is_valid", ended_meanwhile)
    set_goal(client, "3", "minutes")
    lea.refresh_from_db()
    assert (lea.weekly_goal, lea.goal_counts, lea.is_active) == (3, "minutes", False)
