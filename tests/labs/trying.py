"""Lessons in whose text something can be tried."""

from __future__ import annotations

from lessons.models import Lesson
from lessons.tries import Try
from lessons.try_html import try_html

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Work", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
    {"Sid": "Keep", "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"}
  ]
}"""
OBJECT = "arn:aws:s3:::reports/may.csv"


def make_try(slug: str, kind: str, **start: str) -> Try:
    """`start` is what stands there, a name for each text; `_` is for `-`."""
    return Try(
        section="buckets",
        slug=slug,
        kind=kind,
        title="What is so?",
        text="Decide first, then ask.",
        fallback="Nothing can be tried *here*.",
        start=tuple((name.replace("_", "-"), text) for name, text in start.items()),
        answer="",
        ideas=(),
        place="",
    )


IN_A_BLOCK = make_try("in-a-block", "block", block="10.0.1.64/26", address="10.0.1.130")
MAY_ADA = make_try("may-ada", "request", policy=POLICY, action="s3:GetObject", resource=OBJECT)


def put_in(lesson: Lesson, *tries: Try) -> None:
    """As a sync writes it."""
    lesson.html = "<p>Before.</p>" + "".join(map(try_html, tries)) + "<p>After.</p>"
    lesson.tries = [one.as_json() for one in tries]
    lesson.save()
