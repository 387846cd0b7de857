"""`python -m labs.grading.iam`: JSON lines in, JSON lines out, usable without Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.labs.grading.iam.samples import FIXTURES, rows

ROOT = Path(__file__).parents[4]


def run(*arguments, lines):
    text = "".join(line + "\n" for line in lines)
    done = subprocess.run(
        [sys.executable, "-m", "labs.grading.iam", *arguments],
        input=text.encode(),
        capture_output=True,
        cwd=ROOT,
        env={"PATH": "", "PYTHONWARNINGS": "error"},
        check=False,
    )
    assert done.stderr.decode() == ""
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def lines_of(name):
    return (FIXTURES / name).read_text(encoding="utf-8").splitlines()


def test_decide_answers_every_row_in_order():
    status, answers = run("decide", lines=lines_of("iam-decisions.jsonl"))
    assert status == 0
    assert answers == [
        {"id": row["id"], "decision": row["expected"]} for row in rows("iam-decisions.jsonl")
    ]


def test_decide_explains_on_demand():
    _, (answer,) = run("decide", "--explain", lines=lines_of("iam-decisions.jsonl")[1:2])
    statement = answer["explanation"]["statements"][-1]
    assert answer["explanation"]["outcome"] == answer["decision"] == "ImplicitlyDenied"
    assert set(statement) == {"layer", "policy", "label", "path", "effect", "applies", "elements"}


def test_compare_answers_relation_and_counterexamples():
    status, answers = run("compare", lines=lines_of("iam-pairs.jsonl")[:5])
    assert (status, [answer["relation"] for answer in answers]) == (
        0,
        ["equal", "learner_wider", "learner_narrower", "equal", "equal"],
    )
    assert answers[1] == {
        "id": "lab-02 s3:Get* too broad",
        "relation": "learner_wider",
        "learner_only": {
            "action": "s3:GetBucketAcl",
            "resource": "arn:aws:s3:::course-bucket",
            "context": {},
        },
        "expected_only": None,
    }


def test_lint_answers_findings_with_their_places():
    document = (
        '{"Version": "2012-10-17",\n "Statement": {"Effect": "Allow", "Action": '
        '"s3:GetObjects", "Resource": "*"}}'
    )
    status, (answer,) = run(
        "lint", lines=[json.dumps({"id": 7, "type": "identity", "policy": document})]
    )
    (finding,) = answer["findings"]
    assert (status, answer["id"]) == (0, 7)
    assert (finding["code"], finding["severity"], finding["line"]) == (
        "iam.unknown-action",
        "warning",
        2,
    )


def test_a_bad_row_is_an_error_of_its_own_and_the_rest_goes_on():
    good = lines_of("iam-decisions.jsonl")[0]
    bad = ["{", "[]", '{"id": 1}', '{"id": 2, "policies": 3, "request": {}}', "[" * 100_000]
    bad.append(
        '{"id": 3, "policies": {"identity": [{"Statement": {"Effect": "allow"}}]}, "request": {}}'
    )
    status, answers = run("decide", lines=[*bad, good])
    assert status == 1
    assert [sorted(answer) for answer in answers] == [["error", "id"]] * 6 + [["decision", "id"]]
    assert [answer["id"] for answer in answers[:6]] == [None, None, 1, 2, None, 3]


def test_the_engine_needs_neither_django_nor_z3():
    code = (
        "import sys, labs.grading.iam.rows; print(sorted({'django', 'z3', 'yaml'} & "
        "set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_policies_with_principals_are_compared_caller_by_caller():
    def policy(principal):
        statement = {
            "Effect": "Allow",
            "Principal": principal,
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::b/*",
        }
        return [{"Version": "2012-10-17", "Statement": statement}]

    row = {"id": 1, "expected": policy({"AWS": "111122223333"}), "learner": policy("*"), "env": {}}
    _, (answer,) = run("compare", lines=[json.dumps(row)])
    assert answer["relation"] == "learner_wider"
    assert answer["learner_only"]["principal"] == "*"


def test_a_line_that_is_no_utf_8_is_one_bad_row():
    row = json.dumps(
        {"id": 2, "policies": {}, "request": {"action": "s3:GetObject", "resource": "*"}}
    )
    done = subprocess.run(
        [sys.executable, "-m", "labs.grading.iam", "decide"],
        input=b'{"id": "\xff"}\n{"id": NaN}\n' + row.encode(),
        capture_output=True,
        cwd=ROOT,
        env={"PATH": "", "LC_ALL": "C.UTF-8"},
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (1, b"")
    assert ["error" in answer for answer in answers] == [True, True, False]


def test_public_and_allows_answer_with_a_request():
    status, answers = run("public", lines=lines_of("public.jsonl")[:4])
    assert (status, [answer["public"] for answer in answers]) == (0, [True, True, True, False])
    assert (answers[0]["request"]["action"], answers[3]["request"]) == ("s3:GetObject", None)
    status, answers = run("allows", lines=lines_of("allows.jsonl")[:2])
    assert (status, answers) == (
        0,
        [
            {
                "id": "the action by name",
                "allows": True,
                "request": {
                    "action": "s3:GetObject",
                    "resource": "arn:aws:s3:::course/report.csv",
                    "context": {},
                },
            },
            {"id": "another action", "allows": False, "request": None},
        ],
    )


def test_a_question_about_no_action_is_an_error():
    line = json.dumps({"id": 1, "policy": {"Statement": []}, "actions": ["s3:Fetch"]})
    assert run("allows", lines=[line]) == (
        1,
        [{"id": 1, "error": "actions: there is no action s3:Fetch"}],
    )
