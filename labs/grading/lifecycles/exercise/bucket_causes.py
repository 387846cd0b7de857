"""Why something of a bucket stays where it should not: the first thing that is missing."""

from __future__ import annotations

from collections.abc import Callable

from labs.grading.lifecycles.buckets.life import UPLOAD, Thing
from labs.grading.lifecycles.buckets.rules import SMALL, Configuration, Rule
from labs.grading.lifecycles.comparison.fates import Gap, State
from labs.grading.lifecycles.exercise.world import Cause
from labs.grading.said import Said, filled, say

NOBODY = say("No rule takes {key}: look at the prefixes, tags and sizes.")
DISABLED = say("Write Enabled: rule {rule} would do this, and its Status is Disabled.")
TOO_SMALL = say(
    "Add a size to the filter of rule {rule}: without one, objects below 128 KB never move."
)
LATER = say("Look at rule {rule}: it does this on another day.")
NOT_MOVED = say("No rule that takes {key} moves it to {storage}.")
NOT_GONE = say("No rule that takes {key} lets it go.")
OLD_NOT_MOVED = say("No rule that takes {key} moves old versions to {storage}.")
KEPT = say("Rule {rule} leaves the newest old versions alone (NewerNoncurrentVersions {number}).")
OLD_NOT_GONE = say("No rule that takes {key} removes old versions.")
NOT_CLEARED = say("No rule that takes {key} removes delete markers that are left alone.")
NOT_ABORTED = say("No rule that takes {key} ends its unfinished uploads.")


def takes(rule: Rule, thing: Thing) -> bool:
    return rule.filter.takes(thing.key, thing.tags, thing.size)


def why_not(rules: Configuration, thing: Thing, gap: Gap) -> Cause:
    """No rule takes it; none of those that do does what should be done; one does it on another
    day."""
    does, words = wanted(thing, gap)
    taking = taking_rules(rules, thing, by_key=words in (NOT_CLEARED, NOT_ABORTED))
    if not taking:
        return Cause(filled(NOBODY, key=thing.key))
    doing = [rule for rule in taking if does(rule)]
    if not doing:
        storage = gap.wanted.plain if gap.wanted else ""
        return Cause(filled(words, key=thing.key, storage=storage))
    rule = next((one for one in doing if one.enabled), doing[0])
    return hindered(rule, thing, words)


def hindered(rule: Rule, thing: Thing, words: Said) -> Cause:
    """Why a rule that does what should be done has not done it."""
    if not rule.enabled:
        return Cause(filled(DISABLED, rule=rule.name), (*rule.path, "Status"))
    if words is OLD_NOT_GONE and rule.old_keep:
        return Cause(filled(KEPT, rule=rule.name, number=rule.old_keep), rule.path)
    if words is NOT_MOVED and too_small(rule, thing):
        return Cause(filled(TOO_SMALL, rule=rule.name), (*rule.path, "Filter"))
    return Cause(filled(LATER, rule=rule.name), rule.path)


def taking_rules(rules: Configuration, thing: Thing, *, by_key: bool) -> list[Rule]:
    """Delete markers and uploads have a key and nothing else to be taken by."""
    if by_key:
        return [rule for rule in rules.rules if rule.filter.takes_key(thing.key)]
    return [rule for rule in rules.rules if takes(rule, thing)]


def too_small(rule: Rule, thing: Thing) -> bool:
    return thing.size < SMALL and not rule.filter.has_sizes


def wanted(thing: Thing, gap: Gap) -> tuple[Callable[[Rule], bool], Said]:
    """Which rules do what should be done, and what is said where none does."""
    plain = gap.wanted.plain if gap.wanted else ""
    if any(step.what == UPLOAD for step in thing.steps):
        return (lambda rule: rule.aborts is not None), NOT_ABORTED
    if plain == "marker":
        return (lambda rule: rule.expires is not None), NOT_GONE
    if is_marker(gap.mine):
        return clears, NOT_CLEARED
    if is_old(gap.mine):
        return old_does(plain)
    if plain == "gone":
        return (lambda rule: rule.expires is not None), NOT_GONE
    return (lambda rule: any(one.target == plain for one in rule.moves)), NOT_MOVED


def old_does(plain: str) -> tuple[Callable[[Rule], bool], Said]:
    if plain == "gone":
        return (lambda rule: rule.old_expires is not None), OLD_NOT_GONE
    return (lambda rule: any(one.target == plain for one in rule.old_moves)), OLD_NOT_MOVED


def clears(rule: Rule) -> bool:
    return rule.clears_markers or rule.expires is not None


def is_marker(state: State | None) -> bool:
    return state is not None and state.what == "marker"


def is_old(state: State | None) -> bool:
    return state is not None and state.what == "noncurrent"
