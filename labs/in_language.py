"""Rows of labs as readers of another language see them. They are loaded to be shown and never
saved: a sync alone writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from labs.models import Lab, Translation, Variant
from lessons.phrases import ORIGINAL

Found = dict[int, Translation]  # by the lab's key


def put_in_language(labs: Iterable[Lab], language: str) -> Found:
    """What is not translated stays as it is, and says so by its `language`. One query, none for the
    originals'."""
    if language == ORIGINAL:
        return {}
    rows = Translation.objects.filter(lab__in=[lab.pk for lab in labs], language=language)
    found = {row.lab_id: row for row in rows}
    for lab in labs:
        if row := found.get(lab.pk):
            put(lab, row)
    return found


def put(lab: Lab, row: Translation) -> None:
    lab.title, lab.summary = row.title, row.summary
    lab.objectives = row.objectives or lab.objectives
    if row.capstone and lab.capstone:
        lab.capstone = lab.capstone | row.capstone | {"language": row.language}
    lab.is_behind, lab.language = row.is_behind, row.language


def put_task_in_language(variant: Variant, row: Translation) -> None:
    """Each text by itself. No query."""
    texts: Mapping[str, Any] = row.variants.get(str(variant.number), {})
    if brief := texts.get("brief"):
        variant.brief_html, variant.brief_language = brief, row.language
    if explanation := texts.get("explanation"):
        variant.explanation_html, variant.explanation_language = explanation, row.language
    if hints := texts.get("hints"):
        variant.hints, variant.hints_language = hints, row.language
    variant.words = texts.get("words", {})
