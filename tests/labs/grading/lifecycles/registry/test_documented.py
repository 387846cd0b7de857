"""Examples of the Amazon ECR User Guide, "Examples of lifecycle policies in Amazon ECR"."""

from __future__ import annotations

import json

import pytest

from labs.grading.json_text import read_json
from labs.grading.lifecycles.registry.evaluation import Image, evaluate
from labs.grading.lifecycles.registry.reader import read_policy

TODAY = 30


def rule(priority: int, count: int, **selection: object) -> dict:
    """One that counts images, or days where it says so."""
    counted = {"countType": "imageCountMoreThan", "countNumber": count}
    if selection.pop("days", False):
        counted |= {"countType": "sinceImagePushed", "countUnit": "days"}
    return {
        "rulePriority": priority,
        "description": f"Rule {priority}",
        "selection": {**selection, **counted},
        "action": {"type": "expire"},
    }


def tagged(*prefixes: str) -> dict:
    return {"tagStatus": "tagged", "tagPrefixList": list(prefixes)}


def expired(rules: list[dict], images: dict[str, tuple[list[str], int]]) -> str:
    """Images by their letter: their tags, and how many days ago they were pushed."""
    read = read_policy(read_json(json.dumps({"rules": rules})))
    assert read.refusals == ()
    there = [Image(name, frozenset(tags), TODAY - ago) for name, (tags, ago) in images.items()]
    return "".join(there[place].name for place in sorted(evaluate(read.policy, there, TODAY)))


TWO_LISTS = {
    "A": (["beta-1", "prod-1"], 10),
    "B": (["beta-2", "prod-2"], 9),
    "C": (["beta-3"], 8),
}
SIX = {
    "A": (["alpha-1"], 12),
    "B": (["beta-1"], 11),
    "C": (["alpha-2", "beta-2"], 10),
    "D": (["alpha-3"], 4),
    "E": (["beta-3"], 3),
    "F": (["alpha-4", "beta-4"], 2),
}
EXCLUSIVE_NOT = {
    "A": (["alpha-1", "beta-1", "gamma-1"], 10),
    "B": (["alpha-2", "beta-2"], 9),
    "C": (["alpha-3", "beta-3", "gamma-2"], 8),
}
ALL = {"A": (["alpha-1"], 4), "B": (["beta-1"], 3), "C": ([], 2), "D": (["alpha-2"], 1)}


@pytest.mark.parametrize(
    ("rules", "images", "gone"),
    [
        # Filtering on image age
        (
            [rule(1, 14, tagStatus="untagged", days=True)],
            {"A": ([], 15), "B": ([], 14), "C": (["v1"], 20)},
            "A",
        ),
        # Filtering on image count
        ([rule(1, 1, tagStatus="untagged")], {"A": ([], 3), "B": (["v"], 2), "C": ([], 1)}, "A"),
        # Filtering on multiple rules: A, then B
        ([rule(1, 1, **tagged("prod")), rule(2, 1, **tagged("beta"))], TWO_LISTS, "A"),
        ([rule(1, 1, **tagged("beta")), rule(2, 1, **tagged("prod"))], TWO_LISTS, "AB"),
        # Filtering on multiple tags in a single rule: A, then B
        ([rule(1, 5, **tagged("alpha", "beta"), days=True)], SIX, "C"),
        ([rule(1, 1, **tagged("alpha", "beta"))], EXCLUSIVE_NOT, "AB"),
        # Filtering on all images
        ([rule(1, 1, tagStatus="any")], ALL, "ABC"),
        ([rule(1, 1, **tagged("alpha")), rule(2, 1, tagStatus="any")], ALL, "ABC"),
        (
            [
                rule(1, 1, **tagged("alpha")),
                rule(2, 1, tagStatus="untagged", days=True),
                rule(3, 1, tagStatus="any"),
            ],
            ALL,
            "ABC",
        ),
    ],
)
def test_what_the_guide_says_expires(rules: list[dict], images: dict, gone: str) -> None:
    assert expired(rules, images) == gone


def test_what_a_rule_selects_no_later_rule_expires() -> None:
    """The same guide, evaluation rules: also where the first rule lets it be."""
    rules = [rule(1, 100, **tagged("prod")), rule(2, 1, tagStatus="any", days=True)]
    assert expired(rules, {"A": (["prod-1"], 20), "B": (["dev-1"], 20)}) == "B"


def test_what_is_marked_already_still_counts() -> None:
    rules = [rule(1, 5, **tagged("beta"), days=True), rule(2, 2, tagStatus="any")]
    images = {"A": (["beta"], 9), "B": (["x"], 3), "C": (["y"], 2)}
    assert expired(rules, images) == "A"


@pytest.mark.parametrize(
    ("pattern", "tags", "fits"),
    [
        ("prod*", ["prod"], True),
        ("prod*", ["production-team1"], True),
        ("*prod*", ["repo-production"], True),
        ("*prod*", ["prod-team"], True),
        ("prod", ["prod-1"], False),
        ("prod*", ["Prod"], False),
    ],
)
def test_patterns_match_whole_tags(pattern: str, tags: list[str], fits: bool) -> None:
    """The same guide, "Lifecycle policy properties", tagPatternList."""
    selection = {"tagStatus": "tagged", "tagPatternList": [pattern]}
    assert bool(expired([rule(1, 1, **selection, days=True)], {"A": (tags, 9)})) is fits
