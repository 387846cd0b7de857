"""Small changes that may mend a policy, taken from what is between it and the expected one.

Most of them are ruled out by deciding the few requests that went wrong: a change that turns none of
them right is not worth a comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from operator import attrgetter, itemgetter

from labs.grading.cure import Mend
from labs.grading.iam.aws.catalogue import service_prefixes
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise.answer import Answer
from labs.grading.iam.exercise.policy_exercise import Exercise
from labs.grading.iam.exercise.sentences import YOUR_POLICY
from labs.grading.iam.exercise.statement_mends import changes_towards
from labs.grading.iam.exercise.trials import Trial, judged, questions
from labs.grading.iam.language.documents import Policy, Statement
from labs.grading.iam.language.policy_writer import statement_text
from labs.grading.json_text import Path
from labs.grading.said import say

MOST_STATEMENTS = 20  # of an answer; more pairs of statements are not looked through
MOST_WORK = 6000  # values of policies that are decided with, for one round of changes
MOST_MENDS = 10
VALUES_OF_ONE_CHECK = 20  # a policy with so many more weighs one check more
NOWHERE: Path = ()  # what is not in the learner's text


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """`texts` writes what stands there before and after; of most changes nobody asks."""

    sentence: str
    texts: Callable[[], tuple[str, str]]
    policy: Policy
    path: Path | None
    size: int = 1


def mends_of(answer: Answer, exercise: Exercise) -> Iterator[Mend]:
    """The most promising first: what turns most of the wrong requests right, and breaks none."""
    size = size_of(answer.policy)
    changes = policy_changes(answer.policy, exercise.expected.source)
    unlike = without_repetitions(islice(changes, MOST_WORK // size))
    for change in islice(most_promising(unlike, answer, exercise), MOST_MENDS):
        yield mend_of(change, answer, weight=1 + size // VALUES_OF_ONE_CHECK)


def without_repetitions(changes: Iterable[PolicyChange]) -> Sequence[PolicyChange]:
    """The smallest first, and each once: two expected statements often ask for the same change."""
    found: list[PolicyChange] = []
    seen: list[Policy] = []
    for change in sorted(changes, key=attrgetter("size")):
        if change.policy not in seen:
            seen.append(change.policy)
            found.append(change)
    return found


def most_promising(
    changes: Iterable[PolicyChange], answer: Answer, exercise: Exercise
) -> Iterator[PolicyChange]:
    """First those after which every request is right, then what turns most right. Of the others a
    request is asked only once those were not enough: often the first of them is the cure."""
    asked = list(questions(answer, exercise))
    now = list(judged(answer.compiled, asked, exercise))
    if all(now):
        return
    order = [one for one, _is_right in sorted(zip(asked, now, strict=True), key=itemgetter(1))]
    others: list[tuple[PolicyChange, Trial]] = []
    for change in changes:
        trial = Trial(CompiledPolicy(change.policy, YOUR_POLICY), order, exercise)
        wrong = trial.first_wrong()
        if wrong is None:
            yield change
        else:
            others.append((change, trial))
            order = [wrong, *(one for one in order if one is not wrong)]  # also of the next ones
    gains = [(trial.gain(sum(now)), change) for change, trial in others]
    for gain, change in sorted(gains, key=itemgetter(0), reverse=True):
        if gain > 0:
            yield change


def mend_of(change: PolicyChange, answer: Answer, *, weight: int) -> Mend:
    """The places stay those of the learner's text, however many changes are made."""
    at = None if change.path is None else answer.document.position(change.path)
    after = Answer(answer.document, change.policy)
    return Mend(change.sentence, *change.texts(), after, at, weight)


def size_of(policy: Policy) -> int:
    """Its values, all told: what deciding and comparing cost grows with them."""
    count = 1
    for one in policy.statements:
        principals = (one.principals or {}).values()
        count += len(one.actions or ()) + len(one.resources or ()) + sum(map(len, principals))
        count += sum(len(entry.values) for entry in one.conditions)
    return count


def policy_changes(mine: Policy, theirs: Policy) -> Iterator[PolicyChange]:
    """Whole statements, which are few; then what is within them."""
    if len(mine.statements) > MOST_STATEMENTS:
        return
    yield from statements_out(mine)
    yield from statements_in(mine, theirs)
    for index, statement in enumerate(mine.statements):
        for wanted in by_likeness(statement, theirs):
            for change in changes_towards(statement, wanted):
                policy = with_statements(mine, index, change.after)
                path = (*statement.path, *change.path)
                yield PolicyChange(change.sentence, change.texts, policy, path, change.size)
    if mine.version != theirs.version:
        yield version_change(mine, theirs)
    yield from whole_statements(mine, theirs)


