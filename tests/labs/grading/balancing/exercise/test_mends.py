"""The cure of wrong rules: small changes that make them right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from labs.grading.grade import exercise_of
from labs.grading.kinds import alb_listener_rules as kind
from labs.grading.report import Cure
from tests.labs.grading.balancing.texts import a_rule, redirect, weighted
from tests.labs.shipped import shipped_labs_of

CATALOG = Path(__file__).parents[5] / "labs" / "catalog"
LABS = shipped_labs_of(kind.NAME)
ANSWERS = [(lab, name) for lab in LABS for name in lab.variants[0].wrong]
RIGHT = [
    a_rule(10, "users", host="a.com", path=["/users", "/users/*"]),
    a_rule(20, weighted(old=9, new=1), host="a.com"),
]


def cure_of(*rules: object) -> Cure | None:
    files = {"solution.json": json.dumps(RIGHT)}
    exercise = exercise_of(kind, table={}, files=files)
    return exercise.grade(json.dumps(rules), with_cure=True).cure


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ([a_rule(10, "users", host="a.com", path="/users/*"), RIGHT[1]],
         "Change the condition on path-pattern of rule 10."),
        ([a_rule(10, "users", path=["/users", "/users/*"]), RIGHT[1]],
         "Add a condition on host-header to rule 10: it takes too much."),
        ([RIGHT[0], a_rule(20, weighted(old=9, new=1), host="a.com", method="GET")],
         "Remove the condition on http-request-method from rule 20: it takes too little."),
        ([RIGHT[0], a_rule(20, weighted(old=9, new=1), header=("Host-Name", ["a.com"]))],
         "Change what rule 20 looks at: it does the right thing."),
        ([RIGHT[0], a_rule(20, weighted(old=1, new=1), host="a.com")],
         "Change the action of rule 20."),
        ([RIGHT[0], a_rule(20, redirect(host="b.com"), host="*.a.com")],
         "Rewrite rule 20: its conditions and its action."),
        ([{**RIGHT[0], "Priority": 30}, RIGHT[1]],
         "Move rule 20: the lowest number is tried first."),
        ([RIGHT[0], RIGHT[1], a_rule(5, "web", path="/")], "Remove rule 5: nobody asked for it."),
        ([RIGHT[1]], "Add a rule: something that is asked for has none."),
    ],
)  # fmt: skip
def test_one_small_change_is_found(rules, sentence: str) -> None:
    cure = cure_of(*rules)
    assert cure is not None
    assert cure.complete
    assert [step.sentence for step in cure.steps] == [sentence]


@pytest.mark.parametrize(("lab", "name"), ANSWERS, ids=[f"{lab.slug}-{n}" for lab, n in ANSWERS])
def test_every_wrong_answer_of_a_lab_has_a_cure_or_is_refused(lab, name: str) -> None:
    variant = lab.variants[0]
    exercise = exercise_of(kind, table=variant.table, files=variant.files, starter=variant.starter)
    report = exercise.grade(variant.wrong[name], with_cure=True)
    assert report.refused or (report.cure is not None and report.cure.complete)
    assert report.cure is None or len(report.cure.steps) <= 4
