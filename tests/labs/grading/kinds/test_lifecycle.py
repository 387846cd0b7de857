from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade
from labs.grading.kinds import KINDS, lifecycle
from labs.grading.report import Finding, RelationName, Report
from tests.effort import effort
from tests.labs.grading.lifecycles.random_rules import a_configuration, a_policy

KIND = KINDS["lifecycle"]


def image_rule(priority: int, count: int, **selection: Any) -> dict:
    counted = {"countType": "imageCountMoreThan", "countNumber": count}
    if selection.pop("days", False):
        counted |= {"countType": "sinceImagePushed", "countUnit": "days"}
    return {
        "rulePriority": priority,
        "selection": selection | counted,
        "action": {"type": "expire"},
    }


def prefixed(*prefixes: str) -> dict:
    return {"tagStatus": "tagged", "tagPrefixList": list(prefixes)}


PROD, DEV = image_rule(1, 2, **prefixed("prod-")), image_rule(2, 5, **prefixed("dev-"), days=True)
ECR = {
    "rules": "ecr",
    "days": 20,
    "images": [
        {"name": "old", "day": 0, "tags": ["dev-1"], "expect": ["day 6 expired"]},
        {"name": "both", "day": 1, "tags": ["dev-2", "prod-2"], "expect": []},
        {"name": "secret", "day": 2, "tags": ["dev-3"], "expect": ["day 8 expired"],
         "hidden": True},
    ],
    "sorts": [
        {"name": "dev", "tags": ["dev-{n}"]},
        {"name": "prod", "tags": ["prod-{n}"]},
        {"name": "both", "tags": ["dev-{n}", "prod-{n}"]},
        {"name": "moving", "tags": ["latest"]},
    ],
}  # fmt: skip
LOGS = {
    "ID": "logs",
    "Status": "Enabled",
    "Filter": {"Prefix": "logs/"},
    "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}],
    "Expiration": {"Days": 100},
}
S3 = {
    "rules": "s3",
    "start": "2026-01-01",
    "days": 200,
    "objects": [
        {"name": "a log", "key": "logs/a", "steps": ["2026-01-01 put"],
         "expect": ["2026-02-01 STANDARD_IA", "2026-04-12 gone"]},
        {"name": "a page", "key": "pages/a", "steps": ["2026-01-01 put"], "expect": []},
    ],
    "sorts": [
        {"name": "log", "key": "logs/b", "sizes": [1_000_000, 100]},
        {"name": "page", "key": "pages/b"},
        {"name": "old", "key": "logs-old/b"},
    ],
}  # fmt: skip
FILES = {
    "ecr": {"solution.json": json.dumps({"rules": [PROD, DEV]})},
    "s3": {"solution.json": json.dumps({"Rules": [LOGS]})},
}


def report(table: dict, *rules: dict) -> Report:
    service = table["rules"]
    text = json.dumps({"rules" if service == "ecr" else "Rules": list(rules)})
    return grade(KIND, table=table, files=FILES[service], text=text, with_cure=True)


def failed(table: dict, *rules: dict) -> dict[str, Finding]:
    found = [one for one in report(table, *rules).findings if not one.passed]
    return {one.code: one for one in reversed(found)}


def test_the_same_in_other_words_scores_everything() -> None:
    patterns = {"tagStatus": "tagged", "tagPatternList": ["prod-*"]}
    found = report(
        ECR, image_rule(10, 2, **patterns), image_rule(20, 5, **prefixed("dev"), days=True)
    )
    assert found.percent == 100
    assert found.relation is not None
    assert found.relation.name is RelationName.EQUAL


def test_the_order_of_rules_is_shown_by_the_smallest_repository() -> None:
    found = failed(ECR, {**DEV, "rulePriority": 1}, {**PROD, "rulePriority": 2})
    assert found["lifecycle.too-much"].message == (
        "Given dev-1 + prod-1 (day 0). dev-1 + prod-1, day 6: expired by rule 1. "
        "It should be: there."
    )
    assert found["lifecycle.too-much"].cure == "Look at rule 1: it takes this image."


@pytest.mark.parametrize(
    ("rules", "cure"),
    [
        ([PROD], "No rule selects an image with these tags: dev-1."),
        (
            [image_rule(1, 9, **prefixed("dev-")), {**DEV, "rulePriority": 3}],
            "Rule 1 selects this image first and keeps it, so no later rule can let it go.",
        ),
        (
            [PROD, image_rule(2, 6, **prefixed("dev-"), days=True)],
            "Rule 2 selects this image and does not let it go: look at its count.",
        ),
    ],
)
def test_why_an_image_stays_is_said(rules: list[dict], cure: str) -> None:
    assert failed(ECR, *rules)["lifecycle.too-little"].cure == cure


@pytest.mark.parametrize(
    ("changes", "code", "cure"),
    [
        ({"Filter": {"Prefix": "logs"}}, "lifecycle.too-much", "Look at rule logs: it does this."),
        ({"Filter": {"Prefix": "log/"}}, "lifecycle.too-little",
         "No rule takes logs/b: look at the prefixes, tags and sizes."),
        ({"Status": "Disabled"}, "lifecycle.too-little",
         "Write Enabled: rule logs would do this, and its Status is Disabled."),
        ({"Expiration": {"Days": 101}}, "lifecycle.too-little",
         "Look at rule logs: it does this on another day."),
        ({"Transitions": [{"Days": 30, "StorageClass": "GLACIER"}]}, "lifecycle.too-much",
         "Look at rule logs: it does this."),
    ],
)  # fmt: skip
def test_what_an_object_does_wrong_is_said(changes: dict, code: str, cure: str) -> None:
    assert failed(S3, LOGS | changes)[code].cure == cure


