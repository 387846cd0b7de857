"""Kubernetes manifests, graded by what a cluster makes of them: which pods find a node, come to be
ready and live on, who gets an answer from which Service, and what is left during an update, while
nodes are emptied, and after a loss.

An answer is YAML of one or more documents (JSON is read as well): Deployment, Service,
HorizontalPodAutoscaler and PodDisruptionBudget. Its fields are those of the API
(`labs.grading.clusters.language`); asked is what was observed.

[spec] in lab.toml:
    [[spec.nodes]]           name, zone, cpu (thousandths) and memory (MiB) that are left for pods,
                             pods (29), labels
    [[spec.images]]          name, listens (port), starts (seconds until it does), memory (MiB that
                             it comes to need), paths: "/health" = "200", "200 in 3" (seconds), "200
                             with the database"; others are 404
    [spec.loads]             name → CPU (thousandths) that all pods together use then
    outage                   for so many seconds the database is away once
    public = true            are load balancers reachable from the internet without an annotation?
    [[spec.checks]]          name, field (`labs.grading.clusters.exercise.fields`), points (1),
                             hidden; is = "…" or a list of them, or contains, or least and most;
                             unit; told = false: what is expected is for learners to find

Report.extra: see `labs.grading.clusters.exercise.verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.clusters.exercise.cluster_exercise import ClusterExercise, read_cluster_exercise
from labs.grading.clusters.exercise.codes import CODES as CODES
from labs.grading.clusters.exercise.completions import SLOTS as SLOTS
from labs.grading.clusters.exercise.completions import words as words
from labs.grading.clusters.exercise.verdict import check_manifest
from labs.grading.clusters.language.manifest import read_manifest
from labs.grading.clusters.language.objects import Manifest
from labs.grading.kind import Files
from labs.grading.machines.behaviour import behaviour as behaviour
from labs.grading.mutants import Mutant
from labs.grading.mutants.manifests import broken_manifests
from labs.grading.report import Report
from labs.grading.said import say

NAME = "k8s-manifest"
TITLE = say("Kubernetes manifests")
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "1"
MAX_BYTES = 12_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"checks": ("name",)}


def read_spec(table: Mapping[str, object], files: Files) -> ClusterExercise:
    return read_cluster_exercise(table)


def parse(text: str) -> Manifest:
    return read_manifest(text)


def check(answer: Manifest, spec: ClusterExercise) -> Report:
    return check_manifest(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_manifests(text)
