"""Which idea is behind a part that is not right: a near miss is named, everything else is
`wrong-part`."""

from __future__ import annotations

from labs.grading.names.certificates import fits
from labs.grading.names.exercise.topics import Taken, Topic
from labs.grading.names.forwarded import APPEND
from labs.grading.names.places import LOCAL_ZONE, NEITHER, REGION, ZONE


def mistake(topic: Topic, part: str, given: str, taken: Taken) -> str:
    """The code. `given` is in its plain form and is not the part expected."""
    known = OF_TOPIC[topic.prefix](part, given, taken)
    if not known and given and is_other_part(topic, part, given, taken):
        known = "other-part"
    return f"{topic.prefix}.{known or 'wrong-part'}"


def is_other_part(topic: Topic, part: str, given: str, taken: Taken) -> bool:
    return any(
        value and name != part and topic.canonical(name, given) == topic.canonical(name, value)
        for name, value in taken.parts.items()
    )


def of_type(part: str, given: str, taken: Taken) -> str:
    parts = taken.parts
    if part == "family" and given.startswith(parts["family"] + parts["generation"]):
        return "class-for-family"
    letters = (parts["family"], *parts["attributes"].split())
    if given == "g" and part in ("family", "attributes") and given in letters:
        return "graviton-or-graphics"
    known = {"size": "other-size", "purpose": "other-purpose"}
    is_a_size = given.endswith(("large", "xl", "small", "medium", "micro", "nano"))
    return known.get(part, "") if part == "purpose" or is_a_size else ""


def of_arn(part: str, given: str, taken: Taken) -> str:
    parts = taken.parts
    if part == "type" and parts["service"] == "s3" and not parts["type"]:
        return "folder-for-type"
    if part == "name" and parts["type"] and given.startswith(parts["type"]):
        return "type-in-name"
    if not parts[part] and part in ("region", "account", "type"):
        return "not-empty"
    return ""


def of_place(part: str, given: str, taken: Taken) -> str:
    kind = taken.parts["kind"]
    if part == "region":
        is_letter = given[:-1] == taken.parts["region"] and kind in (ZONE, LOCAL_ZONE)
        return "letter-kept" if is_letter else "no-such-name" if kind == NEITHER else ""
    if kind == NEITHER:
        return "no-such-name"
    if given == NEITHER:
        return "is-one"
    pairs = {(REGION, ZONE): "zone-for-region", (ZONE, REGION): "region-for-zone"}
    return pairs.get((kind, given), "")


def of_image(part: str, given: str, taken: Taken) -> str:
    if part == "tag" and not given and taken.parts["tag"] == "latest":
        return "latest"
    repository = taken.parts["repository"]
    if part == "repository" and given and repository.endswith(f"/{given}"):
        return "repository-cut"
    return ""


def of_visitor(part: str, given: str, taken: Taken) -> str:
    arrival = taken.arrival
    assert arrival is not None  # every item of this sort has one
    if part == "header":
        return "header"
    if part == "source":
        return "balancer" if given in (arrival.peer, taken.parts["visitor"]) else ""
    if given == taken.parts["source"]:
        return "balancer"
    if arrival.mode != APPEND and given:
        return "invented"
    if given == arrival.peer and arrival.own_proxies:
        return "own-proxy"
    return "first" if given in arrival.header else ""


def of_visit(part: str, given: str, taken: Taken) -> str:
    listener, host = taken.listener, taken.host
    assert listener is not None  # every item of this sort has one
    if part == "warning":
        return "warning"
    if not taken.says_name:
        return "no-name"
    if given not in listener.certificates:
        return ""
    names = listener.certificates[given]
    if any(fits(name, host) for name in names):
        return "exact-first"
    domains = [name[2:] for name in names if name.startswith("*.")]
    if host in domains:
        return "bare-domain"
    if any(host.endswith(f".{domain}") for domain in domains):
        return "one-label"
    return "default-too-soon" if given == listener.default else ""


OF_TOPIC = {
    "type": of_type,
    "arn": of_arn,
    "place": of_place,
    "image": of_image,
    "visitor": of_visitor,
    "sni": of_visit,
}
