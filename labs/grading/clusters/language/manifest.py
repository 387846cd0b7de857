"""The text of an answer → a manifest. AnswerError where `kubectl apply` would send nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.grading.clusters.language.building import (
    autoscaler_of,
    budget_of,
    deployment_of,
    names_of,
    service_of,
)
from labs.grading.clusters.language.checker import Checker
from labs.grading.clusters.language.documents import read_documents
from labs.grading.clusters.language.fields import all_fields
from labs.grading.clusters.language.objects import Manifest, Place
from labs.grading.errors import AnswerError
from labs.grading.json_document import JsonDocument
from labs.grading.listing import listed_with_or
from labs.grading.machines.shapes.checker import nearest
from labs.grading.said import say

Objects = list[tuple[str, Mapping[str, Any], Place]]


def read_manifest(text: str) -> Manifest:
    """AnswerError names line and column."""
    documents = read_documents(text)
    if not documents:
        raise AnswerError(say("There is no object here: begin with apiVersion and kind."), 1, 1)
    objects = [read_object(one) for one in documents]
    judge_names(objects)

    def of_kind(kind: str) -> list[tuple[Mapping[str, Any], Place]]:
        return [(data, place) for name, data, place in objects if name == kind]

    return Manifest(
        tuple(deployment_of(*one) for one in of_kind("Deployment")),
        tuple(service_of(*one) for one in of_kind("Service")),
        tuple(budget_of(*one) for one in of_kind("PodDisruptionBudget")),
        tuple(autoscaler_of(*one) for one in of_kind("HorizontalPodAutoscaler")),
        tuple(objects),
    )


def read_object(document: JsonDocument) -> tuple[str, Mapping[str, Any], Place]:
    data, fields = document.value, all_fields()
    if not isinstance(data, dict):
        raise AnswerError(
            say("An object has apiVersion, kind, metadata and spec."), *document.position()
        )
    kind = str(data.get("kind"))
    if kind not in fields.kinds:
        raise no_kind(document, kind)
    version = data.get("apiVersion")
    if version != fields.kinds[kind]:
        says = f'no matches for kind "{kind}" in version "{str(version)[:40]}"'
        words = say("Write apiVersion: {version} for {kind}. kubectl: “{says}”",
                    version=fields.kinds[kind], kind=kind, says=says)  # fmt: skip
        raise AnswerError(words, *document.position(("apiVersion",)))
    Checker(document, fields).check(data, (), kind)
    return kind, data, Place(document)


def no_kind(document: JsonDocument, kind: str) -> AnswerError:
    kinds = list(all_fields().kinds)
    near = nearest(kind, kinds)
    if near:
        words = say("Did you mean kind: {kind}?", kind=near)
    else:
        words = say("Write as kind {kinds}: others are not followed here.",
                    kinds=listed_with_or(kinds))  # fmt: skip
    return AnswerError(words, *document.position(("kind",)))


def judge_names(objects: Objects) -> None:
    """The second of the same name would replace the first."""
    seen = set()
    for kind, data, place in objects:
        name, namespace = names_of(data)
        if not name:
            words = say("Give the object a name: metadata.name.")
            raise AnswerError(words, *place.at("metadata"))
        if (kind, namespace, name) in seen:
            words = say("There are two {kind} of the name {name}: the second would replace the "
                        "first.", kind=kind, name=name[:60])  # fmt: skip
            raise AnswerError(words, *place.at("metadata", "name"))
        seen.add((kind, namespace, name))
