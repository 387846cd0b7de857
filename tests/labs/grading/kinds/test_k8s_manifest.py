from __future__ import annotations

import json
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import grade
from labs.grading.kinds import KINDS
from labs.grading.kinds.k8s_manifest import behaviour
from labs.grading.report import Report
from tests.labs.grading.clusters.manifests import (
    budget,
    deployment,
    requests,
    service,
    spread,
    text_of,
)

KIND = KINDS["k8s-manifest"]
PROBE = {"readinessProbe": {"httpGet": {"path": "/health", "port": 8080}}}
TABLE: dict[str, Any] = {
    "nodes": [
        {"name": "a-1", "zone": "a", "cpu": 1000, "memory": 1000},
        {"name": "b-1", "zone": "b", "cpu": 1000, "memory": 1000},
    ],
    "images": [
        {"name": "shop:1", "listens": 8080, "starts": 20, "memory": 200,
         "paths": {"/health": "200", "/db": "200 with the database", "/slow": "200 in 3"}},
    ],
    "loads": {"noon": 600},
    "outage": 60,
    "checks": [
        {"name": "Ready", "field": "ready:shop", "least": 2},
        {"name": "Blind", "field": "blind:shop", "most": 0},
        {"name": "Inside", "field": "inside:shop:80", "is": "yes"},
        {"name": "Zone", "field": "after-zone:shop", "least": 1},
        {"name": "Drain", "field": "in-drain:shop", "least": 1},
        {"name": "Noon", "field": "under:noon:shop", "least": 2},
        {"name": "Open", "field": "open", "is": "80"},
    ],
}  # fmt: skip


def right(**changes: Any) -> list[dict[str, Any]]:
    container = PROBE | requests() | changes.pop("container", {})
    pod = {"topologySpreadConstraints": [spread()], **changes.pop("pod", {})}
    given = {"replicas": 2, **changes}
    return [
        deployment(container=container, pod=pod, **given),
        service(type="LoadBalancer"),
        budget(maxUnavailable=1),
    ]


def verdict(*objects: dict[str, Any], **table: Any) -> Report:
    return grade(KIND, table=TABLE | table, files={}, text=text_of(*objects))


def failed(report: Report) -> list[str]:
    return [one.code for one in report.checks if not one.passed]


def test_two_pods_in_two_zones_pass() -> None:
    report = verdict(*right())
    assert report.passed
    assert [row["pods"] for row in report.extra["nodes"]] == [["shop × 1"], ["shop × 1"]]
    assert report.extra["pods"][0]["ready"] == 20


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"replicas": 1}, ["k8s.not-ready", "k8s.uneven", "k8s.drain", "k8s.scaling"]),
        ({"container": {"readinessProbe": None}}, ["k8s.blind"]),
        ({"pod": {"topologySpreadConstraints": []}}, ["k8s.uneven"]),
        ({"labels": {"app": "other"}}, ["k8s.service", "k8s.drain"]),
        ({"container": requests("2")}, ["k8s.not-ready", "k8s.service", "k8s.uneven", "k8s.drain"]),
    ],
)
def test_each_fault_has_its_code(changes: dict[str, Any], codes: list[str]) -> None:
    report = verdict(*right(**changes))
    assert [code for code in failed(report) if code in codes] == codes or failed(report) == codes


