"""What the registry would refuse, and where."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from labs.grading.errors import AnswerError
from labs.grading.json_text import read_json
from labs.grading.lifecycles.registry.days import Push, run
from labs.grading.lifecycles.registry.reader import read_policy
from tests.labs.grading.test_cli_examples import place, rows

SELECTION = {
    "tagStatus": "untagged",
    "countType": "sinceImagePushed",
    "countUnit": "days",
    "countNumber": 7,
}


def rule(priority: object = 1, **selection: object) -> dict[str, Any]:
    found = {key: one for key, one in (SELECTION | selection).items() if one is not None}
    return {"rulePriority": priority, "selection": found, "action": {"type": "expire"}}


def read(*rules: object):
    return read_policy(read_json(json.dumps({"rules": list(rules)})))


def documented(*keys: str) -> list[dict[str, Any]]:
    return [row for row in rows("documents") if set(keys) & set(row["document"])]


@pytest.mark.parametrize(
    ("rules", "code", "path"),
    [
        ([], "lifecycle.missing", ("rules",)),
        ([5], "lifecycle.form", ("rules", 0)),
        ([rule(0)], "lifecycle.number", ("rules", 0, "rulePriority")),
        ([rule("1")], "lifecycle.value", ("rules", 0, "rulePriority")),
        ([rule(True)], "lifecycle.value", ("rules", 0, "rulePriority")),
        ([rule(countNumber=0)], "lifecycle.number", ("rules", 0, "selection", "countNumber")),
        ([rule(countUnit=None)], "lifecycle.count", ("rules", 0, "selection", "countType")),
        ([rule(countUnit="day")], "lifecycle.value", ("rules", 0, "selection", "countUnit")),
        (
            [rule(countType="imageCountMoreThan")],
            "lifecycle.count",
            ("rules", 0, "selection", "countUnit"),
        ),
        ([rule(tagStatus="Any")], "lifecycle.value", ("rules", 0, "selection", "tagStatus")),
        ([rule(tagStatus="tagged")], "lifecycle.selection", ("rules", 0, "selection", "tagStatus")),
        (
            [rule(tagPrefixList=["v"])],
            "lifecycle.selection",
            ("rules", 0, "selection", "tagPrefixList"),
        ),
        (
            [rule(tagStatus="tagged", tagPrefixList=["v"], tagPatternList=["v*"])],
            "lifecycle.selection",
            ("rules", 0, "selection", "tagPatternList"),
        ),
        (
            [rule(tagStatus="tagged", tagPrefixList=["v*"])],
            "lifecycle.wildcards",
            ("rules", 0, "selection", "tagPrefixList", 0),
        ),
        (
            [rule(tagStatus="tagged", tagPatternList=["*a*b*c*d*"])],
            "lifecycle.wildcards",
            ("rules", 0, "selection", "tagPatternList", 0),
        ),
        ([rule(1), rule(2)], "lifecycle.selection", ("rules", 1, "selection", "tagStatus")),
        (
            [rule(1, tagStatus="any"), rule(2)],
            "lifecycle.priority",
            ("rules", 0, "rulePriority"),
        ),
        (
            [rule(1), rule(1, tagStatus="any")],
            "lifecycle.priority",
            ("rules", 1, "rulePriority"),
        ),
        ([rule() | {"name": "x"}], "lifecycle.unknown-key", ("rules", 0, "name")),
        ([rule() | {"action": {"type": "Expire"}}], "lifecycle.value",
         ("rules", 0, "action", "type")),
    ],
)  # fmt: skip
def test_what_would_be_refused_is_named_in_its_place(rules: list, code: str, path: tuple) -> None:
    (found,) = read(*rules).refusals
    assert (found.code, found.path) == (code, path)


@pytest.mark.parametrize("name", ["sinceImagePulled", "sinceImageTransitioned"])
def test_what_is_not_modelled_is_no_fault_of_the_learners(name: str) -> None:
    with pytest.raises(AnswerError, match="not judged"):
        read(rule(countType=name))
    with pytest.raises(AnswerError, match="not judged"):
        read(rule(storageClass="archive"))
    with pytest.raises(AnswerError, match="not judged"):
        read(rule() | {"action": {"type": "transition", "targetStorageClass": "archive"}})


def test_a_tag_that_moves_leaves_an_image_without_tags() -> None:
    policy = read(rule(countNumber=2)).policy
    pushes = [Push(0, frozenset({"latest"})), Push(5, frozenset({"latest"}))]
    first, second = run(policy, pushes, 30)
    assert (first.expired, second.expired) == (5, None)


def test_older_than_some_days_is_more_than_so_many() -> None:
    policy = read(rule(countNumber=2)).policy
    (image,) = run(policy, [Push(3, frozenset())], 30)
    assert image.expired == 6


def test_a_policy_is_read_as_commands_print_it() -> None:
    """AWS CLI, examples of `get-lifecycle-policy`: a text of JSON within an object."""
    printed = {"registryId": "1", "repositoryName": "a", "lastEvaluatedAt": 1504295007.0}
    text = json.dumps({"rules": [rule()]})
    found = read_policy(read_json(json.dumps(printed | {"lifecyclePolicyText": text})))
    assert found.refusals == ()
    [one], [same] = found.policy.rules, read(rule()).policy.rules
    assert replace(one, path=()) == replace(same, path=())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "lifecycle.form"),
        ("[]", "lifecycle.form"),
        ("{}", "lifecycle.missing"),
        (5, "lifecycle.value"),
        (json.dumps({"rules": [rule(0)]}), "lifecycle.number"),
    ],
)
def test_what_is_wrong_within_the_text_is_refused(text: object, code: str) -> None:
    found = read_policy(read_json(json.dumps({"lifecyclePolicyText": text})))
    assert code in [one.code for one in found.refusals]
    assert all(one.path[0] == "lifecyclePolicyText" for one in found.refusals)


@pytest.mark.parametrize("row", documented("rules", "lifecyclePolicyText"), ids=place)
def test_a_documented_policy_is_not_refused(row: dict[str, Any]) -> None:
    assert read_policy(read_json(json.dumps(row["document"]))).refusals == ()
