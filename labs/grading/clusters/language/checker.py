"""Has an object the fields that it can have? The first fault is an AnswerError at its place: what
to do, and then what `kubectl apply` says, which asks for this before it sends anything.

Source: Kubernetes documentation, "kubectl apply", `--validate=strict`: unknown and duplicate fields
are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.grading.clusters.language.fields import Fields
from labs.grading.clusters.language.quantities import amount
from labs.grading.errors import AnswerError
from labs.grading.json_document import JsonDocument, Path
from labs.grading.listing import listed_with_or
from labs.grading.machines.shapes.checker import nearest
from labs.grading.said import filled, say

LONGEST = 60
TYPES: Mapping[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "quantity": (str, int, float),
    "int-or-string": (int, str),
}
CURES = {
    "structure": say("Indent the fields of {name} below it."),
    "map": say("Write {name} as name and value, indented below it."),
    "list": say("Write {name} as a list: each entry with a hyphen."),
    "string": say("Put the value of {name} in quotation marks: it is a text."),
    "integer": say("Write {name} as a whole number, without quotation marks."),
    "boolean": say("Write {name} as true or false, without quotation marks."),
    "quantity": say("Write {name} as an amount: 500m, 0.5 or 128Mi."),
    "int-or-string": say("Write {name} as a number or a text."),
}
HOMES = {
    "DeploymentSpec": "spec",
    "PodSpec": "spec.template.spec",
    "Container": "containers",
    "ObjectMeta": "metadata",
    "ServiceSpec": "spec",
    "ContainerPort": "containers.ports",
    "ServicePort": "spec.ports",
    "Resources": "resources",
    "Probe": "readinessProbe",
    "HttpGet": "httpGet",
    "TcpSocket": "tcpSocket",
    "LabelSelector": "selector",
    "Expression": "matchExpressions",
    "Strategy": "strategy",
    "RollingUpdate": "strategy.rollingUpdate",
    "PodTemplate": "template",
    "Spread": "topologySpreadConstraints",
    "AntiAffinity": "affinity.podAntiAffinity",
    "Affinity": "affinity",
    "Term": "podAntiAffinity",
    "WeightedTerm": "podAntiAffinity",
    "PdbSpec": "spec",
    "HpaSpec": "spec",
    "Target": "scaleTargetRef",
    "Metric": "metrics",
    "ResourceMetric": "metrics.resource",
    "MetricTarget": "metrics.resource.target",
    "Variable": "env",
}
# What would change everything here, and is not followed
UNREAD = {
    "initContainers", "ephemeralContainers", "nodeName", "hostNetwork",
    "schedulingGates", "nodeAffinity", "podAffinity", "grpc", "exec", "readinessGates",
    "priorityClassName", "containerResource", "command", "args",
}  # fmt: skip


class Checker:
    def __init__(self, document: JsonDocument, fields: Fields) -> None:
        self.document, self.fields = document, fields

    def check(self, value: Any, path: Path, name: str) -> None:
        shape = self.fields.shapes[name]
        kind: str = shape["type"]
        if kind == "any" or value is None:  # an empty field is one that is not there
            return
        fits = isinstance(value, TYPES[kind]) and isinstance(value, bool) == (kind == "boolean")
        if not fits:
            raise self.wrong(value, path, kind)
        if kind == "structure":
            self.structure(value, path, name)
        elif kind in ("list", "map"):
            member = shape["member"] if kind == "list" else shape["value"]
            steps = enumerate(value) if kind == "list" else value.items()
            for step, one in steps:
                self.entry(one, (*path, step), member)
        else:
            self.plain(value, path, shape)

    def plain(self, value: Any, path: Path, shape: Mapping[str, Any]) -> None:
        if shape["type"] == "quantity" and amount(value) is None:
            raise self.wrong(value, path, "quantity")
        if "enum" in shape and value not in shape["enum"]:
            raise self.no_choice(value, path, shape["enum"])

    def entry(self, value: Any, path: Path, name: str) -> None:
        if value is None and self.fields.shapes[name]["type"] != "any":
            raise self.wrong(value, path, self.fields.shapes[name]["type"])
        self.check(value, path, name)

    def structure(self, value: Mapping[str, Any], path: Path, name: str) -> None:
        shape = self.fields.shapes[name]
        members: Mapping[str, str] = shape["members"]
        for key, one in value.items():
            if key not in members:
                raise self.unknown(key, path, name)
            if key in UNREAD:
                words = say("Leave {key} out: it is not followed here.", key=key)
                raise AnswerError(words, *self.document.key_position((*path, key)))
            self.check(one, (*path, key), members[key])
        for key in shape.get("required", ()):
            if value.get(key) is None:
                says = f'missing required field "{key}" in {self.called(path)}'
                words = say("Add {key}. kubectl: “{says}”", key=key, says=says)
                raise AnswerError(words, *self.document.position(path))

    def called(self, path: Path) -> str:
        """`spec.template.spec.containers[0].image`."""
        found = ""
        for step in path:
            found += f"[{step}]" if isinstance(step, int) else f".{step[:LONGEST]}"
        return found.lstrip(".") or "object"

    def unknown(self, key: str, path: Path, name: str) -> AnswerError:
        """A field of another object is named with its place."""
        says = f'unknown field "{self.called((*path, key))}"'
        members = list(self.fields.shapes[name]["members"])
        near = nearest(key, members)
        homes = [
            other for other, shape in self.fields.shapes.items()
            if key in shape.get("members", {}) and other not in ("any", name)
        ]  # fmt: skip
        if homes and key not in members:
            words = say("{key} does not stand here, but in {home}. kubectl: “{says}”",
                        key=key, home=HOMES.get(homes[0], homes[0]), says=says)  # fmt: skip
        elif near:
            words = say("Did you mean {name}? kubectl: “{says}”", name=near, says=says)
        else:
            words = say("There is no such field here. kubectl: “{says}”", says=says)
        return AnswerError(words, *self.document.key_position((*path, key)))

    def wrong(self, value: Any, path: Path, kind: str) -> AnswerError:
        words = say("{cure} kubectl: “{says}”", cure=filled(CURES[kind], name=self.called(path)),
                    says=f"expected {kind}, got {type(value).__name__}")  # fmt: skip
        return AnswerError(words, *self.document.position(path))

    def no_choice(self, value: str, path: Path, choices: list[str]) -> AnswerError:
        words = say("{name} is {names}, not “{value}”.", name=self.called(path),
                    names=listed_with_or(choices), value=value[:LONGEST])  # fmt: skip
        return AnswerError(words, *self.document.position(path))
