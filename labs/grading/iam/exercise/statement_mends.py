"""Small changes that bring one statement nearer to another: a value, an element, an effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from labs.grading.iam.language.documents import ConditionEntry, Statement
from labs.grading.iam.language.policy_writer import element_text
from labs.grading.iam.language.principals import is_account_id
from labs.grading.json_text import Path
from labs.grading.said import say
from labs.grading.wildcards.globs import glob

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """`path` leads to the place below the statement; of two changes that mend the same, the smaller
    `size` is meant."""

    sentence: str
    element: str
    before: Statement
    after: Statement
    path: Path = ()
    size: int = 0

    def texts(self) -> tuple[str, str]:
        """The element before and after."""
        return element_text(self.before, self.element), element_text(self.after, self.element)


def changes_towards(mine: Statement, theirs: Statement) -> Iterator[Change]:
    """Single changes to `mine`, the smallest first."""
    if mine.effect == theirs.effect:
        yield from action_changes(mine, theirs)
        yield from resource_changes(mine, theirs)
        yield from principal_changes(mine, theirs)
        yield from condition_changes(mine, theirs)
    else:
        sentence = (
            say("Make this statement a Deny.")
            if mine.effect == "Allow"
            else say("Make this statement an Allow.")
        )
        yield Change(sentence, "Effect", mine, replace(mine, effect=theirs.effect), ("Effect",))


def action_changes(mine: Statement, theirs: Statement) -> Iterator[Change]:
    element = "NotAction" if mine.not_actions else "Action"
    if mine.not_actions != theirs.not_actions:
        after = replace(mine, actions=theirs.actions, not_actions=theirs.not_actions)
        sentence = (
            say("Use Action in place of NotAction.")
            if mine.not_actions
            else say("Use NotAction in place of Action.")
        )
        yield Change(sentence, "Action", mine, after, (element,))
        return
    for found in value_changes(element, mine.actions, theirs.actions):
        after = replace(mine, actions=found.values)
        path = path_to(element, mine.actions, found.index)
        yield Change(found.sentence, "Action", mine, after, path, found.size)


def resource_changes(mine: Statement, theirs: Statement) -> Iterator[Change]:
    if mine.not_resources or theirs.not_resources:
        return
    for found in value_changes("Resource", mine.resources, theirs.resources):
        after = replace(mine, resources=found.values)
        path = path_to("Resource", mine.resources, found.index)
        yield Change(found.sentence, "Resource", mine, after, path, found.size)


def path_to(element: str, values: Sequence[str] | None, index: int | None) -> Path:
    return (element,) if index is None or len(values or ()) == 1 else (element, index)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """The values after a change, and which of the values before it is about."""

    sentence: str
    values: Values
    index: int | None = None
    size: int = 0


def value_changes(
    element: str, mine: Values | None, theirs: Values | None
) -> Iterator[ValueChange]:
    """One value replaced or taken out, or what is missing put in; at last all of them at once."""
    if not mine or not theirs:
        return
    missing = tuple(value for value in theirs if value not in mine)
    extra = [value for value in mine if value not in theirs]
    for value in extra:
        yield from changes_of_value(element, value, mine, missing)
    if missing:
        yield ValueChange(lacking(element, len(missing)), (*mine, *missing))
    if 1 < len(extra) < len(mine):
        yield all_out(element, extra, mine)
    if extra and missing:
        yield ValueChange(all_changed(element, extra, missing), theirs, size=2)


def all_changed(element: str, extra: Sequence[str], missing: Values) -> str:
    if all(any(covers(element, value, one) for value in extra) for one in missing):
        return say("Narrow {element}: it names more than what is needed.", element=element)
    return say("Change {element}: it does not name what is needed.", element=element)


def changes_of_value(
    element: str, value: str, mine: Values, missing: Values
) -> Iterator[ValueChange]:
    index = mine.index(value)
    inside = tuple(one for one in missing if covers(element, value, one))
    near = inside or tuple(one for one in missing if alike(element, value, one))
    if near:
        rest = dict.fromkeys(mine[:index] + near + mine[index + 1 :])
        is_pattern = "Action" in element and "*" in value  # of what it covers, before anything else
        size = 1 if is_pattern and not inside else 0
        yield ValueChange(replaced(element, value, inside, near), tuple(rest), index, size)
    if len(mine) > 1:
        sentence = say("Remove {value} from {element}.", value=value, element=element)
        yield ValueChange(sentence, mine[:index] + mine[index + 1 :], index)


def all_out(element: str, extra: Sequence[str], mine: Values) -> ValueChange:
    sentence = say(
        "Remove {value} from {element}, and {number} more that nobody asked for.",
        value=extra[0],
        element=element,
        number=len(extra) - 1,
    )
    kept = tuple(value for value in mine if value not in extra)
    return ValueChange(sentence, kept, mine.index(extra[0]), size=1)


def covers(element: str, pattern: str, value: str) -> bool:
    """As a pattern, the value taken literally; names of actions have no case."""
    fold = str.lower if "Action" in element else str
    return glob(fold(pattern)).matches(fold(value))


def alike(element: str, value: str, wanted: str) -> bool:
    """Is one perhaps meant where the other is written? Actions only within a service."""
    same_service = value.partition(":")[0].lower() == wanted.partition(":")[0].lower()
    return same_service or "Action" not in element


def replaced(element: str, value: str, inside: Values, near: Values) -> str:
    if not inside:
        if any(covers(element, one, value) for one in near):
            return say("Widen {value}: it does not cover all that is needed.", value=value)
        return say("Replace {value}: it is not what is needed.", value=value)
    many = len(inside) > 1
    if "Action" in element:
        if not many:
            return say("Replace {value} by the one action that is needed.", value=value)
        return say(
            "Replace {value} by the {number} actions that are needed.",
            value=value,
            number=len(inside),
        )
    if many:
        return say(
            "Narrow {value} to the {number} resources that are meant.",
            value=value,
            number=len(inside),
        )
    return say("Narrow {value} to the one resource that is meant.", value=value)


def lacking(element: str, number: int) -> str:
    if number == 1:
        return say("Add to {element} the one value that is missing.", element=element)
    return say(
        "Add to {element} the {number} values that are missing.", element=element, number=number
    )


def principal_changes(mine: Statement, theirs: Statement) -> Iterator[Change]:
    """Type and name, of both twins."""
    if mine.principals is None or theirs.principals is None:
        return
    if (mine.principals, mine.not_principals) == (theirs.principals, theirs.not_principals):
        return
    after = replace(mine, principals=theirs.principals, not_principals=theirs.not_principals)
    path = ("NotPrincipal" if mine.not_principals else "Principal",)
    yield Change(principal_words(mine, theirs), "Principal", mine, after, path)


def names_in(statement: Statement) -> set[str]:
    """An account is the same by its number and by its root."""
    names = {name for found in (statement.principals or {}).values() for name in found}
    return {f"arn:aws:iam::{name}:root" if is_account_id(name) else name for name in names}


def principal_words(mine: Statement, theirs: Statement) -> str:
    named, wanted = names_in(mine), names_in(theirs)
    if mine.not_principals != theirs.not_principals:
        return (
            say("Use Principal in place of NotPrincipal.")
            if mine.not_principals
            else say("Use NotPrincipal in place of Principal.")
        )
    if "*" in named and "*" not in wanted:
        return say("Name in Principal who is meant: * is everybody.")
    if named == wanted:
        return say("Change the type of the principal: the name is right.")
    if named < wanted:
        return say("Add to Principal whoever else needs this.")
    if wanted < named:
        return say("Remove from Principal whoever does not need this.")
    return say("Change Principal: it does not name who is meant.")


def condition_changes(mine: Statement, theirs: Statement) -> Iterator[Change]:
    """One entry at a time, then the whole block."""
    if same_entries(mine.conditions, theirs.conditions):
        return
    for index, entry in enumerate(mine.conditions):
        yield from entry_changes(mine, index, entry, theirs)
    for entry in missing_entries(mine, theirs):
        after = replace(mine, conditions=(*mine.conditions, *placed((entry,), mine)))
        yield Change(missing_condition(mine), "Condition", mine, after, ("Condition",))
    after = replace(mine, conditions=placed(theirs.conditions, mine))
    yield Change(block_words(mine, theirs), "Condition", mine, after, ("Condition",))


def entry_changes(
    mine: Statement, index: int, entry: ConditionEntry, theirs: Statement
) -> Iterator[Change]:
    """The entry as it should be, where theirs has one about the same key; else without it."""
    if any(same_entries((entry,), (other,)) for other in theirs.conditions):
        return
    path = entry.path[len(mine.path) :]
    before, after = mine.conditions[:index], mine.conditions[index + 1 :]
    for other in theirs.conditions:
        if other.key.lower() == entry.key.lower():
            changed = replace(mine, conditions=(*before, replace(other, path=entry.path), *after))
            yield Change(entry_words(entry, other), "Condition", mine, changed, path)
    sentence = say(
        "Remove the condition {operator} on {key}.", operator=entry.operator, key=entry.key
    )
    yield Change(sentence, "Condition", mine, replace(mine, conditions=(*before, *after)), path)


def placed(entries: Sequence[ConditionEntry], mine: Statement) -> tuple[ConditionEntry, ...]:
    """Entries of another statement, as if they stood in this one."""
    return tuple(replace(entry, path=(*mine.path, "Condition")) for entry in entries)


def entry_words(mine: ConditionEntry, theirs: ConditionEntry) -> str:
    if mine.operator == theirs.operator:
        return say("Change the value of {key} in the condition.", key=mine.key)
    if set(mine.values) == set(theirs.values):
        return say(
            "Use an operator other than {operator} for {key}.",
            operator=mine.operator,
            key=mine.key,
        )
    return say("Change operator and value of the condition on {key}.", key=mine.key)


def missing_entries(mine: Statement, theirs: Statement) -> Iterator[ConditionEntry]:
    keys = {entry.key.lower() for entry in mine.conditions}
    return (entry for entry in theirs.conditions if entry.key.lower() not in keys)


def missing_condition(mine: Statement) -> str:
    if mine.conditions:
        return say("Add one more key to the Condition of this statement.")
    return say("Add a Condition to this statement.")


def block_words(mine: Statement, theirs: Statement) -> str:
    if not mine.conditions:
        return missing_condition(mine)
    if not theirs.conditions:
        return say("Remove the Condition from this statement.")
    return say("Change the Condition of this statement: it asks for something else.")


def same_entries(mine: Sequence[ConditionEntry], theirs: Sequence[ConditionEntry]) -> bool:
    def told(entries: Sequence[ConditionEntry]) -> set[tuple[str, str, frozenset[str]]]:
        return {(one.operator, one.key.lower(), frozenset(one.values)) for one in entries}

    return told(mine) == told(theirs)
