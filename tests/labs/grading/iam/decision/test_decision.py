"""The rules of policy evaluation, one sentence each. Source: IAM User Guide,
"Policy evaluation logic"."""

from __future__ import annotations

import pytest

from labs.grading.iam.policy_rows import read_policies, read_request

USER = "arn:aws:iam::111122223333:user/lea"
ROLE = "arn:aws:iam::111122223333:role/team/app"
SESSION = "arn:aws:sts::111122223333:assumed-role/app/lea"
FEDERATED = "arn:aws:sts::111122223333:federated-user/lea"
STRANGER = "arn:aws:iam::999999999999:user/eve"
ROOT = "arn:aws:iam::111122223333:root"
OBJECT = "arn:aws:s3:::course/report.csv"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234"
DEPLOY = "arn:aws:iam::111122223333:role/deploy"
ALLOWED, IMPLICIT, EXPLICIT = "Allowed", "ImplicitlyDenied", "ExplicitlyDenied"


def allow(action="*", resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action="*", resource="*", **more):
    return {**allow(action, resource, **more), "Effect": "Deny"}


def policy(*statements, version="2012-10-17"):
    return {"Version": version, "Statement": list(statements)}


ALL = policy(allow())
NONE = policy()
READ = policy(allow("s3:GetObject"))


def decide(
    principal=USER,
    action="s3:GetObject",
    arn=OBJECT,
    context=None,
    account="111122223333",
    **policies,
):
    request = {
        "principal": principal,
        "action": action,
        "resource": arn,
        "resource_account": account,
        "context": context or {},
    }
    return str(read_policies(policies).decide(read_request(request)).outcome)


def grants(*principals, **more):
    return policy(allow("s3:*", Principal={"AWS": list(principals)}, **more))


def test_nothing_allows_so_everything_is_denied():
    assert decide(identity=[NONE]) == IMPLICIT
    assert decide() == IMPLICIT


@pytest.mark.parametrize(
    "statements", [[allow(), deny("s3:GetObject")], [deny("s3:GetObject"), allow()]]
)
def test_a_deny_wins_in_any_order(statements):
    assert decide(identity=[policy(*statements)]) == EXPLICIT


@pytest.mark.parametrize("layer", ["identity", "boundary", "endpoint"])
def test_a_deny_wins_wherever_it_stands(layer):
    assert decide(**{"identity": [ALL], layer: [ALL, policy(deny())]}) == EXPLICIT


def test_a_deny_in_an_scp_beats_the_missing_allow_of_another_level():
    levels = [
        {"target": "root", "policies": [NONE]},
        {"target": "ou", "policies": [policy(deny())]},
    ]
    assert decide(identity=[ALL], scp=levels) == EXPLICIT


class TestSameAccount:
    def test_the_identity_policy_alone_is_enough(self):
        assert decide(identity=[READ]) == ALLOWED

    def test_the_resource_policy_alone_is_enough_when_it_names_the_user(self):
        assert decide(identity=[NONE], resource=grants(USER)) == ALLOWED

    @pytest.mark.parametrize("named", ["111122223333", ROOT])
    def test_naming_the_account_leaves_the_decision_to_its_identity_policies(self, named):
        assert decide(identity=[NONE], resource=grants(named)) == IMPLICIT
        assert decide(identity=[READ], resource=grants(named)) == ALLOWED

    def test_naming_everybody_is_enough(self):
        assert decide(identity=[NONE], resource=grants("*")) == ALLOWED

    def test_a_role_is_named_with_its_path_and_recognised_in_its_session(self):
        assert decide(SESSION, resource=grants(ROLE)) == ALLOWED
        assert decide(SESSION, resource=grants("arn:aws:iam::111122223333:role/other")) == IMPLICIT

    def test_a_wildcard_inside_a_principal_names_nobody(self):
        assert decide(resource=grants("arn:aws:iam::111122223333:user/*")) == IMPLICIT

    def test_the_root_user_needs_no_identity_policy(self):
        assert decide(ROOT) == ALLOWED


