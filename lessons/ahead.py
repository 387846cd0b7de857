"""The sections that a course will have once its plan is applied, for those who plan further."""

from __future__ import annotations

from lessons.models import Section
from lessons.sync import CoursePlan
from lessons.writer import placed_sections, same_rows


def sections_ahead(plan: CoursePlan) -> dict[str, Section]:
    """By slug; a row that is there already has its key."""
    if plan.source is None:
        return {}
    keys = {new.slug: old.key for old, new in same_rows(plan.plan.sections)}
    return {
        heading.slug: Section(
            **({"pk": keys[heading.slug]} if heading.slug in keys else {}),
            slug=heading.slug,
            title=heading.title,
            position=position,
        )
        for position, heading, _lesson in placed_sections(plan.source)
    }
