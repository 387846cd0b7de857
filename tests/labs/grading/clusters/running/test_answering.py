"""Kubernetes documentation: "Service"; EKS User Guide: "Route TCP and UDP traffic with Network Load
Balancers"."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.clusters.exercise.fields import value_of
from labs.grading.clusters.exercise.verdict import observe
from labs.grading.clusters.running.world import World
from labs.grading.machines.asks import Value
from tests.labs.grading.clusters.manifests import WORLD, deployment, manifest_of, service

PORTS = {"ports": [{"name": "http", "containerPort": 8080}]}


def seen(field: str, *objects: dict[str, Any], world: World = WORLD) -> Value:
    return value_of(field, observe(manifest_of(*objects), world))


@pytest.mark.parametrize(
    ("spec", "answer"),
    [
        ({}, "yes"),
        ({"selector": {"app": "Shop"}}, "no"),
        ({"selector": {"app": "shop", "tier": "front"}}, "no"),
        ({"selector": {}}, "no"),
        ({"ports": [{"port": 80}]}, "no"),
        ({"ports": [{"port": 80, "targetPort": "http"}]}, "yes"),
        ({"ports": [{"port": 80, "targetPort": "web"}]}, "no"),
        ({"ports": [{"port": 80, "targetPort": 8080, "protocol": "UDP"}]}, "no"),
        ({"ports": [{"port": 81, "targetPort": 8080}]}, "no"),
        ({"ports": [{"name": "a", "port": 80, "targetPort": 8080},
                    {"name": "b", "port": 81, "targetPort": 81}]}, "yes"),
    ],
)  # fmt: skip
def test_a_service_answers_if_all_its_parts_fit(spec: dict[str, Any], answer: str) -> None:
    assert seen("inside:shop:80", deployment(container=PORTS), service(**spec)) == answer


def test_pods_that_are_not_ready_get_no_requests() -> None:
    probe = {"readinessProbe": {"httpGet": {"path": "/nothing", "port": 8080}}}
    assert seen("inside:shop:80", deployment(container=probe), service()) == "no"


def test_pods_of_another_program_behind_it_do_not_answer() -> None:
    other = deployment("other", container={"image": "other:1"}, labels={"app": "shop", "b": "c"})
    assert seen("inside:shop:80", deployment(), service()) == "yes"
    # Its image is not there: never ready, so it gets none
    assert seen("inside:shop:80", deployment(), other, service()) == "yes"


def test_another_namespace_is_another_world() -> None:
    away = service()
    away["metadata"]["namespace"] = "front"
    assert seen("inside:shop:80", deployment(), away) == "no"


@pytest.mark.parametrize(
    ("spec", "outside", "ports"),
    [
        ({}, "no", None),
        ({"type": "NodePort"}, "no", None),
        ({"type": "LoadBalancer"}, "yes", "80"),
        ({"type": "LoadBalancer", "loadBalancerSourceRanges": ["10.0.0.0/8"]}, "no", None),
    ],
)
def test_who_reaches_it_is_said_by_its_type(
    spec: dict[str, Any], outside: str, ports: str | None
) -> None:
    objects = (deployment(), service(**spec))
    assert seen("outside:shop:80", *objects) == outside
    assert seen("open", *objects) == ports


def test_an_internal_load_balancer_is_not_reached_from_the_internet() -> None:
    inner = service(type="LoadBalancer")
    key = "service.beta.kubernetes.io/aws-load-balancer-scheme"
    inner["metadata"]["annotations"] = {key: "internal"}
    assert seen("outside:shop:80", deployment(), inner) == "no"
    private = World(WORLD.nodes, WORLD.images, public=False)
    facing = service(type="LoadBalancer")
    assert seen("outside:shop:80", deployment(), facing, world=private) == "no"
    facing["metadata"]["annotations"] = {key: "internet-facing"}
    assert seen("outside:shop:80", deployment(), facing, world=private) == "yes"
