"""A lab about a repository of Amazon ECR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.grading.json_document import JsonDocument
from labs.grading.lifecycles.comparison.fates import Fate, Gap, State
from labs.grading.lifecycles.comparison.repositories import (
    Repository,
    Sort,
    repositories,
    smaller,
)
from labs.grading.lifecycles.exercise.world import Cause, Read
from labs.grading.lifecycles.registry.days import Push, run
from labs.grading.lifecycles.registry.evaluation import Image
from labs.grading.lifecycles.registry.policy import ANY, Policy, Rule, Tags
from labs.grading.lifecycles.registry.reader import read_policy
from labs.grading.refusal import Refusal
from labs.grading.said import Said, filled, joined, say

THERE = say("there")
MOST_TOLD, MOST_SHRUNK = 12, 40
BETWEEN = " + "  # tags of one image
LOOK_AT_RULE = say("Look at rule {rule}: it takes this image.")
KEEPS = say("Rule {rule} selects this image and does not let it go: look at its count.")
CLAIMED = say("Rule {rule} selects this image first and keeps it, so no later rule can let it go.")
NOBODY = say("No rule selects an image with these tags: {tags}.")
NO_TAGS = say("No rule selects an image without tags.")


@dataclass(frozen=True, slots=True)
class RegistryWorld:
    pushes: tuple[Push, ...]
    last_day: int
    sorts: tuple[Sort, ...]

    def read(self, document: JsonDocument) -> Read:
        found = read_policy(document)
        return Read(found.policy, found.refusals)

    def named(self, rules: Policy) -> dict[str, list[Fate]]:
        images = run(rules, self.pushes, self.last_day)
        return {one.name: [fate(one, place, "")] for place, one in enumerate(images)}

    def cases(self, rules: Sequence[Policy]) -> Iterator[Repository]:
        return repositories(self.sorts, rules)

    def fates(self, rules: Policy, case: Repository, both: Sequence[Policy]) -> list[Fate]:
        images = run(rules, case.pushes, case.last_day)
        return [fate(one, place, told_tags(one)) for place, one in enumerate(images)]

    def smaller(self, case: Repository) -> Iterator[Repository]:
        return smaller(case) if len(case.pushes) <= MOST_SHRUNK else iter(())

    def told(self, case: Repository) -> str:
        shown: list[str] = [pushed(one) for one in case.pushes[:MOST_TOLD]]
        more = len(case.pushes) - MOST_TOLD
        if more > 0:
            shown.append(say("{number} more", number=more))
        return joined(shown, ", ")

    def cause(self, rules: Policy, gap: Gap, case: Repository | None, subject: str) -> Cause:
        if gap.too_much and gap.mine and gap.mine.by:
            return Cause(filled(LOOK_AT_RULE, rule=gap.mine.by), gap.mine.path)
        pushes = case.pushes if case else self.pushes
        return why_kept(rules, image_on(rules, pushes, gap, subject))

    def day(self, day: int) -> str:
        return say("day {day}", day=day)

    def warnings(self, rules: Policy) -> list[Refusal]:
        tags = [one.tags for one in self.pushes]
        tags += [sort.push(0, number).tags for sort in self.sorts for number in (1, 42)]
        return [found for rule in rules.rules for found in warnings_of(rule, tags)]


def image_on(rules: Policy, pushes: Sequence[Push], gap: Gap, subject: str) -> Tags:
    """The tags that the subject has on the day of the gap."""
    images = run(rules, [one for one in pushes if one.day <= gap.day], gap.day)
    found = [one for one in images if subject in (one.name, label(one))] or images
    return found[0].tags if found else frozenset()


def why_kept(rules: Policy, tags: Tags) -> Cause:
    """The first rule that selects it decides."""
    selecting = [rule for rule in rules.rules if rule.selects(tags)]
    if not selecting:
        return Cause(filled(NOBODY, tags=", ".join(sorted(tags))) if tags else NO_TAGS)
    words = CLAIMED if len(selecting) > 1 else KEEPS
    return Cause(filled(words, rule=selecting[0].priority), (*selecting[0].path, "selection"))


def label(image: Image) -> str:
    return BETWEEN.join(sorted(image.first_tags)) or image.name


def pushed(one: Push) -> Said:
    tags = BETWEEN.join(sorted(one.tags))
    if not tags:
        return say("an image without tags (day {day})", day=one.day)
    return say("{tags} (day {day})", tags=tags, day=one.day)


def told_tags(image: Image) -> Said | str:
    return BETWEEN.join(sorted(image.first_tags)) or say("the image without tags")


def fate(image: Image, place: int, name: Said | str) -> Fate:
    states = [State(image.pushed, 0, THERE)]
    if image.expired is not None and image.by:
        by = str(image.by.priority)
        words = say("expired by rule {rule}", rule=by)
        states.append(State(image.expired, 1, words, "expired", by, image.by.path))
    return Fate(("image", place), name, tuple(states))


def warnings_of(rule: Rule, tags: Sequence[Tags]) -> Iterator[Refusal]:
    """A rule that selects none of the lab's images, and why, where that is plain."""
    if rule.status == ANY or any(rule.selects(one) for one in tags):
        return
    texts = rule.prefixes or rule.patterns
    if not texts:
        return
    key = "tagPrefixList" if rule.prefixes else "tagPatternList"
    path = (*rule.path, "selection", key)
    if len(texts) > 1:
        words = say("Write a rule for each of these: an image must match all of one list.")
        yield Refusal("lifecycle.all-of-them", words, path)
    else:
        words = say("Look at {text}: no image of this lab has such a tag.", text=texts[0][:60])
        yield Refusal("lifecycle.selects-nothing", words, path)
