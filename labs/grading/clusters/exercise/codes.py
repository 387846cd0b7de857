"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.machines.asks import code_of
from labs.grading.said import say

OBJECTS = "deployments-and-services"
PROBES = "probes-and-requests"
LOSSES = "pods-that-outlast-a-loss"

FAULT_CODES = {
    "k8s.own-selector": Code(
        say("A Deployment that does not find its pods, or finds others"),
        say("selector.matchLabels and the labels of the template are the same words."),
        OBJECTS,
    ),
    "k8s.refused": Code(
        say("A value that is refused"),
        say("The API server looks at every object before it keeps it."),
        OBJECTS,
    ),
    "k8s.rollout": Code(
        say("An update that can do nothing"),
        say("With no pod more and no pod less, none can be replaced."),
        LOSSES,
    ),
    "k8s.nothing": Code(
        say("Nothing was created"), say("Mend what the API server objects to first."), OBJECTS
    ),
}
CHECK_CODES = {
    "k8s.absent": Code(
        say("An object that is not there"), say("Objects find each other by their names."), OBJECTS
    ),
    "k8s.image": Code(
        say("Another image than asked for"),
        say("A node pulls the image by its whole name; a tag such as latest moves."),
        OBJECTS,
    ),
    "k8s.not-placed": Code(
        say("Pods without a node"),
        say("A pod waits until a node has what it requests, and no rule forbids it."),
        PROBES,
    ),
    "k8s.not-ready": Code(
        say("Pods that are never ready"),
        say("Requests go to pods whose readiness probe succeeds."),
        PROBES,
    ),
    "k8s.killed": Code(
        say("Killed again and again"),
        say("A liveness probe that fails too often, or too little memory, ends the container."),
        PROBES,
    ),
    "k8s.blind": Code(
        say("Requests before it can answer"),
        say("Without a readiness probe a pod counts as ready as soon as it runs."),
        PROBES,
    ),
    "k8s.outage": Code(
        say("Restarted for somebody else's fault"),
        say("A restart mends a program that hangs, and no database that is away."),
        PROBES,
    ),
    "k8s.liveness": Code(
        say("Nobody notices that it hangs"),
        say("A liveness probe ends a program that no longer answers."),
        PROBES,
    ),
    "k8s.requests": Code(
        say("Nothing is requested"),
        say("Nodes are chosen, and pods counted, by what they request."),
        PROBES,
    ),
    "k8s.service": Code(
        say("A Service without an answer"),
        say("selector finds the pods, targetPort their port."),
        OBJECTS,
    ),
    "k8s.reach": Code(
        say("Reachable for others than asked for"),
        say("ClusterIP is for the cluster, LoadBalancer for those outside."),
        OBJECTS,
    ),
    "k8s.uneven": Code(
        say("Too many pods in one place"),
        say("Without a rule that forbids it, all of them may run on one node."),
        LOSSES,
    ),
    "k8s.update": Code(
        say("Too few pods during an update"),
        say("maxUnavailable says how many may be missing, maxSurge how many may be added."),
        LOSSES,
    ),
    "k8s.drain": Code(
        say("What emptying a node does"),
        say("A PodDisruptionBudget says how many pods have to stay; if all have to, it cannot be "
            "emptied."),
        LOSSES,
    ),
    "k8s.scaling": Code(
        say("Another number of pods than asked for"),
        say("The autoscaler compares what pods use with what they request."),
        LOSSES,
    ),
}  # fmt: skip
CODES = FAULT_CODES | CHECK_CODES
OF_FIELD = {
    "image": "k8s.image",
    "pinned": "k8s.image",
    "placed": "k8s.not-placed",
    "ready": "k8s.not-ready",
    "killed": "k8s.killed",
    "blind": "k8s.blind",
    "alone": "k8s.own-selector",
    "outage": "k8s.outage",
    "watched": "k8s.liveness",
    "requests": "k8s.requests",
    "cpu": "k8s.requests",
    "memory": "k8s.requests",
    "inside": "k8s.service",
    "outside": "k8s.reach",
    "open": "k8s.reach",
    "most-on-a-node": "k8s.uneven",
    "least-in-a-zone": "k8s.uneven",
    "after-node": "k8s.uneven",
    "after-zone": "k8s.uneven",
    "in-update": "k8s.update",
    "updates": "k8s.update",
    "in-drain": "k8s.drain",
    "drains": "k8s.drain",
    "under": "k8s.scaling",
    "fits": "k8s.scaling",
}


def code_of_field(field: str) -> str:
    return code_of(field, OF_FIELD)