def test_what_the_server_refuses_is_named_all_at_once() -> None:
    one = right(strategy={"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}})
    one[0]["spec"]["selector"] = {"matchLabels": {"app": "x"}}
    report = verdict(*one)
    assert report.refused
    assert [each.code for each in report.findings] == [
        "k8s.own-selector", "k8s.rollout", "k8s.nothing"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("index", "path", "value"),
    [
        (0, ("metadata", "name"), "The Shop"),
        (0, ("spec", "replicas"), 1000),
        (0, ("spec", "replicas"), -1),
        (0, ("spec", "strategy"), {"rollingUpdate": {"maxSurge": "many"}}),
        (0, ("spec", "template", "spec", "containers"), []),
        (0, ("spec", "template", "spec", "containers", 0, "image"), ""),
        (0, ("spec", "template", "spec", "containers", 0, "resources"),
         {"requests": {"cpu": 2}, "limits": {"cpu": 1}}),
        (0, ("spec", "template", "spec", "containers", 0, "livenessProbe"),
         {"tcpSocket": {"port": 80}, "successThreshold": 2}),
        (0, ("spec", "template", "spec", "containers", 0, "ports"), [{"containerPort": 0}]),
        (0, ("spec", "template", "spec", "topologySpreadConstraints", 0, "maxSkew"), 0),
        (1, ("spec", "ports"), [{"port": 80}, {"port": 81}]),
        (1, ("spec", "ports"), [{"port": 80, "targetPort": "8080"}]),
        (1, ("spec", "ports"), [{"port": 80, "nodePort": 80}]),
        (2, ("spec", "minAvailable"), 1),
    ],
)  # fmt: skip
def test_values_that_are_refused(index: int, path: tuple[Any, ...], value: Any) -> None:
    objects = json.loads(json.dumps(right()))
    found = objects[index]
    for step in path[:-1]:
        found = found[step]
    found[path[-1]] = value
    assert verdict(*objects).refused


def test_why_nobody_answers_is_said() -> None:
    report = verdict(*right(labels={"app": "other"}))
    inside = report.checks[2]
    assert "No pod has the labels of the selector: app=shop" in inside.message
    assert behaviour(inside, "") == ""


def test_without_requests_the_autoscaler_knows_nothing() -> None:
    scaler = {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "shop"},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "shop"},
            "minReplicas": 2,
            "maxReplicas": 4,
        },
    }
    assert verdict(*right(), scaler).passed
    report = verdict(*right(container={"resources": None}), scaler)
    assert failed(report) == ["k8s.scaling"]
    assert "nothing to take a percentage of" in report.checks[5].message


@pytest.mark.parametrize(
    "change",
    [
        {"checks": []},
        {"checks": [{"name": "x", "field": "nothing:shop", "is": "yes"}]},
        {"checks": [{"name": "x", "field": "under:night:shop", "least": 1}]},
        {"nodes": []},
        {"images": [{"name": "a", "listens": 1, "paths": {"/": "fine"}}]},
        {"colour": "red"},
    ],
)
def test_a_spec_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verdict(*right(), **change)


VALUES = (None, 0, -1, 10**9, 1.5, "", "x", "25%", "http", True, [], {}, [{}], {"a": "b"}, "1e9")


def other_value(value: Any, random: Random) -> Any:
    """Mostly of the same type."""
    if random.random() < 0.1:
        return json.loads(json.dumps(random.choice(VALUES)))
    if isinstance(value, int):
        return random.choice((0, 1, 2, 3, 7, 60, 80, 8080, -1, 10**6))
    if isinstance(value, str):
        return random.choice((value[1:], "shop", "http", "200m", "10%", "/health", value * 2))
    return value * 2 if isinstance(value, list) else value


def hostile(random: Random) -> str:
    """A right answer with some values changed, and some lines cut."""
    objects = json.loads(json.dumps(right()))
    for _ in range(random.randrange(1, 4)):
        found, at = objects, random.randrange(len(objects))
        key: Any = at
        while isinstance(found[key], dict | list) and found[key] and random.random() < 0.95:
            found = found[key]
            key = random.choice(list(found) if isinstance(found, dict) else range(len(found)))
        found[key] = other_value(found[key], random)
    text = "\n---\n".join(json.dumps(one, indent=1) for one in objects)
    if random.random() < 0.1:
        cut = random.randrange(len(text))
        text = (
            text[:cut] + random.choice(["", "\n---\n", "- ", ": ", "{", "\x00"]) + text[cut + 2 :]
        )
    return text


def test_any_text_has_a_report_or_an_answer_error() -> None:
    random = Random(9)
    for _ in range(300):
        text = hostile(random)
        with suppress(AnswerError):
            first = grade(KIND, table=TABLE, files={}, text=text)
            assert first.as_json() == grade(KIND, table=TABLE, files={}, text=text).as_json()
