"""Small manifests, and a small cluster."""

from __future__ import annotations

import json
from typing import Any

from labs.grading.clusters.language.manifest import read_manifest
from labs.grading.clusters.language.objects import Manifest
from labs.grading.clusters.running.world import Answer, Image, Node, World

IMAGE = Image(
    "shop:1",
    8080,
    starts=20,
    memory=200,
    paths={"/health": Answer(200), "/slow": Answer(200, 3), "/db": Answer(200, depends=True)},
)
WORLD = World(
    nodes=(
        Node("a-1", "a", 1000, 1000),
        Node("a-2", "a", 1000, 1000),
        Node("b-1", "b", 1000, 1000),
        Node("b-2", "b", 1000, 1000),
    ),
    images=(IMAGE,),
    outage=60,
)
LABELS = {"app": "shop"}


def deployment(name: str = "shop", **changes: Any) -> dict[str, Any]:
    """`pod`, `container` and `labels` change what their names say; the rest the spec."""
    labels = changes.pop("labels", LABELS)
    container = {"name": "web", "image": "shop:1", **changes.pop("container", {})}
    pod = {"containers": [container], **changes.pop("pod", {})}
    spec = {
        "selector": {"matchLabels": labels},
        "template": {"metadata": {"labels": labels}, "spec": pod},
        **changes,
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name},
        "spec": spec,
    }


def service(name: str = "shop", **spec: Any) -> dict[str, Any]:
    spec = {"selector": LABELS, "ports": [{"port": 80, "targetPort": 8080}], **spec}
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": spec}


def budget(**spec: Any) -> dict[str, Any]:
    spec = {"selector": {"matchLabels": LABELS}, **spec}
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": {"name": "keep"},
        "spec": spec,
    }


def text_of(*objects: dict[str, Any]) -> str:
    return "\n---\n".join(json.dumps(one) for one in objects)


def manifest_of(*objects: dict[str, Any]) -> Manifest:
    return read_manifest(text_of(*objects))


def spread(key: str = "kubernetes.io/hostname", skew: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "maxSkew": skew,
        "topologyKey": key,
        "whenUnsatisfiable": "DoNotSchedule",
        "labelSelector": {"matchLabels": LABELS},
        **changes,
    }


def requests(cpu: str = "100m", memory: str = "100Mi") -> dict[str, Any]:
    return {"resources": {"requests": {"cpu": cpu, "memory": memory}}}
