"""A lifecycle policy of Amazon ECR, and which images each of its rules selects.

Amazon ECR User Guide: Lifecycle policy properties (lifecycle_policy_parameters).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from labs.grading.json_document import Path
from labs.grading.wildcards.globs import glob

TAGGED, UNTAGGED, ANY = "tagged", "untagged", "any"
MORE_THAN, SINCE_PUSHED = "imageCountMoreThan", "sinceImagePushed"
Tags = frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """`count` is a number of images, or of days. `path` leads to the rule in the answer."""

    priority: int
    status: str
    prefixes: tuple[str, ...]
    patterns: tuple[str, ...]
    counts_images: bool
    count: int
    path: Path = ()

    def selects(self, tags: Tags) -> bool:
        """Does an image with these tags match the rule's tagging requirements? Every prefix, or
        pattern, must be matched by one of its tags (the same guide: "only images with all
        specified tags are selected")."""
        if self.status == ANY:
            return True
        if self.status == UNTAGGED or not tags:
            return self.status == UNTAGGED and not tags
        return all(any(tag.startswith(one) for tag in tags) for one in self.prefixes) and all(
            any(glob(one).matches(tag) for tag in tags) for one in self.patterns
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """Its rules, the lowest priority number first. `known` keeps what was asked before: the same
    tags come again and again."""

    rules: tuple[Rule, ...]
    known: dict[Tags, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def selecting(self, tags: Tags) -> tuple[int, ...]:
        """The places of the rules that select an image with these tags."""
        if tags not in self.known:
            self.known[tags] = tuple(
                place for place, rule in enumerate(self.rules) if rule.selects(tags)
            )
        return self.known[tags]
