"""One evaluation of a policy over the images that are there.

Amazon ECR User Guide, "How lifecycle policies work": an image is expired by one rule or none; what
matches the tagging requirements of a rule cannot be expired by a rule of lower priority; rules
never mark what is marked already, but still identify it as if it had not expired; older images
always go first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labs.grading.lifecycles.registry.policy import Policy, Rule, Tags


@dataclass(slots=True)
class Image:
    """`pushed` is the day of its push; images are kept in the order of their pushes. `expired` and
    `by`: when it went, and by which rule."""

    name: str
    tags: Tags
    pushed: int
    expired: int | None = None
    by: Rule | None = None
    first_tags: Tags = frozenset()


def evaluate(policy: Policy, images: Sequence[Image], day: int) -> Mapping[int, Rule]:
    """Which of the images, by their place, expire on this day, and by which rule. `images` are
    those that are there, the oldest first."""
    identified: dict[int, list[int]] = {}
    for place, image in enumerate(images):
        for number in policy.selecting(image.tags):
            identified.setdefault(number, []).append(place)
    claimed: set[int] = set()
    expired: dict[int, Rule] = {}
    for number in sorted(identified):
        rule = policy.rules[number]
        for place in due(rule, identified[number], images, day):
            if place not in claimed:
                expired[place] = rule
        claimed.update(identified[number])
    return expired


def due(rule: Rule, identified: Sequence[int], images: Sequence[Image], day: int) -> Sequence[int]:
    """Those above the count, the oldest first; or those older than so many days."""
    if rule.counts_images:
        return identified[: max(0, len(identified) - rule.count)]
    return [place for place in identified if day - images[place].pushed > rule.count]