class TestAcrossAccounts:
    def test_both_sides_must_allow(self):
        assert decide(STRANGER, identity=[READ]) == IMPLICIT
        assert decide(STRANGER, resource=grants(STRANGER), identity=[NONE]) == IMPLICIT
        assert decide(STRANGER, resource=grants(STRANGER), identity=[READ]) == ALLOWED

    def test_naming_the_account_is_naming_enough(self):
        assert decide(STRANGER, resource=grants("999999999999"), identity=[READ]) == ALLOWED

    def test_a_boundary_always_limits(self):
        assert (
            decide(STRANGER, resource=grants(STRANGER), identity=[READ], boundary=[NONE])
            == IMPLICIT
        )

    def test_the_account_in_the_arn_counts_when_no_owner_is_given(self):
        queue = "arn:aws:sqs:eu-west-1:999999999999:q"
        assert decide(action="sqs:SendMessage", arn=queue, account=None, identity=[ALL]) == IMPLICIT


class TestLimits:
    @pytest.mark.parametrize(
        "limit", [{"boundary": [NONE]}, {"session": NONE}, {"endpoint": [NONE]}]
    )
    def test_a_limit_must_allow_as_well(self, limit):
        assert decide(SESSION, identity=[ALL], **limit) == IMPLICIT

    @pytest.mark.parametrize("limit", [{"boundary": [ALL]}, {"session": ALL}, {"endpoint": [ALL]}])
    def test_a_limit_grants_nothing(self, limit):
        assert decide(SESSION, identity=[NONE], **limit) == IMPLICIT

    @pytest.mark.parametrize("kind", ["scp", "rcp"])
    def test_every_level_must_allow(self, kind):
        levels = [
            {"target": "root", "policies": [ALL]},
            {"target": "ou", "policies": [policy(allow("ec2:*"))]},
        ]
        assert decide(identity=[ALL], **{kind: levels}) == IMPLICIT
        assert decide(identity=[ALL], **{kind: levels[:1]}) == ALLOWED

    @pytest.mark.parametrize("limit", [{"boundary": [NONE]}, {"session": NONE}])
    def test_naming_user_or_session_bypasses_an_implicit_deny(self, limit):
        assert decide(USER, resource=grants(USER), **limit) == ALLOWED
        assert decide(SESSION, resource=grants(SESSION), **limit) == ALLOWED
        assert decide(FEDERATED, resource=grants(FEDERATED), **limit) == ALLOWED

    @pytest.mark.parametrize("limit", [{"boundary": [NONE]}, {"session": NONE}])
    def test_naming_the_role_does_not(self, limit):
        assert decide(SESSION, resource=grants(ROLE), **limit) == IMPLICIT

    def test_everybody_with_a_condition_on_the_principal_arn_bypasses_it(self):
        condition = {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app"}}
        assert (
            decide(SESSION, resource=grants("*", Condition=condition), boundary=[NONE]) == ALLOWED
        )

    def test_a_bypass_never_beats_an_explicit_deny(self):
        assert decide(SESSION, resource=grants(SESSION), boundary=[policy(deny())]) == EXPLICIT

    def test_scps_do_not_touch_service_linked_roles(self):
        linked = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForECS/x"
        assert decide(linked, identity=[ALL], scp=[{"policies": [policy(deny())]}]) == ALLOWED

    def test_rcps_do_not_touch_services_that_know_none(self):
        levels = [{"policies": [policy(deny(Principal="*"))]}]
        assert decide(action="s3:GetObject", identity=[ALL], rcp=levels) == EXPLICIT
        assert decide(action="ec2:RunInstances", arn="*", identity=[ALL], rcp=levels) == ALLOWED


class TestNotPrincipal:
    def denial(self, *names):
        return policy(allow("s3:*", Principal="*"), deny("s3:*", NotPrincipal={"AWS": list(names)}))

    def test_deny_hits_everybody_else(self):
        assert decide(identity=[ALL], resource=self.denial(STRANGER)) == EXPLICIT
        assert decide(identity=[ALL], resource=self.denial(USER, ROOT)) == ALLOWED

    def test_deny_always_hits_principals_with_a_boundary(self):
        assert decide(identity=[ALL], boundary=[ALL], resource=self.denial(USER, ROOT)) == EXPLICIT


class TestOtherCallers:
    def service_grant(self):
        return policy(allow("s3:*", Principal={"Service": "logs.amazonaws.com"}))

    def test_a_service_is_allowed_by_the_resource_policy_alone(self):
        assert decide("logs.amazonaws.com", resource=self.service_grant()) == ALLOWED
        assert (
            decide("ec2.amazonaws.com", resource=self.service_grant(), identity=[ALL]) == IMPLICIT
        )

    def test_scps_do_not_touch_services(self):
        levels = [{"policies": [policy(deny())]}]
        assert decide("logs.amazonaws.com", resource=self.service_grant(), scp=levels) == ALLOWED

    @pytest.mark.parametrize("principal", ["*", None, "anonymous"])
    def test_anonymous_callers_need_a_public_resource(self, principal):
        assert decide(principal, resource=grants("*")) == ALLOWED
        assert decide(principal, resource=grants("111122223333")) == IMPLICIT
        assert decide(principal, identity=[ALL]) == IMPLICIT

    def test_an_origin_access_identity_is_allowed_by_the_bucket_policy_alone(self):
        cloudfront = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"
        assert decide(cloudfront, resource=grants(cloudfront)) == ALLOWED

    def test_a_web_identity_is_named_as_federated(self):
        trust = policy(
            allow("sts:AssumeRoleWithWebIdentity", Principal={"Federated": "accounts.google.com"})
        )
        found = decide(
            "accounts.google.com", "sts:AssumeRoleWithWebIdentity", DEPLOY, resource=trust
        )
        assert found == ALLOWED


class TestServices:
    def test_the_caller_identity_cannot_be_denied(self):
        assert decide(action="sts:GetCallerIdentity", arn="*", identity=[policy(deny())]) == ALLOWED

    @pytest.mark.parametrize(
        ("action", "resource"), [("kms:Decrypt", KEY), ("sts:AssumeRole", DEPLOY)]
    )
    def test_keys_and_roles_must_name_the_account_or_the_principal(self, action, resource):
        assert decide(action=action, arn=resource, identity=[ALL]) == IMPLICIT
        for named in (ROOT, USER):
            trust = policy(allow(action, Principal={"AWS": named}))
            assert decide_with(trust, action, resource) == ALLOWED

    def test_listing_keys_needs_no_key_policy(self):
        assert decide(action="kms:ListKeys", arn="*", identity=[ALL]) == ALLOWED

    def test_a_trust_policy_statement_has_no_resource(self):
        trust = policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": USER}})
        assert decide_with(trust, "sts:AssumeRole", DEPLOY, identity=[NONE]) == ALLOWED

    def test_an_action_that_takes_no_arn_matches_only_the_star(self):
        request = {
            "principal": USER,
            "action": "s3:ListAllMyBuckets",
            "resource": OBJECT,
            "wildcard_only_action": True,
        }
        for resource, outcome in (("*", ALLOWED), ("arn:aws:s3:::*", IMPLICIT)):
            policies = read_policies({"identity": [policy(allow("s3:*", resource))]})
            assert str(policies.decide(read_request(request)).outcome) == outcome


def decide_with(trust, action, resource, identity=(ALL,)):
    request = {
        "principal": USER,
        "action": action,
        "resource": resource,
        "resource_account": "111122223333",
    }
    policies = read_policies({"identity": list(identity), "resource": trust})
    return str(policies.decide(read_request(request)).outcome)


def test_an_account_that_is_a_number_is_an_account_id():
    row = {
        "principal": "arn:aws:iam::012345678901:user/bob",
        "action": "s3:GetObject",
        "resource": "*",
    }
    assert read_request({**row, "resource_account": 12345678901}).resource_account == "012345678901"
