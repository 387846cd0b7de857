"""A repository over some days: images are pushed, tags move, and once a day the policy is carried
out.

A tag belongs to one image: whoever pushes it again takes it from the image that had it, which may
be left without any (Amazon ECR User Guide: Pushing an image, tag mutability).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labs.grading.lifecycles.registry.evaluation import Image, evaluate
from labs.grading.lifecycles.registry.policy import Policy, Tags


@dataclass(frozen=True, slots=True)
class Push:
    """On which day, counted from the repository's first, which tags; `name` is for tables."""

    day: int
    tags: Tags
    name: str = ""


def run(policy: Policy, pushes: Sequence[Push], last_day: int) -> list[Image]:
    """Every image that was pushed, with what became of it until the end of `last_day`. `pushes`
    are in their order."""
    images: list[Image] = []
    waiting = list(pushes)
    for day in days_that_matter(policy, pushes, last_day):
        while waiting and waiting[0].day <= day:
            push(images, waiting.pop(0))
        there = [one for one in images if one.expired is None]
        for place, rule in evaluate(policy, there, day).items():
            there[place].expired, there[place].by = day, rule
    return images


def push(images: list[Image], new: Push) -> None:
    for image in images:
        if image.tags & new.tags:
            image.tags -= new.tags
    images.append(Image(new.name, new.tags, new.day, first_tags=new.tags))


def days_that_matter(policy: Policy, pushes: Iterable[Push], last_day: int) -> list[int]:
    """On all other days nothing is due that was not due the day before."""
    ages = {rule.count + 1 for rule in policy.rules if not rule.counts_images}
    days = {push.day for push in pushes}
    days |= {day + age for day in days for age in ages}
    return sorted(day for day in days if day <= last_day)
