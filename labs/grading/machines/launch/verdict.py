"""A launch template against its exercise.

Report.extra: `launches`, one for each zone: zone, wanted, launched, and of the machine type, vcpus,
memory, image, architecture, disks, groups, role, imds; `faults` (what AWS said), `count` (how many
the group starts there, where there is a group).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from labs.grading.errors import Position
from labs.grading.machines import asked
from labs.grading.machines.asks import Ask, Value
from labs.grading.machines.faults import Fault
from labs.grading.machines.launch.answers import LaunchAnswer, Misplaced
from labs.grading.machines.launch.codes import CODES, code_of_field
from labs.grading.machines.launch.exercise import LaunchExercise
from labs.grading.machines.launch.fields import IN_ZONES, OF_GROUP, ZONES, value_of
from labs.grading.machines.launch.group import ZONES as SUBNETS
from labs.grading.machines.launch.group import desired_of, group_faults, zones_of
from labs.grading.machines.launch.launcher import Launch, Machine, launch
from labs.grading.machines.launch.network import INTERFACES, interface_of
from labs.grading.machines.launch.places import PLACES, cure_of, hangs_on_image
from labs.grading.report import Finding, Report
from labs.grading.said import joined, say

MOST_FAULTS = 8
REFUSED = say("Nothing is launched like this.")
TITLE = say("What was asked for")


def check_launch(answer: LaunchAnswer, spec: LaunchExercise) -> Report:
    refusals = refusals_of(answer, spec)
    launches = [] if refusals else launches_of(answer, spec)
    if not any(one.machine for one in launches):
        refusals += [refusal(answer, fault) for fault in distinct(launches)]
        message = say("Nothing was launched, so nothing else was looked at.")
        nothing = Finding("launch.nothing", False, spec.points, message)
        return Report((*refusals[:MOST_FAULTS], nothing), refused=REFUSED)
    group = answer.group if spec.with_group else None
    right = is_image_right(spec.asks, answer, launches)
    return Report(
        tuple(finding_of(ask, answer, launches, image_right=right) for ask in spec.asks),
        {"launches": [*drawn(launches, group)]},
        outcomes=tuple(
            asked.outcome(ask, observed(ask, answer, launches))
            for ask in spec.asks
            if not ask.hidden
        ),
        outcomes_title=TITLE,
    )


def launches_of(answer: LaunchAnswer, spec: LaunchExercise) -> list[Launch]:
    """In the zones of the group, or in that of the template's own subnet, or in all."""
    world = spec.world
    zones = tuple(world.subnets)
    subnet = interface_of(answer.data).get("SubnetId", "")
    if spec.with_group and answer.group is not None:
        zones = zones_of(answer.group, world)
    elif world.zone_of(subnet):
        zones = (world.zone_of(subnet),)
    return launch(answer.data, world, zones)


def refusals_of(answer: LaunchAnswer, spec: LaunchExercise) -> list[Finding]:
    """What is wrong before anything is launched: keys in the wrong document, and the group."""
    found = [misplaced_finding(one) for one in answer.misplaced]
    if spec.with_group and answer.group is None:
        words = say("Add the group: AutoScalingGroup beside LaunchTemplateData.")
        found.append(error("launch.group-missing", words, (1, 1)))
    elif spec.with_group and answer.group is not None:
        faults = islice(group_faults(answer.group, spec.world), MOST_FAULTS)
        found += [refusal(answer, fault) for fault in faults]
    return found


def misplaced_finding(one: Misplaced) -> Finding:
    if one.in_template:
        words = say(
            "Move {key} to the Auto Scaling group: a template says what one instance is, not how "
            "many there are and where. AWS: “{aws}”",
            key=one.key,
            aws=f'Unknown parameter in LaunchTemplateData: "{one.key}"',
        )
        return error("launch.belongs-to-the-group", words, one.at)
    words = say(
        "Move {key} to LaunchTemplateData: it says what one instance is. AWS: “{aws}”",
        key=one.key,
        aws=f'Unknown parameter in input: "{one.key}"',
    )
    return error("launch.belongs-to-the-template", words, one.at)


def error(code: str, words: str, at: Position) -> Finding:
    return asked.refusal(code, words, CODES[code], at)


