"""The words of a manifest."""

from __future__ import annotations

from labs.grading.clusters.language.fields import all_fields
from labs.grading.completions import Slot, Word, Words

SLOTS = (Slot("text", "", ("objects", "fields", "words")),)
DEEPEST = (
    "ObjectMeta", "DeploymentSpec", "Strategy", "RollingUpdate", "LabelSelector", "PodTemplate",
    "PodSpec", "Container", "ContainerPort", "Resources", "Probe", "HttpGet", "Spread", "Affinity",
    "AntiAffinity", "Term", "ServiceSpec", "ServicePort", "PdbSpec", "HpaSpec", "Target", "Metric",
    "ResourceMetric", "MetricTarget",
)  # fmt: skip


def field_words() -> list[Word]:
    """Those that are followed, once each."""
    shapes = all_fields().shapes
    found = {
        key
        for name in DEEPEST
        for key, kind in shapes[name]["members"].items()
        if kind != "any"
    }  # fmt: skip
    return [(f"{key}:", "") for key in sorted(found)]


def lists() -> Words:
    kinds = all_fields().kinds
    values = {value for shape in all_fields().shapes.values() for value in shape.get("enum", ())}
    return {
        "objects": [(f"kind: {kind}", version) for kind, version in kinds.items()],
        "fields": field_words(),
        "words": [
            *((value, "") for value in sorted(values)),
            ("topology.kubernetes.io/zone", ""),
            ("kubernetes.io/hostname", ""),
        ],
    }


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else lists()
