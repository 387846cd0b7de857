"""Rules written down in few words, for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from labs.grading.balancing.routing.decision import outcome
from labs.grading.balancing.routing.request import read_request
from labs.grading.balancing.routing.words import result_words
from labs.grading.balancing.rules.reader import read_answer
from labs.grading.balancing.rules.rule import Listener, Rule, Rules

CONFIGS = {
    "host": ("host-header", "HostHeaderConfig"),
    "path": ("path-pattern", "PathPatternConfig"),
    "method": ("http-request-method", "HttpRequestMethodConfig"),
    "query": ("query-string", "QueryStringConfig"),
    "source": ("source-ip", "SourceIpConfig"),
}


def a_rule(
    priority: object, then: str | Mapping[str, Any] = "web", **conditions: Any
) -> dict[str, Any]:
    """`then`: a target group, or a whole action. Conditions: `host="a.com"`, `path=["/a", "/b"]`,
    `header=("X-A", ["a"])`, `query=[("version", "v1")]`."""
    action = {"Type": "forward", "TargetGroupArn": then} if isinstance(then, str) else then
    return {
        "Priority": priority,
        "Conditions": [a_condition(name, values) for name, values in conditions.items()],
        "Actions": [action],
    }


def a_condition(name: str, values: Any) -> dict[str, Any]:
    if name == "header":
        header, texts = values
        return {
            "Field": "http-header",
            "HttpHeaderConfig": {"HttpHeaderName": header, "Values": texts},
        }
    field, config = CONFIGS[name]
    found = [values] if isinstance(values, str) else values
    if name == "query":
        found = [{"Key": key, "Value": value} if key else {"Value": value} for key, value in found]
    return {"Field": field, config: {"Values": found}}


def redirect(status: str = "HTTP_301", **parts: str) -> dict[str, Any]:
    config = {name.capitalize(): text for name, text in parts.items()}
    return {"Type": "redirect", "RedirectConfig": {"StatusCode": status, **config}}


def fixed(status: str, **more: str) -> dict[str, Any]:
    return {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": status, **more}}


def weighted(**weights: int) -> dict[str, Any]:
    groups = [{"TargetGroupArn": name, "Weight": weight} for name, weight in weights.items()]
    return {"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}


def read(*rules: Mapping[str, Any]) -> tuple[Rule, ...]:
    return read_answer(json.dumps(rules)).rules


def complete(*rules: Mapping[str, Any], listener: Listener | None = None) -> Rules:
    return Rules.of(read(*rules), (listener or Listener()).default)


def answer_to(
    rules: Sequence[Mapping[str, Any]], url: str, *, listener: Listener | None = None, **more: Any
) -> str:
    """What becomes of a request, in words."""
    where = listener or Listener()
    request = read_request(url, **more)
    return str(result_words(outcome(complete(*rules, listener=where), request, where)))
