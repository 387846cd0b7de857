"""The mistakes that people make in network ACLs, named where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.network.exercise.direction import Mistake
from labs.grading.network.exercise.tidiness import has_host_bits
from labs.grading.network.rules.acl import Acl, AclRule
from labs.grading.network.rules.algebra import Rectangle, subtract
from labs.grading.network.rules.protocols import ALL
from labs.grading.said import say


def find_mistakes(acl: Acl) -> Iterator[Mistake]:
    for inbound in (True, False):
        rules = acl.direction(inbound)
        for index, entry in enumerate(rules):
            yield from without_effect(entry, rules[:index], inbound)
            if has_host_bits(entry.rule):
                message = say(
                    "{written} is read as {block}.",
                    written=entry.rule.written,
                    block=entry.rule.source.name,
                )
                yield Mistake("nacl.host-bits", message, entry.rule.path)


def without_effect(entry: AclRule, earlier: Sequence[AclRule], inbound: bool) -> Iterator[Mistake]:
    about_same = [
        other
        for other in earlier
        if other.rule.protocol in (ALL, entry.rule.protocol)
        and other.rule.source.kind == entry.rule.source.kind
    ]
    if any(subtract([box(entry)], [box(other) for other in about_same])):
        return
    against = next(
        (other for other in about_same if other.allow != entry.allow and touches(other, entry)),
        None,
    )
    words = entry.words(inbound=inbound)
    if against is not None:
        yield Mistake(
            "nacl.order",
            say(
                "{rule} comes too late: {earlier} decides first.",
                rule=words,
                earlier=against.words(inbound=inbound),
            ),
            entry.rule.path,
        )
    else:
        yield Mistake(
            "nacl.no-effect",
            say("{rule} has no effect: earlier rules decide all of it.", rule=words),
            entry.rule.path,
        )


def box(entry: AclRule) -> Rectangle:
    return Rectangle(
        entry.rule.source.first, entry.rule.source.last, entry.rule.low, entry.rule.high
    )


def touches(one: AclRule, other: AclRule) -> bool:
    a, b = box(one), box(other)
    return a.first <= b.last and b.first <= a.last and a.low <= b.high and b.low <= a.high