def by_likeness(statement: Statement, theirs: Policy) -> list[Statement]:
    """The expected statements about the same things, those first that share most with it; then
    those of one effect as one, because one statement with two actions on two resources may do as
    well as two statements."""
    near = [wanted for wanted in theirs.statements if is_near(statement, wanted)]
    same = [wanted for wanted in near if wanted.effect == statement.effect]
    rows = sorted(near, key=lambda wanted: -likeness(statement, wanted))
    return [*rows, merged(same)] if len(same) > 1 else rows


def is_near(mine: Statement, theirs: Statement) -> bool:
    shared = set(mine.resources or ()) & set(theirs.resources or ()) - {"*"}
    return bool(shared) or bool(services(mine) & services(theirs))


def services(statement: Statement) -> Set[str]:
    """Those that its actions name; every service where one of them may be any."""
    named = {action.partition(":")[0].lower() for action in statement.actions or ()}
    return named if "*" not in named and not statement.not_actions else service_prefixes()


def merged(statements: Sequence[Statement]) -> Statement:
    """Actions and resources of all; the rest as in the first."""
    actions = dict.fromkeys(one for row in statements for one in row.actions or ())
    resources = dict.fromkeys(one for row in statements for one in row.resources or ())
    return replace(statements[0], actions=tuple(actions), resources=tuple(resources))


def likeness(mine: Statement, theirs: Statement) -> int:
    shared = len(set(mine.actions or ()) & set(theirs.actions or ()))
    shared += len(set(mine.resources or ()) & set(theirs.resources or ()))
    return shared + 2 * (mine.effect == theirs.effect) + (mine.conditions == theirs.conditions)


def with_statements(policy: Policy, index: int, *statements: Statement) -> Policy:
    rows = policy.statements
    return replace(policy, statements=(*rows[:index], *statements, *rows[index + 1 :]), problems=())


def version_change(mine: Policy, theirs: Policy) -> PolicyChange:
    sentence = say("Set Version to {version}.", version=theirs.version)
    policy = replace(mine, version=theirs.version, problems=())
    return PolicyChange(sentence, partial(versions, mine, theirs), policy, ("Version",))


def versions(mine: Policy, theirs: Policy) -> tuple[str, str]:
    return f'"Version": "{mine.version}"', f'"Version": "{theirs.version}"'


def statements_out(mine: Policy) -> Iterator[PolicyChange]:
    for index, statement in enumerate(mine.statements):
        sentence = (
            say("Remove this Deny: it denies something that is needed.")
            if statement.effect == "Deny"
            else say("Remove this statement: what it allows is not needed.")
        )
        policy = with_statements(mine, index)
        yield PolicyChange(sentence, partial(texts, [statement], []), policy, statement.path)


def statements_in(mine: Policy, theirs: Policy) -> Iterator[PolicyChange]:
    for statement in theirs.statements:
        sentence = (
            say("Add a Deny: something is allowed that should not be.")
            if statement.effect == "Deny"
            else say("Add a statement for what is needed and still denied.")
        )
        added = replace(statement, path=NOWHERE)
        policy = replace(mine, statements=(*mine.statements, added), problems=())
        yield PolicyChange(sentence, partial(texts, [], [statement]), policy, None)


def whole_statements(mine: Policy, theirs: Policy) -> Iterator[PolicyChange]:
    """One statement replaced by one, and by those of the expected ones that it stands for."""
    for index in range(len(mine.statements)):
        for wanted in theirs.statements:
            yield rewritten(mine, index, (wanted,))
        together = held_together(mine, index, theirs)
        if len(together) > 1:
            yield rewritten(mine, index, together)


def held_together(mine: Policy, index: int, theirs: Policy) -> tuple[Statement, ...]:
    """The expected statements that this one comes nearest to: all of them where it is alone. With
    the others as well, its rewriting would hide a small slip in a statement beside it."""
    if len(mine.statements) == 1:
        return theirs.statements
    return tuple(wanted for wanted in theirs.statements if nearest_to(wanted, mine) == index)


def nearest_to(wanted: Statement, mine: Policy) -> int | None:
    near = [at for at, statement in enumerate(mine.statements) if is_near(statement, wanted)]
    return max(near, key=lambda at: likeness(mine.statements[at], wanted), default=None)


def rewritten(mine: Policy, index: int, wanted: tuple[Statement, ...]) -> PolicyChange:
    statement = mine.statements[index]
    sentence = (
        say("Rewrite this statement: more than one of its elements is wrong.")
        if len(wanted) == 1
        else say(
            "Write {number} statements in place of this one: not every action belongs to "
            "every resource.",
            number=len(wanted),
        )
    )
    placed = (replace(one, path=statement.path) for one in wanted)
    policy = with_statements(mine, index, *placed)
    return PolicyChange(sentence, partial(texts, [statement], wanted), policy, statement.path, 3)


def texts(before: Iterable[Statement], after: Iterable[Statement]) -> tuple[str, str]:
    first, then = (",\n".join(map(statement_text, one)) for one in (before, after))
    return first, then