def test_what_is_hidden_is_not_in_the_table() -> None:
    found = report(ECR, PROD)
    assert [one.name for one in found.outcomes] == ["old", "both"]
    assert [one["name"] for one in found.extra["lives"]] == ["old", "both"]


def test_what_would_not_be_saved_is_not_tried() -> None:
    found = report(ECR, PROD, {**DEV, "rulePriority": 1})
    assert found.refused
    assert [one.code for one in found.findings] == ["lifecycle.priority", "lifecycle.not-run"]


@pytest.mark.parametrize(
    ("table", "rule", "code"),
    [
        (ECR, image_rule(3, 1, **prefixed("dev-", "latest")), "lifecycle.all-of-them"),
        (ECR, image_rule(3, 1, **prefixed("Dev-")), "lifecycle.selects-nothing"),
        (S3, LOGS | {"Status": "Disabled"}, "lifecycle.disabled"),
        (S3, LOGS | {"Filter": {"Prefix": "Logs/"}}, "lifecycle.selects-nothing"),
    ],
)
def test_mistakes_are_marked_while_one_types(table: dict, rule: dict, code: str) -> None:
    exercise = exercise_of(KIND, table=table, files=FILES[table["rules"]])
    key = "rules" if table is ECR else "Rules"
    (found,) = lifecycle.advise(lifecycle.parse(json.dumps({key: [rule]})), exercise.spec)
    assert (found.code, found.points) == (code, 0)


def test_mistakes_are_counted_by_what_goes_or_stays() -> None:
    found = failed(S3, LOGS | {"Filter": {"Prefix": "logs"}})["lifecycle.too-much"]
    assert lifecycle.behaviour(found, "") == "goes-too-early|old"


@pytest.mark.parametrize(
    ("table", "changes", "words"),
    [
        (ECR, {"rules": "ebs"}, "not one of"),
        (ECR, {"sorts": []}, "sorts"),
        (ECR, {"images": [ECR["images"][0] | {"expect": ["day 7 expired"]}]}, "solution does"),
        (ECR, {"images": ECR["images"][::-1]}, "order of their days"),
        (S3, {"start": "soon"}, "not a date"),
        (S3, {"objects": [S3["objects"][0] | {"steps": ["2026-01-01 write"]}]}, "steps"),
        (S3, {"more": 1}, "unknown key"),
        (ECR, {"images": [], "compare": 0}, "nothing is worth a point"),
    ],
)
def test_a_wrong_spec_is_named(table: dict, changes: dict, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        KIND.read_spec(table | changes, FILES[table["rules"]])


def hostile(dice: Random, depth: int = 0) -> object:
    """Anything that JSON can be, from the words of both languages."""
    keys = ["rules", "Rules", "Filter", "And", "Tags", "selection", "Days", "countNumber", "Status"]
    kind = dice.randint(0, 9 if depth < 4 else 5)
    if kind < 3:
        return dice.choice(
            ["", "Enabled", "any", "tagged", "GLACIER", "*" * 200, "2026-01-01", "ß"]
        )
    if kind < 6:
        return dice.choice([0, -1, 5.5, 10**30, True, None, 36_500, 2**31 - 1])
    if kind < 8:
        return [hostile(dice, depth + 1) for _ in range(dice.randint(0, 5))]
    return {dice.choice(keys): hostile(dice, depth + 1) for _ in range(dice.randint(0, 4))}


def spoilt(dice: Random, value: Any) -> Any:
    """A sound document with something hostile in one of its places."""
    if dice.random() < 0.12:
        return hostile(dice, 2)
    if isinstance(value, dict):
        return {key: spoilt(dice, one) for key, one in value.items()}
    return [spoilt(dice, one) for one in value] if isinstance(value, list) else value


def hostile_answer(dice: Random) -> tuple[dict, str]:
    table = dice.choice((ECR, S3))
    sound = a_policy(dice) if table is ECR else a_configuration(dice)
    return table, json.dumps(dice.choice((sound, spoilt(dice, sound), hostile(dice))))


def try_it(table: dict, text: str) -> None:
    try:
        grade(KIND, table=table, files=FILES[table["rules"]], text=text)
    except AnswerError:
        return


def test_no_answer_breaks_the_check() -> None:
    dice = Random(5)
    for _ in range(100):
        try_it(*hostile_answer(dice))


def test_large_numbers_take_no_longer_than_they_may() -> None:
    rules = [image_rule(number, 1900 + number, **prefixed("dev-")) for number in range(1, 40)]
    text = json.dumps({"rules": rules})
    assert effort(lambda: try_it(ECR, text), enough=10) <= 30


def test_an_old_version_that_a_rule_keeps_by_its_number_is_told_so() -> None:
    gone = {"NoncurrentVersionExpiration": {"NoncurrentDays": 5}}
    kept = {"NoncurrentVersionExpiration": {"NoncurrentDays": 5, "NewerNoncurrentVersions": 2}}
    rule = {"ID": "old", "Status": "Enabled", "Filter": {}}
    table = S3 | {"versioned": True, "objects": []}
    files = {"solution.json": json.dumps({"Rules": [rule | gone]})}
    text = json.dumps({"Rules": [rule | kept]})
    found = grade(KIND, table=table, files=files, text=text)
    cures = [one.cure for one in found.checks if not one.passed]
    assert cures == ["Rule old leaves the newest old versions alone (NewerNoncurrentVersions 2)."]
