"""The grammar: any JSON value gives statements and problems, never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.policy_reader import read_policy

GOOD = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def codes(value):
    return [problem.code for problem in read_policy(value).problems]


def test_one_statement_needs_no_list():
    assert read_policy({"Statement": GOOD}).statements[0].actions == ("s3:GetObject",)


def test_the_version_decides_about_variables():
    assert read_policy({"Version": "2012-10-17", "Statement": []}).variables
    assert not read_policy({"Statement": []}).variables


@pytest.mark.parametrize("value", [None, 3, [], "x", {}, {"Statement": 3}, {"Statement": [3]}])
def test_what_is_no_policy_is_unreadable(value):
    assert read_policy(value).unreadable is not None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Effect": "ALLOW"}, "iam.effect"),
        ({"Effect": None}, "iam.effect"),
        ({"Action": {"a": 1}}, "iam.malformed"),
        ({"Action": [1]}, "iam.malformed"),
        ({"NotResource": "*"}, "iam.malformed"),
        ({"Condition": []}, "iam.malformed"),
        ({"Condition": {"StringEquals": "a"}}, "iam.malformed"),
        ({"Condition": {"StringEquals": {"a": None}}}, "iam.malformed"),
        ({"Principal": {"User": "a"}}, "iam.principal-form"),
        ({"Principal": 3}, "iam.principal-form"),
        ({"Sid": 3}, "iam.malformed"),
        ({"Resources": "*"}, "iam.unknown-element"),
    ],
)
def test_a_mistake_of_form_has_a_code(change, code):
    assert code in codes({"Version": "2012-10-17", "Statement": {**GOOD, **change}})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Statement", "Effect", "Action", "Condition", "Principal", "AWS"]),
            inner,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None, derandomize=True)
@given(JSON)
def test_any_json_value_is_read_and_compiled(value):
    policy = read_policy({"Statement": value})
    CompiledPolicy(policy)
    assert all(isinstance(problem.message, str) for problem in policy.problems)
