"""How instances, databases, mount targets, nodes and addresses are placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labs.grading.errors import Position
from labs.grading.names.exercise.answers import SHOWN
from labs.grading.placement.answers.draft import Draft
from labs.grading.placement.answers.entries import NO, YES, Entry, values_of, zone_named
from labs.grading.said import say

MOST = 50  # instances of a tier in a zone
ROLES = ("primary", "standby")


def place_tier(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    """`eu-west-2a: 2`, or a zone for each instance."""
    counts = draft.tiers.setdefault(thing, {})
    for entry in entries:
        pairs = (
            [(entry.of_zone, entry.value)]
            if entry.of_zone
            else [(value, "1") for value in values_of(entry.value)]
        )
        for name, number in pairs:
            if name.isdigit():
                words = say(
                    "Say in which zones: “{zone}: {number}”.",
                    zone=draft.world.zones[0],
                    number=name[:SHOWN],
                )
                draft.wrong("no-number", words, entry.at)
            elif zone := draft.zone(name, entry.at):
                counts[zone] = min(MOST, counts.get(zone, 0) + number_of(draft, number, entry.at))


def number_of(draft: Draft, text: str, at: Position) -> int:
    if not text:
        return 0
    if text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= MOST:
        return int(text)
    words = say(
        "“{text}” is not a number of instances from 0 to {most}.", text=text[:SHOWN], most=MOST
    )
    draft.wrong("no-number", words, at)
    return 0


def place_pair(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    """`primary: eu-west-2a`, `eu-west-2a: primary`, or two zones: the primary's first."""
    roles = draft.pairs.setdefault(thing, {})
    for entry in entries:
        if entry.part in ROLES:
            if entry.value.lower() not in NO:
                roles[entry.part] = draft.zone(entry.value, entry.at)
        elif entry.part and zone_named(entry.value, draft.world.zones):
            no_role(draft, entry.part, entry.at)
        elif entry.part:
            zone = draft.zone(entry.part, entry.at)
            for role in values_of(entry.value.lower()):
                take_role(draft, roles, role, zone, entry.at)
        else:
            names = values_of(entry.value)
            for role, name in zip(ROLES, names, strict=False):
                roles[role] = draft.zone(name, entry.at)
            if len(names) > len(ROLES):
                words = say("There are one primary and one standby: the rest does not count.")
                draft.wrong("no-role", words, entry.at)


def take_role(draft: Draft, roles: dict[str, str], role: str, zone: str, at: Position) -> None:
    """Below a zone: `database: primary`."""
    if role in NO:
        return
    if role not in ROLES:
        no_role(draft, role, at)
    elif role in roles:
        draft.wrong("no-role", say("There is one {role} only.", role=role), at)
    else:
        roles[role] = zone


def no_role(draft: Draft, text: str, at: Position) -> None:
    words = say("“{text}” is neither primary nor standby.", text=text[:SHOWN])
    draft.wrong("no-role", words, at)


def place_mounts(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    """A list of zones, or `eu-west-2a: yes`."""
    zones = draft.mounts.setdefault(thing, [])
    for entry in entries:
        if entry.of_zone and entry.value.lower() in NO:
            continue
        for name in [entry.of_zone] if entry.of_zone else values_of(entry.value):
            zone = draft.zone(name, entry.at)
            if zone and zone not in zones:
                zones.append(zone)


def place_nodes(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    """A list of zones, or `eu-west-2a: 203.0.113.10` with the address of the node."""
    nodes = draft.nodes.setdefault(thing, {})
    known = draft.world.balancer(thing).addresses
    for entry in entries:
        if not entry.of_zone:
            place_list(draft, nodes, known, entry)
            continue
        name, address = (entry.part, entry.value)
        if name in known:
            name, address = address, name
        if address.lower() not in NO and (zone := draft.zone(name, entry.at)):
            nodes[zone] = address_of(draft, nodes, known, address, entry.at)


def place_list(draft: Draft, nodes: dict[str, str], known: Sequence[str], entry: Entry) -> None:
    for name in values_of(entry.value):
        if name in known:
            words = say(
                "Say in which zone {address} stands: “{zone}: {address}”.",
                address=name,
                zone=draft.world.zones[0],
            )
            draft.wrong("unknown-zone", words, entry.at)
        elif zone := draft.zone(name, entry.at):
            nodes.setdefault(zone, "")


def address_of(
    draft: Draft,
    nodes: Mapping[str, str],
    known: Sequence[str],
    address: str,
    at: Position,
) -> str:
    if address.lower() in YES:
        return ""
    if address not in known:
        words = say("“{text}” is no address of this lab.", text=address[:SHOWN])
        draft.wrong("unknown-address", words, at)
        return ""
    if address in nodes.values():
        words = say("{address} is at another node already.", address=address)
        draft.wrong("address-twice", words, at)
        return ""
    return address


def place_holders(draft: Draft, thing: str, entries: Sequence[Entry]) -> None:
    """Instances in the order in which they take the address."""
    tiers = {tier.name for tier in draft.world.tiers}
    found: list[str] = list(draft.holders.get(thing, ()))
    for entry in entries:
        for name in values_of(entry.value.lower()):
            if name in tiers:
                found.append(name)
            else:
                words = say("“{name}” is no instance of this lab.", name=name[:SHOWN])
                draft.wrong("unknown-name", words, entry.at)
    draft.holders[thing] = tuple(dict.fromkeys(found))
