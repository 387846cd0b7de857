"""Kubernetes documentation: "Deployments", "Specifying a Disruption Budget for your Application",
"Horizontal Pod Autoscaling"."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.clusters.language.objects import Autoscaler, Place
from labs.grading.clusters.running.lasting import (
    least_in_drain,
    least_in_update,
    may_be_evicted,
    most_in_update,
    scaled,
)
from labs.grading.clusters.running.percent import share
from tests.labs.grading.clusters.manifests import budget, deployment, manifest_of


@pytest.mark.parametrize(
    ("rolling", "replicas", "least", "most"),
    [
        ({}, 4, 3, 5),  # 25 % each
        ({}, 10, 8, 13),  # "at most 125%", "at least 75%": 2.5 down and up
        ({"maxUnavailable": "30%", "maxSurge": "30%"}, 10, 7, 13),  # the guide's example
        ({"maxUnavailable": 0, "maxSurge": 1}, 3, 3, 4),
        ({"maxUnavailable": 1, "maxSurge": 0}, 1, 0, 1),
        ({}, 1, 1, 2),
        ({"maxUnavailable": "10%", "maxSurge": 0}, 4, 3, 4),  # rounded to 0: one has to go
    ],
)
def test_how_many_pods_there_are_in_an_update(
    rolling: dict[str, Any], replicas: int, least: int, most: int
) -> None:
    strategy = {"type": "RollingUpdate", "rollingUpdate": rolling}
    one = manifest_of(deployment(replicas=replicas, strategy=strategy)).deployments[0]
    assert (least_in_update(one, replicas), most_in_update(one, replicas)) == (least, most)


def test_recreate_ends_all_before_any_begins() -> None:
    one = manifest_of(deployment(replicas=3, strategy={"type": "Recreate"})).deployments[0]
    assert (least_in_update(one, 3), most_in_update(one, 3)) == (0, 3)


@pytest.mark.parametrize(
    ("spec", "replicas", "may_go"),
    [
        ({"minAvailable": 2}, 3, 1),
        ({"maxUnavailable": 1}, 3, 1),
        ({"minAvailable": "50%"}, 7, 3),  # "rounds up to the nearest integer": 4 have to stay
        ({"maxUnavailable": "50%"}, 7, 4),
        ({"minAvailable": "100%"}, 3, 0),
        ({"maxUnavailable": 0}, 3, 0),
        ({"minAvailable": 3, "selector": {"matchLabels": {"app": "other"}}}, 3, 3),
        ({"minAvailable": 2, "selector": {}}, 3, 1),  # takes all pods
        ({"minAvailable": 2, "selector": None}, 3, 3),  # takes none
    ],
)
def test_how_many_a_budget_lets_go(spec: dict[str, Any], replicas: int, may_go: int) -> None:
    manifest = manifest_of(deployment(replicas=replicas), budget(**spec))
    one = manifest.deployments[0]
    assert may_be_evicted(manifest, one, replicas) == may_go
    assert least_in_drain(manifest, one, replicas) == replicas - may_go


def test_two_budgets_for_one_pod_let_none_go() -> None:
    second = budget(minAvailable=1)
    second["metadata"]["name"] = "second"
    manifest = manifest_of(deployment(replicas=3), budget(minAvailable=1), second)
    assert may_be_evicted(manifest, manifest.deployments[0], 3) == 0


@pytest.mark.parametrize(
    ("load", "request_", "percent", "pods"),
    [
        (400, 200, 50, 4),  # twice the target: twice the pods, from 2
        (100, 200, 50, 2),  # half of it: never fewer than the least
        (215, 200, 50, 2),  # within 10 %
        (2000, 200, 50, 8),  # never more than the most
        (400, None, 50, None),
        (450, 500, 60, 2),
    ],
)
def test_the_formula_of_the_autoscaler(
    load: int, request_: int | None, percent: int, pods: int | None
) -> None:
    place = Place(manifest_of(deployment()).deployments[0].place.document)
    scaler = Autoscaler("s", "default", "apps/v1", "Deployment", "shop", 2, 8, percent, place)
    assert scaled(scaler, request_, load) == pods


def test_a_target_may_be_an_amount_for_each_pod() -> None:
    # "averageValue": the same formula, without requests
    place = manifest_of(deployment()).deployments[0].place
    scaler = Autoscaler("s", "default", "apps/v1", "Deployment", "shop", 2, 8, None, place, 300)
    assert scaled(scaler, None, 1500) == 5


def test_percent_and_numbers() -> None:
    assert share("25%", 5, up=True) == 2
    assert share("25%", 5, up=False) == 1
    assert share(3, 5, up=True) == 3
    assert share("many", 5, up=True) is None
    assert share(-1, 5, up=True) is None
