"""Labs as pages that can be found: by their words, by what they are about, and by "lab"."""

from __future__ import annotations

from collections.abc import Sequence

from labs.models import Lab
from labs.shelves import shelves_of
from lessons.models import Course
from lessons.people import User
from lessons.rendering import plain_text
from lessons.search import Hit, Marks
from lessons.searching.building import Entry
from lessons.searching.snippets import snippet

LAB = "lab"
CALLED = ("lab", "exercise")
BESIDE_READING = 0.5  # one reads before one does
HARDER = 0.85  # for each step of difficulty


def lab_entries(course: Course) -> list[Entry]:
    rows = course.labs.live().select_related("home")
    rows = rows.prefetch_related("sections", "variants", "translations")
    return [lab_entry(lab) for lab in rows.order_by("position", "difficulty", "slug")]


def lab_entry(lab: Lab) -> Entry:
    """By its titles in every language. The statement is the first variant's; nothing of what is
    expected is in it."""
    sections = [one for one in lab.sections.all() if one.archived_at is None]
    variants = [one for one in lab.variants.all() if one.archived_at is None][:1]
    statement = [plain_text(one.brief_html) for one in variants]
    return Entry(
        key=f"{LAB}:{lab.slug}",
        titles=(
            (lab.title, 4.0),
            (lab.summary, 1.0),
            (lab.kind.replace("-", " "), 1.0),
            *((one.title, 3.0 if one == lab.home else 0.5) for one in sections),
            *((one.title, 4.0) for one in lab.translations.all()),
            *((one.summary, 1.0) for one in lab.translations.all()),
        ),
        text="\n".join([lab.summary, *lab.objectives, *statement]),
        worth=BESIDE_READING * HARDER ** (lab.difficulty - 1),
        called=CALLED,
    )


def lab_hits(user: User, keys: Sequence[str], marks: Marks) -> dict[str, Hit]:
    """No query, but for the first after a sync."""
    known = {slug: lab for shelf in shelves_of(user) for slug, lab in shelf.by_slug.items()}
    return {key: lab_hit(known[key], marks) for key in keys if key in known}


def lab_hit(lab: Lab, marks: Marks) -> Hit:
    home = lab.home.lesson if lab.home and lab.home.archived_at is None else None
    return Hit(
        title=lab.title,
        place=home.title if home else "",
        course=lab.course.title,
        url=lab.get_absolute_url(),
        snippet=snippet(lab.summary, marks),
        part=LAB,
        language=lab.language,
        place_language=home.language if home else lab.language,
    )
