"""What the day proposes, and why: a lesson, or a lab whose lessons were read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from labs.models import Lab
from lessons.models import Completion, Course
from tests.rows import make_grade, make_lab, make_submission


@pytest.fixture
def labs(course: Course) -> dict[str, Lab]:
    """In course order: two of the first lesson, one that needs the second as well, one of the
    third, and one of no lesson."""
    made = {
        "hard": make_lab(course, "hard", section="bucket-names", difficulty=3, minutes=20),
        "easy": make_lab(course, "easy", section="bucket-names", difficulty=1, minutes=10),
        "both": make_lab(course, "both", section="policy-structure", difficulty=1),
        "last": make_lab(course, "last", section="inbound-rules"),
        "homeless": make_lab(course, "homeless"),
    }
    made["both"].sections.add(course.sections.get(slug="what-a-bucket-is"))
    return made


@pytest.fixture
def steps(client_of, lea):
    """[(what the button says, where it leads, why)]"""

    def look() -> list[tuple[str, str, str]]:
        page = client_of(lea).get("/day/").content.decode()
        found = re.findall(r'<div class="step">(.*?)</div>', page, re.S)
        return [
            (
                re.search(r'href="[^"]+">([^<]+)</a>', one)[1],
                re.search(r'href="([^"]+)"', one)[1],
                re.search(r'<p class="small muted">(.*?)</p>', one, re.S)[1],
            )
            for one in found
        ]

    return look


def complete(course: Course, lea, *slugs: str) -> None:
    for hours, slug in enumerate(reversed(slugs), 1):
        lesson = course.lessons.get(slug=slug)
        at = timezone.now() - timedelta(hours=hours)
        Completion.objects.create(user=lea, lesson=lesson, completed_at=at)


def test_a_newcomer_gets_the_first_lesson_and_no_lab(steps, labs):
    assert steps() == [
        (
            "Start with the first lesson",
            "/learn/aws/buckets/",
            "It needs nothing but a little time.",
        )
    ]


def test_after_a_lesson_its_easiest_lab_comes_and_the_next_lesson_beside_it(
    steps, labs, course, lea
):
    complete(course, lea, "buckets")
    assert steps() == [
        ("Next lab", "/labs/easy/", "You completed “Buckets”: now do it yourself."),
        (
            "Next lesson",
            "/learn/aws/policies/",
            "You completed “Buckets”: this is what to read next.",
        ),
    ]


def test_a_lab_waits_for_every_lesson_that_it_needs(steps, labs, course, lea):
    complete(course, lea, "policies")
    assert "/labs/both/" not in [url for _action, url, _why in steps()]
    complete(course, lea, "buckets")
    for slug in ("easy", "hard"):
        make_grade(make_submission(lea, labs[slug]), 4)
    assert "/labs/both/" in [url for _action, url, _why in steps()]


def test_whoever_reads_goes_on_reading_and_may_do_what_they_read_about(steps, labs, course, lea):
    complete(course, lea, "buckets")
    course.lessons.get(slug="security-groups").remember_place(lea, "outbound-rules")
    assert [(action, url) for action, url, _why in steps()] == [
        ("Continue where you stopped", "/learn/aws/security-groups/#outbound-rules"),
        ("Next lab", "/labs/easy/"),
    ]


def test_who_stopped_before_the_first_heading_is_in_the_middle_as_well(steps, labs, course, lea):
    complete(course, lea, "buckets")
    course.lessons.get(slug="policies").remember_place(lea)
    assert steps()[0] == (
        "Continue where you stopped",
        "/learn/aws/policies/",
        "You stopped here.",
    )


def test_what_was_begun_is_to_be_finished_before_another_lab(steps, labs, course, lea):
    complete(course, lea, "buckets", "policies")
    make_grade(make_submission(lea, labs["both"]), 4)
    make_grade(make_submission(lea, labs["hard"]), 1)
    assert steps() == [
        (
            "Next lesson",
            "/learn/aws/security-groups/",
            "You completed “Policies”: this is what to read next.",
        ),
        ("Go on with a lab", "/labs/hard/", "You began it, and it is not passed yet."),
    ]


def test_when_all_is_read_labs_are_left(steps, labs, course, lea):
    complete(course, lea, "security-groups", "policies", "buckets")
    assert steps()[0][:2] == ("Next lab", "/labs/easy/")
    for slug in ("easy", "hard", "both", "last"):
        make_grade(make_submission(lea, labs[slug]), 4)
    assert steps() == [("Next lab", "/labs/homeless/", "You have read all that it needs.")]
    make_grade(make_submission(lea, labs["homeless"]), 4)
    assert steps() == []


def test_a_lab_of_a_heading_that_left_needs_only_the_others(steps, labs, course, lea):
    complete(course, lea, "policies")
    course.sections.filter(slug="what-a-bucket-is").update(archived_at=timezone.now())
    assert steps()[0][:2] == ("Next lab", "/labs/both/")


def test_titles_are_text(steps, labs, course, lea):
    course.lessons.filter(slug="buckets").update(title="<b>Buckets</b>")
    complete(course, lea, "buckets")
    assert steps()[0][2] == "You completed “&lt;b&gt;Buckets&lt;/b&gt;”: now do it yourself."
