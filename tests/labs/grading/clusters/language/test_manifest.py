from __future__ import annotations

import pytest

from labs.grading.clusters.language.manifest import read_manifest
from labs.grading.clusters.language.quantities import mebibytes, millicores
from labs.grading.clusters.language.selectors import selector_of
from labs.grading.errors import AnswerError
from tests.labs.grading.clusters.manifests import deployment, manifest_of, service

WHOLE = """# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
      - name: web
        image: shop:1
--- # and how it is reached
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: shop
  ports:
  - port: 80
"""


def test_several_documents_keep_their_lines() -> None:
    manifest = read_manifest(f"---\n{WHOLE}---\n")
    assert (len(manifest.deployments), len(manifest.services)) == (1, 1)
    assert manifest.services[0].place.at("spec", "ports", 0, "port") == (28, 11)


def test_the_defaults_are_those_of_the_api() -> None:
    manifest = manifest_of(deployment(), service(ports=[{"port": 80}]))
    one, other = manifest.deployments[0], manifest.services[0]
    assert (one.replicas, one.surge, one.unavailable) == (1, "25%", "25%")
    assert (other.kind, other.ports[0].target, other.namespace) == ("ClusterIP", 80, "default")


def test_a_limit_without_a_request_is_the_request() -> None:
    # "Resource Management": "If you specify a limit for a resource, but do not specify any
    # request, … Kubernetes copies the limit you specified"
    limits = {"resources": {"limits": {"cpu": "500m", "memory": "128Mi"}, "requests": {"cpu": 0.1}}}
    container = manifest_of(deployment(container=limits)).deployments[0].pod.containers[0]
    assert (container.requests.cpu, container.requests.memory) == (100, 128)


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("replicas: 2", "replicas: '2'", "whole number, without quotation marks", 7),
        ("replicas: 2", "replica: 2", "Did you mean replicas?", 7),
        ("replicas: 2", "image: shop", "but in containers", 7),
        ("        image: shop:1", "        imag: shop:1", "Did you mean image?", 17),
        ("app: shop\n    spec", "app: 1\n    spec", "in quotation marks", 13),
        ("kind: Service", "kind: Servce", "Did you mean kind: Service?", 20),
        ("kind: Service", "kind: ConfigMap", "others are not followed here", 20),
        ("apiVersion: v1", "apiVersion: apps/v1", "apiVersion: v1 for Service", 19),
        ("  - port: 80", "  - targetPort: 80", "Add port", 27),
        ("metadata:\n  name: shop\nspec:\n  selector:\n    app",
         "metadata:\n  labels: {a: b}\nspec:\n  selector:\n    app", "metadata.name", 22),
        ("      containers:", "      initContainers: []\n      containers:", "not followed", 15),
        ("    app: shop\n  ports", "\t  app: shop\n  ports", "not with tabs", 25),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(
    old: str, new: str, words: str, line: int
) -> None:
    assert old in WHOLE
    with pytest.raises(AnswerError) as caught:
        read_manifest(WHOLE.replace(old, new))
    assert words in caught.value.message
    assert caught.value.line == line


def test_nothing_is_no_manifest() -> None:
    for text in ("", "---\n---\n", "# only a comment"):
        with pytest.raises(AnswerError):
            read_manifest(text)


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(AnswerError, match="replace the first"):
        manifest_of(deployment(), deployment())


@pytest.mark.parametrize(
    ("text", "cpu"),
    [("100m", 100), ("0.1", 100), (1, 1000), (0.25, 250), (".5", 500), ("1.5", 1500)],
)
def test_amounts_of_cpu(text: object, cpu: int) -> None:
    # "Resource units in Kubernetes": "the expression 0.1 is equivalent to the expression 100m"
    assert millicores(text) == cpu


@pytest.mark.parametrize(
    ("text", "mib"),
    [("128974848", 123), ("129M", 124), ("123Mi", 123), ("128974848000m", 123), ("1Gi", 1024)],
)
def test_amounts_of_memory(text: str, mib: int) -> None:
    # The guide's own four ways of roughly the same value
    assert mebibytes(text) == mib


def test_selectors_ask_as_the_guide_says() -> None:
    # "Labels and Selectors": matchLabels and matchExpressions are ANDed
    found = selector_of({
        "matchLabels": {"component": "redis"},
        "matchExpressions": [
            {"key": "tier", "operator": "In", "values": ["cache"]},
            {"key": "environment", "operator": "NotIn", "values": ["dev"]},
        ],
    })  # fmt: skip
    assert found is not None
    assert found.takes({"component": "redis", "tier": "cache"})
    assert not found.takes({"component": "redis", "tier": "cache", "environment": "dev"})
    assert not found.takes({"component": "redis"})
    assert selector_of(None) is None
