"""Lessons that ask something, and learners who answer it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.test import Client

from labs.grading.quiz.reading import read_questions
from labs.quiz.models import QuizQuestion
from labs.quiz.rendering import rendered
from labs.quiz.sync import hash_of
from lessons.models import Lesson, Section

SAMPLES = {
    question.slug: question
    for question in read_questions(
        (Path(__file__).parents[1] / "grading" / "quiz" / "samples.toml").read_text(),
        "samples.toml",
    )
}
HTMX = {"HX-Request": "true"}


def ask(lesson: Lesson, *slugs: str) -> list[QuizQuestion]:
    """As a sync writes them, in this order."""
    return [
        QuizQuestion.objects.create(
            course=lesson.course,
            lesson=lesson,
            section=lesson.sections.first(),
            slug=slug,
            kind=SAMPLES[slug].kind,
            level=SAMPLES[slug].level,
            position=position,
            table=rendered(SAMPLES[slug]),
            content_hash=hash_of(SAMPLES[slug]),
        )
        for position, slug in enumerate(slugs, start=1)
    ]


def teach(lesson: Lesson, slug: str) -> Section:
    """A section of this slug, for what is practised there."""
    number = lesson.course.sections.count() + 1
    return Section.objects.create(
        course=lesson.course,
        lesson=lesson,
        slug=slug,
        title=slug.replace("-", " ").capitalize(),
        level=2,
        position=number,
        content_hash=f"hash-of-{slug}",
    )


def address(row: QuizQuestion) -> str:
    return f"/quiz/{row.course.slug}/{row.lesson.slug}/{row.slug}/"


def read(client: Client, row: QuizQuestion, query: str = "") -> str:
    answer = client.get(address(row) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def fields_in(html: str) -> dict[str, str]:
    """What a form sends without anybody choosing."""
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def key_for(html: str, text: str) -> str:
    """Of the option that says this."""
    found = re.search(rf'value="(\w+)"[^>]*>\s*<span lang="en">{re.escape(text)}</span>', html)
    assert found, f"there is no option {text!r}"
    return found[1]


def reply(client: Client, row: QuizQuestion, *, htmx: bool = True, **fields: Any) -> str:
    """Reads the question and answers it, with an option's text or with fields of the form."""
    html = read(client, row, "?again")
    option = fields.pop("option", None)
    sent = fields_in(html) | ({"chosen": key_for(html, option)} if option else {}) | fields
    answer = client.post(
        f"{address(row)}answer/", sent, headers=HTMX if htmx else {}, follow=not htmx
    )
    assert answer.status_code == 200
    return str(answer.content.decode())


def said(html: str) -> str:
    """The headline of a verdict; nothing where there is none."""
    found = re.search(r'id="quiz-said"[^>]*>([^<]*)<', html)
    return found[1].strip() if found else ""
