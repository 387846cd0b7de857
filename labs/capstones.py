"""Capstones: labs of several kinds that tell one story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from labs.capstone_parts import CapstonePart
from labs.models import Lab
from lessons.models import Course
from lessons.phrases import ORIGINAL
from lessons.rendering import render


@dataclass(frozen=True, slots=True)
class Capstone:
    """As all readers of a language see it. `language` is the one of its words."""

    slug: str
    labs: tuple[Lab, ...]
    title: str
    summary: str
    story: str  # HTML
    language: str = ORIGINAL

    def __str__(self) -> str:
        return self.title

    @property
    def lang(self) -> str:
        """As rows say it."""
        return self.language

    @property
    def course(self) -> Course:
        return self.labs[0].course

    def get_absolute_url(self) -> str:
        return reverse("labs:capstone_detail", args=[self.slug])

    def step_of(self, lab: Lab) -> int:
        return 1 + [one.pk for one in self.labs].index(lab.pk)


def capstones_in(labs: Iterable[Lab]) -> dict[str, Capstone]:
    """By slug, in the order of their last steps in the course. Where a step was archived, the
    others are still told; without the first there is no story."""
    steps: dict[str, list[Lab]] = {}
    for lab in labs:
        if lab.capstone:
            slug = lab.capstone["slug"]
            steps[slug] = [*steps.pop(slug, []), lab]
    told = {slug: sorted(found, key=step_number) for slug, found in steps.items()}
    return {
        slug: capstone_of(slug, found) for slug, found in told.items() if step_number(found[0]) == 1
    }


def step_number(lab: Lab) -> int:
    return int(lab.capstone["step"])


def capstone_of(slug: str, labs: list[Lab]) -> Capstone:
    words = labs[0].capstone
    language = words.get("language", ORIGINAL)
    return Capstone(slug, tuple(labs), words["title"], words["summary"], words["story"], language)


def column_of(part: CapstonePart | None) -> dict[str, object]:
    """What the first step's row holds of the story, and the others of their place in it."""
    if part is None:
        return {}
    place: dict[str, object] = {"slug": part.slug, "step": part.step}
    return place | (words_column(part.words) if part.title else {})


def words_column(words: tuple[str, ...]) -> dict[str, object]:
    title, summary, story = words
    return {"title": title, "summary": summary, "story": render(story)}
