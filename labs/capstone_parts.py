"""Labs that are told as one story, a capstone: what the folder of each says of it.

[capstone]                 in lab.toml of each of its labs
slug = "first-account"     which story
step = 1                   1, 2, 3 … in the order of the story
title = "…"                in the first step only, as `summary`;
summary = "…"              the story is `story.md` beside it
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from labs.grading.errors import SpecError
from labs.grading.toml_table import Table
from labs.slugs import SLUG

STORY = "story.md"
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class CapstonePart:
    """`title`, `summary` and `story` (Markdown) stand in the first step."""

    slug: str
    step: int
    title: str = ""
    summary: str = ""
    story: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return self.title, self.summary, self.story


class Telling(Protocol):
    """A lab that may be a step of a capstone."""

    @property
    def slug(self) -> str: ...

    @property
    def course(self) -> str: ...

    @property
    def capstone(self) -> CapstonePart | None: ...


def read_part(lab: Table, texts: Mapping[str, str]) -> CapstonePart | None:
    """None: a lab by itself. SpecError names file and key."""
    if not lab.mapping("capstone"):
        if STORY in texts:
            raise SpecError(
                f"{STORY} belongs to the first step of a capstone: [capstone] is missing"
            )
        return None
    table = lab.table("capstone")
    slug, step = read_slug(table), table.number("step", least=1, most=MOST_STEPS)
    if step > 1:
        if STORY in texts:
            raise SpecError(f"{STORY} belongs to the first step of a capstone; this is step {step}")
        return CapstonePart(slug, step)
    if STORY not in texts:
        raise SpecError(f"{STORY} is missing: the first step of a capstone tells its story")
    return CapstonePart(slug, step, table.text("title"), table.text("summary"), texts[STORY])


def read_slug(table: Table) -> str:
    """It stands in the address of the capstone's page."""
    slug = table.text("slug")
    if not SLUG.fullmatch(slug):
        raise table.error("slug", "may hold small letters, digits and single hyphens")
    return slug


def check_capstones(labs: Iterable[Telling]) -> None:
    """SpecError where a story has a step twice or none, or is in two courses."""
    stories: dict[str, dict[int, Telling]] = {}
    for lab in labs:
        if part := lab.capstone:
            steps = stories.setdefault(part.slug, {})
            if part.step in steps:
                raise step_error(lab, f"{steps[part.step].slug} is step {part.step} already")
            steps[part.step] = lab
    for steps in stories.values():
        check_steps(steps)


def check_steps(steps: Mapping[int, Telling]) -> None:
    last = steps[max(steps)]
    missing = [number for number in range(1, max(steps)) if number not in steps]
    if missing:
        raise step_error(last, f"no lab is step {missing[0]}")
    for lab in steps.values():
        if lab.course != last.course:
            raise step_error(lab, f"the story is told in course {last.course}, too")


def step_error(lab: Telling, words: str) -> SpecError:
    return SpecError(f"{lab.slug}: lab.toml: capstone.step: {words}")
