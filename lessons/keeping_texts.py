"""Keep what changed lessons said, while they are written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from lessons.earlier_texts import KEPT_A_LESSON, EarlierText
from lessons.models import Section

Texts = dict[int, list[dict[str, str]]]  # lesson → its sections


def texts_of(lessons: Collection[int]) -> Texts:
    rows = Section.objects.live().filter(lesson__in=lessons).order_by("position")
    found: Texts = defaultdict(list)
    for row in rows.defer("text"):
        section = {"key": str(row.pk), "title": row.title, "text": row.plain}
        found[row.lesson_id].append(section)
    return found


def keep_texts(before: Texts, *, until: datetime) -> None:
    """Of the lessons whose words are others now; a layout is no other word."""
    now = texts_of(before)
    changed = {lesson: text for lesson, text in before.items() if plain(text) != plain(now[lesson])}
    EarlierText.objects.bulk_create(
        EarlierText(lesson_id=lesson, until=until, sections=text)
        for lesson, text in changed.items()
    )
    forget_oldest(changed)


def plain(sections: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Where lines break is no other word."""
    return [(one["key"], one["title"], *one["text"].split()) for one in sections]


def forget_oldest(lessons: Collection[int]) -> None:
    keys: dict[int, list[Any]] = defaultdict(list)
    kept = EarlierText.objects.filter(lesson__in=lessons).order_by("-until", "-pk")
    for lesson, key in kept.values_list("lesson", "pk"):
        keys[lesson].append(key)
    old = [key for found in keys.values() for key in found[KEPT_A_LESSON:]]
    EarlierText.objects.filter(pk__in=old).delete()
