"""What other apps' pages show of labs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from labs.grading.network.topology.picture import draw
from labs.models import Lab
from labs.progress import labs_by_lesson, with_progress
from lessons.models import Course, Lesson

register = template.Library()


@register.inclusion_tag("labs/_lesson_labs.html", takes_context=True)
def lesson_labs(context: template.Context, lesson: Lesson) -> dict[str, Any]:
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
def lines(text: str) -> list[str]:
    """As they are numbered: by line feeds alone (str.splitlines would also break at odd
    characters)."""
    return text.split("\n")


@register.filter
def outcome(words: str) -> str:
    """The bare words of the engines in the reader's language; their sentences are English."""
    known = {
        "allow": _("allowed"),
        "Allowed": _("allowed"),
        "deny": _("denied"),
        "ImplicitlyDenied": _("denied, because nothing allows it"),
        "ExplicitlyDenied": _("denied by a Deny"),
    }
    return known[words] if words in known else format_html('<span lang="en">{}</span>', words)


@register.filter
def several(value: object) -> list[object]:
    """A value, or each of a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


@register.filter
def that_apply(statements: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [statement for statement in statements if statement["applies"]]


@register.filter
def that_do_not_apply(statements: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [statement for statement in statements if not statement["applies"]]


@register.filter
def marked_lines(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The lines that the learner named; the others would give the rest away."""
    return [row for row in rows if row["marked"]]


@register.simple_tag
def walk_picture(drawing: Mapping[str, Any], walk: Mapping[str, Any], number: int) -> SafeString:
    """The SVG of a walk, built from escaped text alone; `number` keeps its ids apart from those of
    others."""
    return mark_safe(draw(drawing, walk, name=f"walk-{number}"))  # noqa: S308
