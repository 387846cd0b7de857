"""Was it taught before it is asked? A lab is done after its lesson: the home of its first section.
Everything else that it names stands in that lesson or in one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from labs.source import LabSource
from lessons.source import CourseSource


def too_early(lab: LabSource, course: CourseSource | None) -> list[str]:
    """What is wrong, in words; nothing for a lab without sections, or without a course."""
    if course is None or not lab.sections:
        return []
    places = lesson_places(course)
    unknown = [slug for slug in named_in(lab) if slug not in places]
    if unknown:
        return [f"the course has no section {slug!r}" for slug in unknown]
    home = places[lab.sections[0]]
    late = [slug for slug in named_in(lab) if places[slug] > home]
    return [
        f"{slug!r} is taught in {course.lessons[places[slug]].slug}, after the lab's lesson "
        f"{course.lessons[home].slug}"
        for slug in late
    ]


def all_too_early(labs: Iterable[LabSource], courses: Iterable[CourseSource]) -> Iterator[str]:
    by_slug = {course.slug: course for course in courses}
    for lab in labs:
        for words in too_early(lab, by_slug.get(lab.course)):
            yield f"{lab.slug}: {words}"


def lesson_places(course: CourseSource) -> dict[str, int]:
    """Of a section's slug: which lesson it is in, from 0."""
    return {
        section.heading.slug: place
        for place, lesson in enumerate(course.lessons)
        for section in lesson.sections
    }


def named_in(lab: LabSource) -> list[str]:
    """The sections that the lab belongs to, and those that its findings lead to."""
    led_to = (slug for variant in lab.variants for slug in sections_in(variant.table))
    return list(dict.fromkeys([*lab.sections, *led_to]))


def sections_in(value: object) -> Iterator[str]:
    """Of every `section = "…"` in a spec, however deep."""
    if isinstance(value, Mapping):
        if isinstance(slug := value.get("section"), str):
            yield slug
        for inner in value.values():
            yield from sections_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from sections_in(inner)
