"""A manifest against its exercise.

Report.extra: `nodes`, one for each: name, zone, pods (names), cpu and memory that are left, of how
much; `pending`: how many pods of which Deployment have no node; `pods`: of each Deployment name,
ready (seconds, or None) and killed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from labs.grading.clusters.exercise.cluster_exercise import ClusterExercise
from labs.grading.clusters.exercise.codes import CODES, code_of_field
from labs.grading.clusters.exercise.fields import Observed, value_of
from labs.grading.clusters.exercise.places import cure_of, place_of
from labs.grading.clusters.exercise.reasons import reason
from labs.grading.clusters.language.objects import Deployment, Manifest
from labs.grading.clusters.running.answering import Backend
from labs.grading.clusters.running.placing import Placing, place
from labs.grading.clusters.running.probing import Life, life_of
from labs.grading.clusters.running.validation import faults
from labs.grading.clusters.running.world import World
from labs.grading.machines.asked import kept, missed, missed_words, outcome, refusal
from labs.grading.machines.asks import Ask
from labs.grading.report import Finding, Report
from labs.grading.said import joined, say

MOST_FAULTS = 8
REFUSED = say("The API server would refuse this, so nothing was created.")
TITLE = say("What was asked for")


def check_manifest(manifest: Manifest, spec: ClusterExercise) -> Report:
    found = list(islice(faults(manifest), MOST_FAULTS))
    if found:
        refusals = [refusal(one.code, one.words, CODES[one.code], one.at) for one in found]
        message = say("Nothing was created, so nothing else was looked at.")
        nothing = Finding("k8s.nothing", False, spec.points, message)
        return Report((*refusals, nothing), refused=REFUSED)
    seen = observe(manifest, spec.world)
    return Report(
        tuple(finding_of(ask, seen) for ask in spec.asks),
        drawn(seen),
        outcomes=tuple(
            outcome(ask, value_of(ask.field, seen)) for ask in spec.asks if not ask.hidden
        ),
        outcomes_title=TITLE,
    )


def observe(manifest: Manifest, world: World) -> Observed:
    manifest = with_scalers(manifest)
    wanted = [(one.name, one.pod, one.replicas) for one in manifest.deployments]
    placing = place(world, wanted)
    backends = tuple(backend_of(one, placing, world) for one in manifest.deployments)
    return Observed(manifest, world, placing, backends)


def with_scalers(manifest: Manifest) -> Manifest:
    """Where an autoscaler decides, it is so many pods when nothing is going on."""
    return replace(
        manifest,
        deployments=tuple(replace(one, replicas=least(manifest, one))
                          for one in manifest.deployments),
    )  # fmt: skip


def least(manifest: Manifest, one: Deployment) -> int:
    return max((each.least for each in manifest.autoscalers if each.scales(one)),
               default=one.replicas)  # fmt: skip


def backend_of(one: Deployment, placing: Placing, world: World) -> Backend:
    """A pod is ready when all its containers are."""
    running = sum(placing.of(one.name).values())
    lives = []
    images = [world.image(each.image) for each in one.pod.containers]
    for container, image in zip(one.pod.containers, images, strict=True):
        lives.append(life_of(container, image) if image else Life(None))
    worst = next((life for life in lives if life.ready is None), None)
    last = worst or max(lives, key=lambda life: life.ready or 0)
    blind = max(life.blind for life in lives)
    life = Life(last.ready, last.killed, last.at, blind)
    return Backend(one, running, life, None if None in images else images[0])


def finding_of(ask: Ask, seen: Observed) -> Finding:
    value, code = value_of(ask.field, seen), code_of_field(ask.field)
    if ask.holds(value):
        return kept(ask, value, code, CODES[code])
    words, cure = missed_words(ask, value), cure_of(ask.field)
    more = reason(ask.field, seen)
    if more:
        words = joined([words, more])
    at = place_of(ask.field, seen)
    return missed(ask, value, code, CODES[code], words=words, at=at, cure=cure)


def drawn(seen: Observed) -> dict[str, Any]:
    rows = []
    for node in seen.world.nodes:
        there = seen.placing.rows[node.name]
        names = [name for name, _pod in there]
        rows.append({
            "name": node.name,
            "zone": node.zone,
            "pods": [f"{name} × {names.count(name)}" for name in dict.fromkeys(names)],
            "cpu": node.cpu - sum(pod.cpu for _name, pod in there),
            "all_cpu": node.cpu,
            "memory": node.memory - sum(pod.memory for _name, pod in there),
            "all_memory": node.memory,
        })  # fmt: skip
    pods = [
        {
            "name": one.deployment.name,
            "pending": seen.placing.pending.get(one.deployment.name, 0),
            "ready": one.life.ready,
            "killed": bool(one.life.killed),
        }
        for one in seen.backends
    ]
    return {"nodes": rows, "pods": pods}
