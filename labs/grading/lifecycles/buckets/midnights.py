"""What the rules do at each midnight, in the order of precedence (`life.py` names the pages)."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from labs.grading.lifecycles.buckets.life import (
    DELETE,
    MOST_MIDNIGHTS,
    UPLOAD,
    Life,
    Thing,
    Version,
    steps_of,
)
from labs.grading.lifecycles.buckets.rules import (
    ARCHIVES,
    NOT_FROM,
    RANK,
    SMALL,
    Configuration,
    Move,
    Rule,
)


def live(
    thing: Thing, configuration: Configuration, *, start: int, last: int, versioned: bool
) -> list[Version]:
    """The versions of a key until the end of the day `last`; the configuration is in force from the
    midnight of `start`. At most MOST_MIDNIGHTS midnights are looked at."""
    life = Life(thing, configuration, versioned)
    by_day = steps_of(thing.steps)
    for day in (start, *by_day):
        life.look_at(day)
    for _number in range(MOST_MIDNIGHTS):
        if not life.agenda or life.agenda[0] > last:
            break
        day = heapq.heappop(life.agenda)
        if day >= start:
            at_midnight(life, day)
        for step in by_day.get(day, ()):
            take(life, step.what, day)
    return life.versions


def take(life: Life, what: str, day: int) -> None:
    if what == UPLOAD:
        life.versions.append(Version(day, marker=False, upload=True))
        life.versions[-1].note(day, UPLOAD)
        life.look_after(day)
    else:
        life.add(day, marker=what == DELETE)


def at_midnight(life: Life, day: int) -> None:
    alone = len(life.there()) == 1
    for version in life.there():
        if version.upload:
            abort(life, version, day)
    old(life, day)
    current = life.current()
    if current is not None and not current.upload:
        if current.marker and alone:
            clear(life, current, day)
        elif not current.marker:
            new(life, current, day)


def abort(life: Life, version: Version, day: int) -> None:
    for rule in life.key_rules():
        if rule.aborts and version.created + rule.aborts + 1 <= day:
            life.remove(version, day, rule)
            return


def old(life: Life, day: int) -> None:
    """Noncurrent versions: gone, or moved."""
    for place, version in enumerate(life.noncurrent()):
        rules = list(life.key_rules() if version.marker else life.rules())
        since = version.since or 0
        gone = next((one for one in rules if old_expires(one, since, place, day)), None)
        if gone:
            life.remove(version, day, gone)
        elif not version.marker:
            move(life, version, old_moves(rules, since, place, day), day)


def old_moves(rules: Iterable[Rule], since: int, place: int, day: int) -> list[tuple[Move, Rule]]:
    pairs = [(one, rule) for rule in rules for one in rule.old_moves]
    return [pair for pair in pairs if pair[0].when.due(since) <= day and place >= pair[0].keep]


def old_expires(rule: Rule, since: int, place: int, day: int) -> bool:
    """So many newer noncurrent versions stay, and so many days have passed: both."""
    when = rule.old_expires
    return when is not None and when.due(since) <= day and place >= rule.old_keep


def clear(life: Life, marker: Version, day: int) -> None:
    """A delete marker that is the only version left. A rule with Days clears it, too, once it is
    old enough (Amazon S3 User Guide: Removing expired object delete markers)."""
    for rule in life.key_rules():
        if rule.clears_markers or expires(rule, marker, day):
            life.remove(marker, day, rule)
            return


def new(life: Life, version: Version, day: int) -> None:
    rules = list(life.rules())
    gone = next((one for one in rules if expires(one, version, day)), None)
    if gone and not life.versioned:
        life.remove(version, day, gone)
    elif move(life, version, moves(rules, version, day), day):
        life.look_at(day + 1)
    elif gone:
        life.add(day, marker=True, rule=gone)


def expires(rule: Rule, version: Version, day: int) -> bool:
    return rule.expires is not None and rule.expires.due(version.created) <= day


def moves(rules: Iterable[Rule], version: Version, day: int) -> list[tuple[Move, Rule]]:
    pairs = [(one, rule) for rule in rules for one in rule.moves]
    return [pair for pair in pairs if pair[0].when.due(version.created) <= day]


def move(life: Life, version: Version, due: Iterable[tuple[Move, Rule]], day: int) -> bool:
    """To the class that wins among those that are due and that it can go to."""
    found = list(due)
    least = max((preference(one.target) for one, _rule in found
                 if one.target == version.storage), default=(0, 0))  # fmt: skip
    possible = [
        (one, rule)
        for one, rule in found
        if can_move(version.storage, one.target, life.thing, rule)
        and preference(one.target) > least
    ]
    if not possible:
        return False
    best, rule = max(possible, key=lambda pair: preference(pair[0].target))
    version.storage = best.target
    version.note(day, "moved", rule)
    return True


def can_move(storage: str, target: str, thing: Thing, rule: Rule) -> bool:
    """Objects below 128 KB move only where the rule filters by size, or into the archives where the
    configuration says so (Amazon S3 User Guide: "Allowing small objects to be transitioned"; API
    Reference, "PutBucketLifecycleConfiguration", TransitionDefaultMinimumObjectSize)."""
    small_moves = rule.filter.has_sizes or (rule.small_to_archives and target in ARCHIVES)
    if thing.size < SMALL and not small_moves:
        return False
    return RANK[target] > RANK[storage] and target not in NOT_FROM.get(storage, ())


def preference(target: str) -> tuple[int, int]:
    favoured = 2 if target in ARCHIVES else 1 if target == "INTELLIGENT_TIERING" else 0
    return favoured, RANK[target]
