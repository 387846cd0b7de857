"""Is an access ever granted? `allows.jsonl` has questions and answers; the property holds them
against single decisions."""

from __future__ import annotations

from random import Random

import pytest

from labs.grading.iam.access.granted import access_granted
from labs.grading.iam.comparison.possible import impossibility
from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.policy_rows import RowError, compile_document, read_policies, read_request
from labs.grading.iam.rows import allows_row
from tests.labs.grading.iam.samples import rows

ROWS = rows("allows.jsonl")
SAMPLES = 120  # decisions for each policy
ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetObjectAcl")
LEA = "arn:aws:iam::111122223333:user/lea"
NAMES = ("course", "course/a", "course/drafts/a", "course/drafts/b/c", "other", "other/a")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_an_access_is_granted_or_not(row):
    assert allows_row(row)["allows"] is row["allows"]


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row["allows"] and "Principal" not in str(row["policy"])],
    ids=lambda row: row["id"],
)
def test_the_request_that_proves_it_is_allowed(row):
    found = allows_row(row)["request"]
    request = Request(LEA, found["action"], found["resource"], found["context"])
    policy = compile_document(row["policy"], "p")
    assert str(Policies(identity=(policy,)).decide(request).outcome) == "Allowed"
    assert impossibility(found["action"], found["resource"], found["context"]) == ""


def random_policy(random):
    def statement():
        names = random.sample(["course", "course/*", "course/drafts/*", "other*", "*"], 2)
        found = {
            "Effect": random.choice(["Allow", "Allow", "Deny"]),
            random.choice(["Action", "Action", "NotAction"]): random.sample(
                [*ACTIONS, "s3:Get*", "s3:*Object"], random.randint(1, 3)
            ),
            "Resource": [f"arn:aws:s3:::{name}" if name != "*" else "*" for name in names],
        }
        if random.random() < 0.5:
            value = random.choice(["true", "false"])
            operator = random.choice(["Bool", "BoolIfExists"])
            found["Condition"] = {operator: {"aws:MultiFactorAuthPresent": value}}
        return found

    statements = [statement() for _ in range(random.randint(1, 4))]
    return {"Version": "2012-10-17", "Statement": statements}


def random_request(random):
    action = random.choice(ACTIONS)
    name = random.choice([one for one in NAMES if ("/" in one) != (action == "s3:ListBucket")])
    mfa = random.choice([None, "true", "false"])
    context = {"aws:MultiFactorAuthPresent": mfa} if mfa else {}
    return Request(LEA, action, f"arn:aws:s3:::{name}", context)


@pytest.mark.parametrize("seed", range(30))
def test_what_a_request_gets_is_granted_and_what_is_not_granted_no_request_gets(seed):
    random = Random(seed)
    policy = compile_document(random_policy(random), "p")
    requests = [random_request(random) for _ in range(SAMPLES)]
    allowed = [
        one
        for one in requests
        if str(Policies(identity=(policy,)).decide(one).outcome) == "Allowed"
    ]
    for request in allowed[:5]:
        found = access_granted([policy], actions=[request.action], resources=[request.resource])
        assert found.is_granted is True
    for action in ACTIONS:
        found = access_granted([policy], actions=[action], resources=["arn:aws:s3:::course*"])
        if found.is_granted is False:
            assert not [
                one for one in allowed if one.action == action and ":course" in one.resource
            ]


def is_plain(row):
    """About an identity's policies alone, and a request that can exist."""
    request, others = row["request"], set(row["policies"]) - {"identity"}
    return not any(row["policies"].get(name) for name in others) and not impossibility(
        request["action"], request["resource"], request.get("context") or {}, LEA
    )


@pytest.mark.parametrize(
    "row",
    [row for row in rows("iam-decisions.jsonl") if row["expected"] == "Allowed" and is_plain(row)],
    ids=lambda row: str(row["id"]),
)
def test_a_sample_that_is_allowed_is_granted(row):
    request = read_request(row["request"])
    found = access_granted(
        read_policies(row["policies"]).identity,
        actions=[request.action],
        resources=[request.resource],
    )
    assert found.is_granted is not False


def test_an_action_that_does_not_exist_is_asked_about_in_vain():
    with pytest.raises(RowError, match="there is no action s3:Fetch"):
        allows_row({"policy": {"Statement": []}, "actions": ["s3:Fetch"]})


def test_a_search_that_ends_early_says_so():
    policy = compile_document({"Statement": []}, "p")
    found = access_granted([policy], steps=-1)
    assert (found.request, found.is_granted in (None, False)) == (None, True)
