"""Which lessons say something else since somebody read them, and what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache

from lessons.earlier_texts import EarlierText
from lessons.editions import Edition
from lessons.keeping_texts import plain, texts_of
from lessons.models import Completion, Lesson, Place, Section
from lessons.people import User

MOST_WORDS = 4000  # of a section, before and now together: beyond, line by line
AROUND = 12  # words before and after a change
WORD = re.compile(r"\S+|\n")


def changed_lessons(edition: Edition, user: User) -> list[Lesson]:
    """Completed before their words were changed, and not read since. No query where no lesson ever
    changed, else one."""
    changed = edition.changed
    if not changed:
        return []
    rows = Completion.objects.filter(user=user.pk, lesson__in=list(changed))
    old = {
        lesson
        for lesson, completed_at, read_at in rows.values_list("lesson", "completed_at", "read_at")
        if last(completed_at, read_at) < changed[lesson]
    }
    return [lesson for lesson in edition.lessons if lesson.pk in old]


def read_before_change(edition: Edition, lesson: Lesson, user: User) -> datetime | None:
    """When `user` read what is no longer so. No query where the lesson never changed, else one, two
    for whoever has not completed it."""
    changed = edition.changed.get(lesson.pk)
    at = last_read(lesson, user) if changed else None
    return at if at and changed and at < changed else None


def last_read(lesson: Lesson, user: User) -> datetime | None:
    rows = Completion.objects.filter(user=user.pk, lesson=lesson.pk)
    if times := rows.values_list("completed_at", "read_at").first():
        return last(*times)
    stopped = Place.objects.filter(user=user.pk, lesson=lesson.pk)
    return stopped.values_list("seen_at", flat=True).first()


def last(completed_at: datetime, read_at: datetime | None) -> datetime:
    return max(completed_at, read_at or completed_at)


# --- What is different ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    kind: str  # same, added, removed or left out
    text: str


@dataclass(frozen=True, slots=True)
class SectionDifference:
    """`state`: added, removed, moved or changed; `url` leads to where it is now."""

    state: str
    title: str
    title_before: str
    url: str
    pieces: tuple[Piece, ...]


def difference_since(edition: Edition, lesson: Lesson, at: datetime) -> list[SectionDifference]:
    """Between what the lesson said then and what it says now."""
    rows = EarlierText.objects.filter(lesson=lesson.pk, until__gt=at)
    key = rows.values_list("pk", flat=True).first()
    return list(differences(key, edition.course.edition)) if key else []


@lru_cache(maxsize=256)
def differences(earlier: int, _edition: str) -> tuple[SectionDifference, ...]:
    """The same for all who read it then, until the next sync."""
    row = EarlierText.objects.select_related("lesson__course").get(pk=earlier)
    before = {one["key"]: one for one in row.sections}
    now = {one["key"]: one for one in texts_of([row.lesson_id])[row.lesson_id]}
    return tuple(
        found
        for key in dict.fromkeys([*now, *before])
        if (found := difference(before.get(key), now.get(key), elsewhere(row, before, now)))
    )


def elsewhere(
    row: EarlierText, before: Mapping[str, object], now: Mapping[str, object]
) -> dict[str, Section]:
    """Where sections are that left the lesson, and those that came to it from another."""
    keys = before.keys() ^ now.keys()
    rows = Section.objects.live().filter(pk__in=keys).select_related("lesson__course")
    return {str(one.pk): one for one in rows.defer("text", "plain")}


def difference(
    before: Mapping[str, str] | None, now: Mapping[str, str] | None, rows: Mapping[str, Section]
) -> SectionDifference | None:
    if before and now:
        if plain([before]) == plain([now]):
            return None
        pieces = tuple(short(word_pieces(before["text"], now["text"])))
        if before["text"].split() == now["text"].split():
            pieces = ()
        return SectionDifference("changed", now["title"], before["title"], "", pieces)
    if now:
        row = rows.get(now["key"])
        pieces = (Piece("added", now["text"]),) if now["text"] else ()
        return SectionDifference("added", now["title"], "", f"#{row.slug}" if row else "", pieces)
    if before:
        return gone(before, rows.get(before["key"]))
    return None


def gone(before: Mapping[str, str], row: Section | None) -> SectionDifference:
    if row:
        return SectionDifference("moved", row.title, before["title"], row.get_absolute_url(), ())
    pieces = (Piece("removed", before["text"]),) if before["text"] else ()
    return SectionDifference("removed", before["title"], "", "", pieces)


def word_pieces(before: str, now: str) -> Iterator[Piece]:
    left, right = WORD.findall(before), WORD.findall(now)
    if len(left) + len(right) > MOST_WORDS:
        left, right = before.splitlines(keepends=True), now.splitlines(keepends=True)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for what, begin, end, start, stop in matcher.get_opcodes():
        if what == "equal":
            yield Piece("same", joined(left[begin:end]))
        if what in ("delete", "replace"):
            yield Piece("removed", joined(left[begin:end]))
        if what in ("insert", "replace"):
            yield Piece("added", joined(right[start:stop]))


def joined(words: list[str]) -> str:
    return re.sub(r" ?\n ?", "\n", " ".join(words))


def short(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """What stayed is shown as far as it stands around a change."""
    found = list(pieces)
    for number, piece in enumerate(found):
        words = piece.text.split(" ")
        head = words[:AROUND] if number else []
        tail = words[-AROUND:] if number + 1 < len(found) else []
        if piece.kind != "same" or len(words) <= len(head) + len(tail):
            yield piece
        else:
            if head:
                yield Piece("same", " ".join(head))
            yield Piece("left out", "…")
            if tail:
                yield Piece("same", " ".join(tail))
