"""What must hold for all policies."""

from __future__ import annotations

import copy
import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from labs.grading.iam.comparison.comparison import compare
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.sampling import allows, request_of
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.policy_rows import compile_document, read_policies, read_request
from tests.labs.grading.iam.random_policies import (
    CONTEXTS,
    ENVIRONMENT,
    TARGETS,
    policies,
    statements,
)

BOB = "arn:aws:iam::123456789012:user/bob"
calm = settings(max_examples=60, deadline=None, derandomize=True)


def side(*documents):
    return [Layer("policy", tuple(compile_document(document, "policy") for document in documents))]


def relation(expected, learner):
    found = compare(side(expected), side(learner), environment=ENVIRONMENT)
    assert found.exact
    return found.relation


def outcome(document, target, context):
    action, resource = target
    request = read_request(
        {"principal": BOB, "action": action, "resource": resource, "context": context}
    )
    return read_policies({"identity": [document]}).decide(request).outcome


def rewritten(document, random):
    """Another order, other letter case of actions and keys, lists for texts."""
    found = copy.deepcopy(document)
    random.shuffle(found["Statement"])
    for statement in found["Statement"]:
        for element in ("Action", "NotAction"):
            if element in statement:
                statement[element] = [
                    random.choice([str.upper, str.lower, str])(text) for text in statement[element]
                ]
                random.shuffle(statement[element])
        for element in ("Resource", "NotResource"):
            if element in statement:
                random.shuffle(statement[element])
        for operator, keys in statement.get("Condition", {}).items():
            statement["Condition"][operator] = {key.upper(): values for key, values in keys.items()}
    return found


def split(document):
    """One statement for each action and resource."""
    found = []
    for statement in document["Statement"]:
        actions = [{"Action": text} for text in statement.get("Action", [])] or [
            {"NotAction": statement.get("NotAction")}
        ]
        resources = [{"Resource": text} for text in statement.get("Resource", [])]
        resources = resources or [{"NotResource": statement.get("NotResource")}]
        rest = {key: value for key, value in statement.items() if key in ("Effect", "Condition")}
        found += [{**rest, **action, **resource} for action in actions for resource in resources]
    return {**document, "Statement": found}


@calm
@given(policies(), st.randoms(use_true_random=False), TARGETS, CONTEXTS)
def test_order_and_formatting_never_matter(document, random, target, context):
    other = json.loads(json.dumps(rewritten(document, random), indent=3))
    assert relation(document, other) == "equal"
    assert outcome(document, target, context) == outcome(other, target, context)


@calm
@given(policies(), TARGETS, CONTEXTS)
def test_splitting_statements_never_matters(document, target, context):
    assert relation(document, split(document)) == "equal"
    assert outcome(document, target, context) == outcome(split(document), target, context)


@calm
@given(policies(), policies())
def test_the_relation_turns_around_with_its_sides(one, other):
    turned = {"learner_wider": "learner_narrower", "learner_narrower": "learner_wider"}
    found = relation(one, other)
    assert relation(other, one) == turned.get(found, found)


@calm
@given(policies(), statements())
def test_an_allow_never_narrows_and_a_deny_never_widens(document, statement):
    more = {**document, "Statement": [*document["Statement"], statement]}
    possible = {"Allow": {"equal", "learner_wider"}, "Deny": {"equal", "learner_narrower"}}
    assert relation(document, more) in possible[statement["Effect"]]


@calm
@given(policies(), policies())
def test_a_counterexample_is_a_request_on_which_the_sides_differ(one, other):
    expected, learner = side(one), side(other)
    found = compare(expected, learner, environment=ENVIRONMENT)
    for case, wider, narrower in (
        (found.learner_only, learner, expected),
        (found.expected_only, expected, learner),
    ):
        if case:
            request = request_of(case.action, case.resource, case.context, ENVIRONMENT, Requester())
            assert (
                allows(wider, request, Requester()),
                allows(narrower, request, Requester()),
            ) == (
                True,
                False,
            )


@settings(max_examples=40, deadline=None, derandomize=True)
@given(policies(2), policies(2), st.lists(st.tuples(TARGETS, CONTEXTS), min_size=60, max_size=60))
def test_no_sampled_request_contradicts_the_relation(one, other, samples):
    """Thousands of requests: where one side alone allows, the relation must say that it allows
    more."""
    found = relation(one, other)
    for target, context in samples:
        mine, theirs = (
            outcome(other, target, {**ENVIRONMENT, **context}),
            outcome(one, target, {**ENVIRONMENT, **context}),
        )
        if (mine == "Allowed") != (theirs == "Allowed"):
            wider = "learner_wider" if mine == "Allowed" else "learner_narrower"
            assert found in (wider, "incomparable")


@calm
@given(policies(), TARGETS, CONTEXTS)
def test_equal_policies_agree_on_every_request(document, target, context):
    twin = split({**document, "Statement": [*document["Statement"], document["Statement"][0]]})
    assume(relation(document, twin) == "equal")
    assert outcome(document, target, context) == outcome(twin, target, context)
