"""What learners paste, read; and what cannot be read, with its place."""

from __future__ import annotations

import json

import pytest

from labs.grading.balancing.rules.reader import read_answer
from labs.grading.balancing.rules.rule import Fixed, Forward, Redirect
from labs.grading.errors import AnswerError
from tests.labs.grading.balancing.texts import a_condition, a_rule, fixed, redirect

ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012"
PRINTED = {  # AWS CLI Command Reference, "elbv2 describe-rules": the examples
    "Rules": [
        {
            "Priority": "10",
            "Conditions": [
                {
                    "Field": "path-pattern",
                    "Values": ["/img/*"],
                    "PathPatternConfig": {"Values": ["/img/*"]},
                }
            ],
            "RuleArn": f"{ARN}:listener-rule/app/my-lb/50dc6c495c0c9188/f2f7dc8efc522ab2/9683",
            "IsDefault": False,
            "Actions": [
                {
                    "TargetGroupArn": f"{ARN}:targetgroup/my-targets/73e2d6bc24d8a067",
                    "Type": "forward",
                    "Order": 1,
                    "ForwardConfig": {
                        "TargetGroups": [
                            {
                                "TargetGroupArn": f"{ARN}:targetgroup/my-targets/73e2d6bc24d8a067",
                                "Weight": 1,
                            }
                        ],
                        "TargetGroupStickinessConfig": {"Enabled": False},
                    },
                }
            ],
        },
        {
            "Priority": "default",
            "Conditions": [],
            "RuleArn": f"{ARN}:listener-rule/app/my-lb/50dc6c495c0c9188/f2f7dc8efc522ab2/dflt",
            "IsDefault": True,
            "Actions": [fixed("503")],
        },
    ]
}


def rules_of(*rules: object) -> list[object]:
    return list(read_answer(json.dumps(rules)).rules)


def test_what_describe_rules_prints_is_read() -> None:
    first, last = read_answer(json.dumps(PRINTED)).rules
    assert first.priority == 10
    assert first.action == Forward((("my-targets", 1),))
    assert [(one.kind, one.texts) for one in first.conditions] == [("path-pattern", ("/img/*",))]
    assert (last.priority, last.action) == (None, Fixed(503))


def test_both_forms_of_a_condition_say_the_same() -> None:
    older = {"Field": "host-header", "Values": ["a.com"]}
    newer = {"Field": "host-header", "HostHeaderConfig": {"Values": ["a.com"]}}
    short = {"HostHeaderConfig": {"Values": ["a.com"]}}
    read = [
        rules_of({"Priority": 1, "Conditions": [one], "Actions": [fixed("200")]})
        for one in (older, newer, short)
    ]
    assert read[0] == read[1] == read[2]


def test_a_priority_may_be_text() -> None:
    assert rules_of(a_rule("7", path="/a")) == rules_of(a_rule(7, path="/a"))


def test_a_group_may_be_an_arn() -> None:
    arn = f"{ARN}:targetgroup/web/73e2d6bc24d8a067"
    assert rules_of(a_rule(1, arn, path="/a")) == rules_of(a_rule(1, "web", path="/a"))


def test_a_redirect_has_the_parts_that_aws_fills_in() -> None:
    printed = redirect(
        protocol="HTTPS", port="443", host="#{host}", path="/#{path}", query="#{query}"
    )
    (rule,) = read_answer(json.dumps([a_rule(1, printed, path="*")])).rules
    assert rule.action == Redirect(301, protocol="HTTPS", port="443")


def changed(**more: object) -> dict[str, object]:
    return {**a_rule(1, path="/a"), **more}


def with_condition(condition: object) -> dict[str, object]:
    return changed(Conditions=[condition])


def with_action(action: object) -> dict[str, object]:
    return changed(Actions=[action])


@pytest.mark.parametrize(
    ("answer", "said", "at"),
    [
        ({"Priority": 1}, "Write a list of rules", "{"),
        ([1], "Write an object", "1]"),
        ([changed(Priority=0)], "from 1 to 50000", "0"),
        ([changed(Priority="first")], "from 1 to 50000", '"first"'),
        ([changed(Priority=50_001)], "from 1 to 50000", "50001"),
        ([changed(Prio=1)], "There is no Prio here", '"Prio"'),
        ([changed(priority=1)], "Write Priority: capital letters count", '"priority"'),
        ([changed(Conditions=[])], "Give the rule a condition", "[]"),
        ([changed(Priority="default")], "Remove the conditions", '"Conditions"'),
        ([changed(Actions=[])], "one action", "[]"),
        ([changed(Transforms=[{}])], "Leave Transforms out", '"Transforms"'),
        ([with_condition({"Field": "path"})], "There is no field path", '"path"}'),
        ([with_condition({"Field": "path-pattern"})], "Give PathPatternConfig", "{"),
        ([with_condition({"Field": "source-ip", "Values": ["::/0"]})], "SourceIpCon", '"Values"'),
        ([with_condition({"Field": "host-header", "RegexValues": ["a"]})], "Use Values", '"RegexV'),
        ([with_condition(a_condition("source", ["10.0.0.1"]))], "ends in /32", '"10.0.0.1"'),
        ([with_condition(a_condition("path", []))], "At least one value", "[]"),
        ([with_condition(a_condition("path", ["x" * 129]))], "128 characters", '"xxx'),
        ([with_condition({"Field": "query-string", "QueryStringConfig": {"Values": ["a=b"]}})],
         "Write a pair", '"a=b"'),
        ([with_action({"Type": "authenticate-oidc"})], "signing in is not judged", '"authenticate'),
        ([with_action({"Type": "foward"})], "There is no action foward", '"foward"'),
        ([with_action({"Type": "forward"})], "Say where to", "{"),
        ([with_action(fixed("302"))], "from 200 to 299", '"302"'),
        ([with_action(fixed("200", ContentType="text/xml"))], "text/plain, ", '"text/xml"'),
        ([with_action(fixed("200", MessageBody="a" * 1025))], "at most 1024 char", '"aaa'),
        ([with_action(redirect("301", host="a.com"))], "HTTP_301 or HTTP_302", '"301"'),
        ([with_action(redirect(path="new"))], "Begin the path with a slash", '"new"'),
        ([with_action(redirect(path="/#{file}"))], "There is no #{file}", '"/#{file}"'),
        ([with_action(redirect(path="/#{host}"))], "#{host} in Path is not judged", '"/#{host}"'),
        ([with_action(redirect(port="https"))], "from 1 to 65535", '"https"'),
        ([changed(Priority="default", Conditions=[])] * 2, "one default rule", "{"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_place(answer, said: str, at: str) -> None:
    text = json.dumps(answer, indent=1)
    with pytest.raises(AnswerError) as caught:
        read_answer(text)
    assert said in caught.value.message
    line = text.splitlines()[caught.value.line - 1]
    assert line[caught.value.column - 1 :].startswith(at.rstrip("]}"))


def test_a_hundred_rules_are_the_most() -> None:
    rules_of(*(a_rule(number, path="/a") for number in range(1, 101)))
    with pytest.raises(AnswerError, match="at most 100 rules"):
        rules_of(*(a_rule(number, path="/a") for number in range(1, 102)))
