"""Data of the API → the objects that are followed, with the API's defaults.

Source: Kubernetes API reference: replicas 1, maxSurge and maxUnavailable 25 %, type ClusterIP,
targetPort as port, protocol TCP; a limit without a request is the request; minReplicas 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from labs.grading.clusters.language.objects import (
    DEFAULT,
    Apart,
    Autoscaler,
    Budget,
    Container,
    Deployment,
    Place,
    Pod,
    Port,
    Probe,
    Resources,
    Service,
    ServicePort,
    Spread,
)
from labs.grading.clusters.language.quantities import mebibytes, millicores
from labs.grading.clusters.language.selectors import Selector, selector_of
from labs.grading.json_document import Path

Data = Mapping[str, Any]
QUARTER = "25%"
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
CONTAINERS: Path = ("spec", "template", "spec", "containers")


def given(data: Data, key: str, default: Any) -> Any:
    """An empty field is one that is not there."""
    found = data.get(key)
    return default if found is None else found


def names_of(data: Data) -> tuple[str, str]:
    meta = given(data, "metadata", {})
    return given(meta, "name", ""), given(meta, "namespace", DEFAULT)


def deployment_of(data: Data, place: Place) -> Deployment:
    name, namespace = names_of(data)
    spec = data["spec"]
    strategy = given(spec, "strategy", {})
    rolling = given(strategy, "rollingUpdate", {})
    return Deployment(
        name=name,
        namespace=namespace,
        replicas=given(spec, "replicas", 1),
        selector=selector_of(spec["selector"]) or Selector({}),
        pod=pod_of(spec["template"]),
        recreates=strategy.get("type") == "Recreate",
        surge=given(rolling, "maxSurge", QUARTER),
        unavailable=given(rolling, "maxUnavailable", QUARTER),
        min_ready=given(spec, "minReadySeconds", 0),
        place=place,
    )


def pod_of(template: Data) -> Pod:
    spec = given(template, "spec", {})
    containers = given(spec, "containers", [])
    return Pod(
        labels=given(given(template, "metadata", {}), "labels", {}),
        containers=tuple(
            container_of(one, (*CONTAINERS, number)) for number, one in enumerate(containers)
        ),
        node_labels=given(spec, "nodeSelector", {}),
        spreads=tuple(spread_of(one) for one in given(spec, "topologySpreadConstraints", [])),
        apart=tuple(apart_of(given(given(spec, "affinity", {}), "podAntiAffinity", {}))),
    )


def container_of(data: Data, path: Path) -> Container:
    resources = given(data, "resources", {})
    limits = resources_of(given(resources, "limits", {}))
    requests = resources_of(given(resources, "requests", {}))
    return Container(
        name=data["name"],
        image=given(data, "image", ""),
        ports=tuple(port_of(one) for one in given(data, "ports", [])),
        requests=Resources(
            limits.cpu if requests.cpu is None else requests.cpu,
            limits.memory if requests.memory is None else requests.memory,
        ),
        limits=limits,
        readiness=probe_of(data.get("readinessProbe")),
        liveness=probe_of(data.get("livenessProbe")),
        startup=probe_of(data.get("startupProbe")),
        path=path,
    )


def resources_of(data: Data) -> Resources:
    return Resources(
        millicores(data["cpu"]) if "cpu" in data else None,
        mebibytes(data["memory"]) if "memory" in data else None,
    )


def port_of(data: Data) -> Port:
    return Port(
        data["containerPort"],
        given(data, "name", ""),
        given(data, "protocol", "TCP"),
        given(data, "hostPort", 0),
    )


def probe_of(data: Data | None) -> Probe | None:
    """None where nothing is asked."""
    if not data or not (data.get("httpGet") or data.get("tcpSocket")):
        return None
    http = data.get("httpGet")
    return Probe(
        path=given(http, "path", "/") if http else None,
        port=(http or data["tcpSocket"])["port"],
        delay=given(data, "initialDelaySeconds", 0),
        period=given(data, "periodSeconds", 10) or 10,
        timeout=given(data, "timeoutSeconds", 1) or 1,
        successes=given(data, "successThreshold", 1) or 1,
        failures=given(data, "failureThreshold", 3) or 3,
    )


def spread_of(data: Data) -> Spread:
    return Spread(
        data["maxSkew"],
        data["topologyKey"],
        data["whenUnsatisfiable"] == "DoNotSchedule",
        selector_of(data.get("labelSelector")),
        given(data, "minDomains", 1),
    )


def apart_of(data: Data) -> Iterator[Apart]:
    for term in given(data, REQUIRED, []):
        yield Apart(term["topologyKey"], selector_of(term.get("labelSelector")), True)
    for weighted in given(data, PREFERRED, []):
        term = weighted["podAffinityTerm"]
        yield Apart(term["topologyKey"], selector_of(term.get("labelSelector")), False)


def service_of(data: Data, place: Place) -> Service:
    name, namespace = names_of(data)
    spec = data["spec"]
    return Service(
        name=name,
        namespace=namespace,
        kind=given(spec, "type", "ClusterIP"),
        selector=given(spec, "selector", {}),
        ports=tuple(service_port(one) for one in given(spec, "ports", [])),
        annotations=given(given(data, "metadata", {}), "annotations", {}),
        ranges=tuple(given(spec, "loadBalancerSourceRanges", [])),
        place=place,
    )


def service_port(data: Data) -> ServicePort:
    return ServicePort(
        data["port"],
        given(data, "targetPort", data["port"]),
        given(data, "name", ""),
        given(data, "protocol", "TCP"),
        given(data, "nodePort", 0),
    )


def budget_of(data: Data, place: Place) -> Budget:
    name, namespace = names_of(data)
    spec = data["spec"]
    return Budget(
        name,
        namespace,
        spec.get("minAvailable"),
        spec.get("maxUnavailable"),
        selector_of(spec.get("selector")),
        place,
    )


def autoscaler_of(data: Data, place: Place) -> Autoscaler:
    name, namespace = names_of(data)
    spec = data["spec"]
    target = spec["scaleTargetRef"]
    return Autoscaler(
        name=name,
        namespace=namespace,
        version=given(target, "apiVersion", ""),
        kind=target["kind"],
        target=target["name"],
        least=given(spec, "minReplicas", 1),
        most=spec["maxReplicas"],
        utilization=utilization_of(target_of(spec)),
        place=place,
        average=average_of(target_of(spec)),
    )


def target_of(spec: Data) -> Data:
    """Of the CPU. Without metrics it is 80 % of the request; empty where others decide."""
    metrics = given(spec, "metrics", [])
    if not metrics:
        return {"averageUtilization": 80}
    for one in metrics:
        resource = one.get("resource") or {}
        if one["type"] == "Resource" and resource.get("name") == "cpu":
            found: Data = resource["target"]
            return found
    return {}


def utilization_of(target: Data) -> int | None:
    return target.get("averageUtilization") or None


def average_of(target: Data) -> int | None:
    return millicores(target["averageValue"]) if target.get("averageValue") else None
