"""What other apps' pages show of labs."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from labs.language import in_language
from labs.models import Lab
from labs.progress import labs_by_lesson, with_progress
from lessons.models import Course, Lesson

register = template.Library()


@register.inclusion_tag("labs/_lesson_labs.html", takes_context=True)
def lesson_labs(context: template.Context, lesson: Lesson) -> dict[str, object]:
    """The labs that belong to a lesson's sections, with the reader's state. Two queries,
    one where there is no lab."""
    labs = (
        Lab.objects.live()
        .filter(sections__lesson=lesson, sections__archived_at__isnull=True)
        .distinct()
    )
    return {"labs": with_progress(labs, context["request"].user)}


@register.simple_tag(takes_context=True, name="labs_by_lesson")
def labs_by_lesson_tag(context: template.Context, course: Course) -> dict[int, list[Lab]]:
    """`{% labs_by_lesson course as labs %}`, then `{% for lab in labs|of:lesson.pk %}` beside each
    lesson."""
    return labs_by_lesson(context["request"].user, course)


@register.filter
def of(shelves: Mapping[int, list[Lab]], pk: int) -> list[Lab]:
    return shelves.get(pk, [])


@register.filter
def in_words(text: str) -> str:
    """An engine's words in the reader's language, where no mark of the language fits."""
    return in_language(text)


@register.filter
def lines(text: str) -> list[str]:
    """As they are numbered: by line feeds alone (str.splitlines would also break at odd
    characters)."""
    return text.split("\n")


@register.filter
def said(text: str) -> str:
    """An engine's words in the reader's language; marked as English where they stay so."""
    words = in_language(text)
    if words != text or get_language() == "en":
        return words
    return format_html('<span lang="en">{}</span>', words)
