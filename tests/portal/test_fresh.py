"""What is new in somebody's courses."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from lessons.models import Completion, Course


def written(course: Course, days_ago: dict[str, float]) -> None:
    for slug, days in days_ago.items():
        at = timezone.now() - timedelta(days=days)
        course.lessons.filter(slug=slug).update(updated_at=at)


def news(client) -> list[tuple[str, str]]:
    page = client.get("/day/").content.decode()
    part = page.partition('id="fresh"')[2].partition("</section>")[0]
    return re.findall(r'href="/learn/aws/([\w-]+)/".*?class="meta">([^·]+?) ·', part, re.S)


def test_what_was_there_when_the_course_began_is_not_news(client_of, lea, course):
    written(course, {"buckets": 1, "policies": 1, "security-groups": 1})
    course.lessons.update(updated_at=timezone.now())
    assert news(client_of(lea)) == []


def test_what_came_lately_is_the_newest_first(client_of, lea, course):
    written(course, {"buckets": 40, "policies": 3, "security-groups": 1})
    found = news(client_of(lea))
    assert found == [("security-groups", "new or changed"), ("policies", "new or changed")]


def test_what_came_long_ago_is_news_no_more(client_of, lea, course):
    written(course, {"buckets": 40, "policies": 20, "security-groups": 15})
    assert news(client_of(lea)) == []


def test_who_completed_it_before_is_told_that_it_changed_and_after_nothing(
    client_of, lea, mia, course
):
    written(course, {"buckets": 40, "policies": 3, "security-groups": 40})
    lesson = course.lessons.get(slug="policies")
    for user, days in ((lea, 5), (mia, 2)):
        at = timezone.now() - timedelta(days=days)
        Completion.objects.create(user=user, lesson=lesson, completed_at=at)
    assert news(client_of(lea)) == [("policies", "changed since you completed it")]
    assert news(client_of(mia)) == []
