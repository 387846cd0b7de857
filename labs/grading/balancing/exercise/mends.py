"""Changes that may mend listener rules: a condition, an action, a place in the order, a rule out or
in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from labs.grading.balancing.exercise.exercise import Exercise
from labs.grading.balancing.lint.nearly import asks
from labs.grading.balancing.rules.reader import RulesAnswer
from labs.grading.balancing.rules.rule import LAST_PRIORITY, Condition, Forward, Rule
from labs.grading.balancing.rules.words import action_words, condition_words, rule_words
from labs.grading.cure import Mend
from labs.grading.json_document import Path
from labs.grading.said import say

WEIGHT = 2  # of one check: it compares all requests


@dataclass(frozen=True, slots=True)
class Change:
    """Of two changes that do the same the smaller `size` is meant."""

    sentence: str
    before: str
    after: str
    rules: tuple[Rule, ...]
    path: Path
    size: int


def mends_of(answer: RulesAnswer, exercise: Exercise) -> list[Mend]:
    """The smallest changes first."""
    found = sorted(changes(answer.rules, exercise.expected.ordered), key=lambda change: change.size)
    return [
        Mend(
            one.sentence,
            one.before,
            one.after,
            replace(answer, rules=one.rules),
            answer.document.position(one.path) if one.path else None,
            WEIGHT,
        )
        for one in found
    ]


def changes(mine: Sequence[Rule], theirs: Sequence[Rule]) -> Iterator[Change]:
    missing = [one for one in theirs if not any(same(one, other) for other in mine)]
    for place, rule in enumerate(mine):
        if any(same(rule, wanted) for wanted in theirs):
            continue
        for wanted in missing:
            yield from nearer(mine, place, wanted)
        yield taken_out(mine, place)
    yield from moves(mine)
    for wanted in missing:
        if wanted.priority is not None:
            yield from put_in(mine, wanted)


def same(mine: Rule, theirs: Rule) -> bool:
    """But for the number: only the order counts."""
    return (
        asks(mine) == asks(theirs)
        and does(mine) == does(theirs)
        and is_last(mine) == is_last(theirs)
    )


def does(rule: Rule) -> object:
    return rule.action.effect() if isinstance(rule.action, Forward) else rule.action


def is_last(rule: Rule) -> bool:
    return rule.priority is None


def with_rule(mine: Sequence[Rule], place: int, rule: Rule) -> tuple[Rule, ...]:
    return (*mine[:place], rule, *mine[place + 1 :])


def nearer(mine: Sequence[Rule], place: int, wanted: Rule) -> Iterator[Change]:
    """One part as in the expected rule, where another part is as there already."""
    rule = mine[place]
    if is_last(rule) != is_last(wanted):
        return
    if does(rule) == does(wanted):
        yield from other_conditions(mine, place, wanted)
    elif same(replace(rule, action=wanted.action), wanted):
        sentence = say("Change the action of {rule}.", rule=name_of(rule))
        before, after = action_words(rule.action), action_words(wanted.action)
        changed = replace(rule, action=wanted.action)
        rules = with_rule(mine, place, changed)
        yield Change(sentence, before, after, rules, rule.action_path, 0)
    elif {one.place for one in rule.conditions} == {one.place for one in wanted.conditions}:
        changed = replace(wanted, priority=rule.priority, path=rule.path)
        sentence = say("Rewrite {rule}: its conditions and its action.", rule=name_of(rule))
        rules = with_rule(mine, place, changed)
        yield Change(sentence, whole_words(rule), whole_words(changed), rules, rule.path, 2)


def whole_words(rule: Rule) -> str:
    return say("{rule}: {action}", rule=rule_words(rule), action=action_words(rule.action))


def other_conditions(mine: Sequence[Rule], place: int, wanted: Rule) -> Iterator[Change]:
    rule = mine[place]
    asked = {one.place: one for one in rule.conditions}
    needed = {one.place: one for one in wanted.conditions}
    if not set(asked) & set(needed):
        yield other_question(mine, place, wanted)
        return
    for where, condition in needed.items():
        if where not in asked:
            conditions = (*rule.conditions, replace(condition, path=rule.path))
            sentence = say(
                "Add a condition on {field} to {rule}: it takes too much.",
                field=condition.kind,
                rule=name_of(rule),
            )
            yield one_condition(mine, place, conditions, sentence, None, condition)
        elif asked[where].values != condition.values:
            old = asked[where]
            conditions = tuple(
                replace(condition, path=old.path) if one is old else one for one in rule.conditions
            )
            sentence = say(
                "Change the condition on {field} of {rule}.",
                field=condition.kind,
                rule=name_of(rule),
            )
            yield one_condition(mine, place, conditions, sentence, old, condition)
    for where, condition in asked.items():
        if where not in needed and len(rule.conditions) > 1:
            conditions = tuple(one for one in rule.conditions if one is not condition)
            sentence = say(
                "Remove the condition on {field} from {rule}: it takes too little.",
                field=condition.kind,
                rule=name_of(rule),
            )
            yield one_condition(mine, place, conditions, sentence, condition, None)


def other_question(mine: Sequence[Rule], place: int, wanted: Rule) -> Change:
    rule = mine[place]
    changed = replace(wanted, priority=rule.priority, path=rule.path)
    sentence = say("Change what {rule} looks at: it does the right thing.", rule=name_of(rule))
    rules = with_rule(mine, place, changed)
    return Change(sentence, rule_words(rule), rule_words(changed), rules, rule.path, 1)


def one_condition(
    mine: Sequence[Rule],
    place: int,
    conditions: tuple[Condition, ...],
    sentence: str,
    old: Condition | None,
    new: Condition | None,
) -> Change:
    rule = mine[place]
    before, after = (condition_words(one) if one else "" for one in (old, new))
    rules = with_rule(mine, place, replace(rule, conditions=conditions))
    return Change(sentence, before, after, rules, old.path if old else rule.path, 0)


def name_of(rule: Rule) -> str:
    if rule.priority is None:
        return say("the default rule")
    return say("rule {number}", number=rule.priority)


def taken_out(mine: Sequence[Rule], place: int) -> Change:
    rule = mine[place]
    sentence = say("Remove {rule}: nobody asked for it.", rule=name_of(rule))
    rest = (*mine[:place], *mine[place + 1 :])
    return Change(sentence, rule_words(rule), "", rest, rule.path, 2)


def moves(mine: Sequence[Rule]) -> Iterator[Change]:
    """Each rule before all others, behind all others, and right before each of them."""
    numbered = sorted(
        (rule for rule in mine if rule.priority is not None), key=lambda one: one.priority or 0
    )
    for at, rule in enumerate(numbered):
        others = numbered[:at] + numbered[at + 1 :]
        for place in range(len(numbered)):
            if place not in (at, at + 1) or place == at + 1 < len(numbered):
                yield moved(mine, numbered, rule, [*others[:place], rule, *others[place:]])


def moved(
    mine: Sequence[Rule], before: Sequence[Rule], rule: Rule, after: Sequence[Rule]
) -> Change:
    """The same numbers, in another order."""
    numbers = {id(one): old.priority for one, old in zip(after, before, strict=True)}
    rules = tuple(replace(one, priority=numbers.get(id(one))) for one in mine)
    sentence = say("Move {rule}: the lowest number is tried first.", rule=name_of(rule))
    words = " < ".join(str(one.priority) for one in after)
    return Change(sentence, rule_words(rule), words, rules, rule.priority_path, 4)


def put_in(mine: Sequence[Rule], wanted: Rule) -> Iterator[Change]:
    """At its own number, before all others and behind all others, where these are free."""
    used = {rule.priority for rule in mine if rule.priority is not None}
    own = wanted.priority or LAST_PRIORITY
    for number in dict.fromkeys((own, min(used, default=2) - 1, max(used, default=0) + 10)):
        if 1 <= number <= LAST_PRIORITY and number not in used:
            added = replace(wanted, priority=number, path=(), action_path=(), priority_path=())
            sentence = say("Add a rule: something that is asked for has none.")
            yield Change(sentence, "", whole_words(added), (*mine, added), (), 3)