def refusal(answer: LaunchAnswer, fault: Fault) -> Finding:
    at = answer.at_group(*fault.path) if fault.in_group else answer.at(*fault.path)
    return error(fault.code, fault.words, at)


def distinct(launches: Sequence[Launch]) -> list[Fault]:
    """Each once, whichever zones have it."""
    found = {fault.words: fault for one in launches for fault in one.faults}
    return list(found.values())


def observed(ask: Ask, answer: LaunchAnswer, launches: Sequence[Launch]) -> Value:
    """Machines are alike in all zones: a template is one."""
    if ask.field in (ZONES, IN_ZONES):
        zones = [one.zone for one in launches if one.machine]
        return len(zones) if ask.field == ZONES else ", ".join(zones)
    if ask.field.startswith("group:"):
        return OF_GROUP[ask.field.partition(":")[2]](answer.group or {})
    machine = next(one.machine for one in launches if one.machine)
    return value_of(ask.field, machine)


def is_image_right(asks: Sequence[Ask], answer: LaunchAnswer, launches: Sequence[Launch]) -> bool:
    """Before it is, nothing is known of its root device."""
    return all(one.holds(observed(one, answer, launches)) for one in asks if one.field == "image")


def finding_of(
    ask: Ask, answer: LaunchAnswer, launches: Sequence[Launch], *, image_right: bool
) -> Finding:
    value, code = observed(ask, answer, launches), code_of_field(ask.field)
    if ask.holds(value):
        return asked.kept(ask, value, code, CODES[code])
    faults = distinct(launches) if ask.field in (ZONES, IN_ZONES) else []
    words, at = "", place_of(ask.field, answer)
    machine = next((one.machine for one in launches if one.machine), None)
    cure = cure_of(ask.field, machine)
    if not image_right and hangs_on_image(ask.field):
        cure = cure_of("image", machine)
    if faults:
        said = (fault.words for fault in faults[:MOST_FAULTS])
        words = joined([asked.missed_words(ask, value), *said])
        code, at = faults[0].code, answer.at(*faults[0].path)
    elif ask.field in (ZONES, IN_ZONES):
        cure, at = zones_cure(answer)
    return asked.missed(ask, value, code, CODES[code], words=words, at=at, cure=cure)


def zones_cure(answer: LaunchAnswer) -> tuple[str, Position | None]:
    """Nothing was refused: who decides on the zones?"""
    if answer.group is not None:
        cure = say("Name the subnets of these zones, and no others, in VPCZoneIdentifier.")
        return cure, answer.at_group(SUBNETS)
    cure = say("Leave SubnetId out: it ties every launch to the zone of that subnet.")
    return cure, answer.at(INTERFACES, 0, "SubnetId")


def place_of(field: str, answer: LaunchAnswer) -> Position | None:
    """Where the template, or the group, says it; None where it says nothing of it."""
    first, _colon, rest = field.partition(":")
    key = PLACES.get(rest if first == "group" else first, "")
    values: Mapping[str, Any] = (answer.group or {}) if first == "group" else answer.data
    if key not in values:
        return None
    return answer.at_group(key) if first == "group" else answer.at(key)


def drawn(launches: Sequence[Launch], group: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    wanted = [one for one in launches if one.wanted]
    for one in launches:
        row: dict[str, Any] = {
            "zone": one.zone,
            "wanted": one.wanted,
            "faults": [fault.aws or fault.cure for fault in one.faults[:MOST_FAULTS]],
            "machine": None,
        }
        if group is not None and one.wanted:
            place, all_of_them = wanted.index(one), len(wanted)
            # The group keeps its zones in balance
            row["count"] = (desired_of(group) + all_of_them - 1 - place) // all_of_them
        if one.machine:
            row["machine"] = machine_drawn(one.machine)
        yield row


def machine_drawn(machine: Machine) -> dict[str, Any]:
    return {
        "type": machine.type.name,
        "vcpus": machine.type.vcpus,
        "memory": machine.type.gib,
        "image": machine.image.id,
        "architecture": machine.image.architecture,
        "disks": [
            {"device": d.device, "gib": d.gib, "volume": d.volume, "deletes": d.deletes}
            for d in machine.disks[:MOST_FAULTS]
        ],
        "groups": ", ".join(machine.groups),
        "role": machine.role,
        "imds": machine.imds,
    }
