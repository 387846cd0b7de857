"""Search in what somebody may read: one function, two databases.

Every word must be there, whatever its ending; the last one may still be typed. Anything may be
asked: only letters and digits reach the database, each word quoted. The database marks matches;
HTML is made by the template alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from lessons.models import Section
from lessons.people import User

LENGTH = 200  # characters that are looked at
WORDS = 10
WORD_LENGTH = 60
HITS = 20
CUT = 7  # letters that a word may lose to its stem, as in "availab(ility)"

WORD = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['’]s\b")
ENDING = re.compile(r"(?:ing|ies|ed|es|[esy])$")
ROOT = 4  # letters that must be left of a word without its ending
# Too common to tell sections apart; a question may be asked in a sentence.
COMMON = """
a an and are as at be by can do does for from how i in is it of on or that the this to was what
when where which who why will with you your
"""
STOP_WORDS = frozenset(COMMON.split())
OPEN, CLOSE = "\x02", "\x03"  # around a match; plain text holds no control characters

Snippet = tuple[tuple[str, bool], ...]  # text, and whether it is a match


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    lesson: str
    course: str
    url: str
    snippet: Snippet


def search(text: str, user: User) -> list[Hit]:
    """The best sections first, at most HITS of them. Three queries;
    four where SQLite finds nothing at once."""
    words = words_of(text)
    courses = user.course_keys() if words else []
    marked = FINDERS[connection.vendor](words, courses) if courses else {}
    sections = Section.objects.select_related("lesson__course").defer(
        "text", "lesson__html", "lesson__contents"
    )
    rows = sections.in_bulk(list(marked))
    return [hit(rows[pk], text) for pk, text in marked.items() if pk in rows]


def words_of(text: str) -> list[str]:
    """Lower-case words of letters and digits, without the commonest ones."""
    plain = POSSESSIVE.sub("", unicodedata.normalize("NFC", text[:LENGTH]).lower())
    words = [word[:WORD_LENGTH] for word in WORD.findall(plain)]
    return [word for word in dict.fromkeys(words) if word not in STOP_WORDS][:WORDS]


def root_of(word: str) -> str:
    """Roughly, for lists too short for an index: what "policy" and "policies",
    "configure" and "configuring" begin with."""
    root = ENDING.sub("", word)
    return root if len(root) >= ROOT else word


def hit(section: Section, marked: str) -> Hit:
    lesson = section.lesson
    return Hit(
        title=section.title,
        lesson=lesson.title,
        course=lesson.course.title,
        url=section.get_absolute_url(),
        snippet=pieces(with_ellipses(marked, section.plain)),
    )


def with_ellipses(marked: str, plain: str) -> str:
    bare = marked.replace(OPEN, "").replace(CLOSE, "")
    return (
        ("" if plain.startswith(bare) else "… ") + marked + ("" if plain.endswith(bare) else " …")
    )


def pieces(marked: str) -> Snippet:
    found: list[tuple[str, bool]] = []
    for part in marked.replace("\n", " · ").split(OPEN):
        match, closed, rest = part.partition(CLOSE)
        found += [(match, True), (rest, False)] if closed else [(match, False)]
    return tuple((text, is_match) for text, is_match in found if text)


# --- SQLite ---------------------------------------------------------------------------------------

IN_SQLITE = """
SELECT section, snippet(lessons_section_fts, 2, %s, %s, '', 28)
FROM lessons_section_fts
WHERE lessons_section_fts MATCH %s AND rowid IN (
    SELECT found.rowid
    FROM lessons_section_fts AS found
    JOIN lessons_section AS section ON section.uuid = found.section
    JOIN lessons_lesson AS lesson ON lesson.id = section.lesson_id
    WHERE found.lessons_section_fts MATCH %s
      AND section.archived_at IS NULL AND lesson.archived_at IS NULL
      AND lesson.course_id IN (SELECT value FROM json_each(%s))
    ORDER BY bm25(lessons_section_fts, 0, 10, 1)
    LIMIT %s
)
ORDER BY bm25(lessons_section_fts, 0, 10, 1)
"""


def find_in_sqlite(words: Sequence[str], courses: Sequence[int]) -> dict[UUID, str]:
    """A word being typed may be longer than its stem ("securit", "secur"):
    then its beginnings are asked for."""
    *whole, last = (f'"{word}"' for word in words)
    typed = ask_sqlite(" AND ".join([*whole, f"{last}*"]), courses)
    stems = [f'"{words[-1][:end]}"' for end in range(max(3, len(words[-1]) - CUT), len(words[-1]))]
    return (
        typed
        if typed or not stems
        else ask_sqlite(" AND ".join([*whole, f"({' OR '.join(stems)})"]), courses)
    )


def ask_sqlite(query: str, courses: Sequence[int]) -> dict[UUID, str]:
    rows = ask(IN_SQLITE, [OPEN, CLOSE, query, query, json.dumps(list(courses)), HITS])
    return {UUID(key): marked for key, marked in rows}


# --- PostgreSQL -----------------------------------------------------------------------------------

# websearch_to_tsquery knows no word that is still being typed.
# Headlines are made of the best sections alone.
IN_POSTGRESQL = """
SELECT uuid, ts_headline('english', text, mark, options), ts_headline('simple', text, mark, options)
FROM (
    SELECT section.uuid, translate(section.plain, %s, %s) AS text, section.position,
           ts_rank('{0.1, 0.1, 0.1, 1}', section.search, wanted, 1) AS rank
    FROM lessons_section AS section
    JOIN lessons_lesson AS lesson ON lesson.id = section.lesson_id
    CROSS JOIN to_tsquery('english', %s) AS wanted
    WHERE section.search @@ wanted
      AND section.archived_at IS NULL AND lesson.archived_at IS NULL
      AND lesson.course_id = ANY(%s)
    ORDER BY rank DESC, section.position
    LIMIT %s
) AS best
CROSS JOIN to_tsquery('english', %s) AS mark
CROSS JOIN (VALUES (%s)) AS how (options)
ORDER BY rank DESC, position
"""
# ts_headline would leave out what looks like a tag, and take names of hosts and files for one word.
JOINING, HIDDEN = "<./", "\x01\x04\x05"
SHOWN = str.maketrans(HIDDEN, JOINING)
OPTIONS = f'StartSel="{OPEN}", StopSel="{CLOSE}", MaxWords=28, MinWords=20'


def find_in_postgresql(words: Sequence[str], courses: Sequence[int]) -> dict[UUID, str]:
    terms = [f"'{word}'" for word in words]
    terms[-1] += ":*"
    rows = ask(
        IN_POSTGRESQL,
        [JOINING, HIDDEN, " & ".join(terms), list(courses), HITS, " | ".join(terms), OPTIONS],
    )
    # Stems mark every form of a word; a word that is still being typed is marked as written.
    best = {
        key: max(headlines, key=lambda headline: headline.count(OPEN)) for key, *headlines in rows
    }
    return {key: marked.translate(SHOWN) for key, marked in best.items()}


def ask(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


FINDERS: dict[str, Callable[[Sequence[str], Sequence[int]], dict[UUID, str]]] = {
    "sqlite": find_in_sqlite,
    "postgresql": find_in_postgresql,
}
