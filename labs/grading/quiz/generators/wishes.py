"""What a drawn policy is to allow, in words, with the statement that allows exactly that; and how
two policies are told apart by a request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from labs.grading.iam.comparison.comparison import Comparison, Counterexample, compare
from labs.grading.iam.comparison.comparison import allow_the_same as same
from labs.grading.iam.decision.evaluation import IDENTITY_POLICY, Layer, Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.listing import listed_with_and
from labs.grading.quiz.generators.statements import (
    ADDRESS,
    CALLER,
    MFA,
    OFFICE,
    TEAM,
    Statement,
    compiled,
)
from labs.grading.quiz.generators.subjects import (
    BUCKETS,
    FOLDERS,
    FUNCTIONS,
    HOME,
    QUEUES,
    TABLES,
)

WHERE = "All of it lies in `eu-west-2`, in the account `111122223333`."
# Words, action, ARN; of a bucket, a folder in it, or a name
S3 = "arn:aws:s3:::"
PLAIN = (
    ("read every object of the bucket `{bucket}`", "s3:GetObject", S3 + "{bucket}/*"),
    ("write every object of the bucket `{bucket}`", "s3:PutObject", S3 + "{bucket}/*"),
    ("list the objects of the bucket `{bucket}`", "s3:ListBucket", S3 + "{bucket}"),
    (
        "get items of the table `{table}`",
        "dynamodb:GetItem",
        f"arn:aws:dynamodb:{HOME}:table/" + "{table}",
    ),
    ("send messages to the queue `{queue}`", "sqs:SendMessage", f"arn:aws:sqs:{HOME}:" + "{queue}"),
)
FINER = (
    *PLAIN,
    (
        "read the objects below `{folder}/` in the bucket `{bucket}`",
        "s3:GetObject",
        S3 + "{bucket}/{folder}/*",
    ),
    (
        "delete the objects below `{folder}/` in the bucket `{bucket}`",
        "s3:DeleteObject",
        S3 + "{bucket}/{folder}/*",
    ),
    (
        "invoke the function `{function}`",
        "lambda:InvokeFunction",
        f"arn:aws:lambda:{HOME}:function:" + "{function}",
    ),
    (
        "put items into every table whose name begins with `{table}-`",
        "dynamodb:PutItem",
        f"arn:aws:dynamodb:{HOME}:table/" + "{table}-*",
    ),
)
KINDS = {1: PLAIN, 2: FINER, 3: FINER}
CONDITIONS: tuple[tuple[str, Statement], ...] = (
    ("but only signed in with MFA", {"Bool": {MFA: "true"}}),
    (f"but only from the office, `{OFFICE}`", {"IpAddress": {ADDRESS: OFFICE}}),
    ("but only with the tag `team` = `red`", {"StringEquals": {TEAM: "red"}}),
)


@dataclass(frozen=True, slots=True)
class Wish:
    words: str
    statement: Statement

    @property
    def keys(self) -> list[str]:
        blocks = self.statement.get("Condition", {}).values()
        return [key for entries in blocks for key in entries]


def drawn_wishes(chance: Random, level: int, count: int) -> list[Wish]:
    """Of different actions; at level 3 one of them has a condition."""
    kinds = chance.sample(KINDS[level], count)
    wishes = [filled_wish(chance, *kind) for kind in kinds]
    if level == 3:
        words, condition = chance.choice(CONDITIONS)
        number = chance.randrange(count)
        one = wishes[number]
        wishes[number] = Wish(f"{one.words}, {words}", one.statement | {"Condition": condition})
    return wishes


def filled_wish(chance: Random, words: str, action: str, resource: str) -> Wish:
    names = {
        "bucket": chance.choice(chance.choice(BUCKETS)),
        "folder": chance.choice(chance.choice(FOLDERS)),
        "table": chance.choice(chance.choice(TABLES)),
        "queue": chance.choice(chance.choice(QUEUES)),
        "function": chance.choice(chance.choice(FUNCTIONS)),
    }
    statement = {"Effect": "Allow", "Action": action, "Resource": resource.format(**names)}
    return Wish(words.format(**names), statement)


def layers(statements: Sequence[Statement]) -> tuple[Layer, ...]:
    return (Layer(IDENTITY_POLICY, (compiled(statements),)),)


def are_alike(statements: Sequence[Statement], wanted: Sequence[Statement]) -> bool:
    return same(layers(wanted), layers(statements))


def compared(statements: Sequence[Statement], wanted: Sequence[Statement]) -> Comparison:
    return compare(layers(wanted), layers(statements))


def still_tells(found: Comparison, statements: Sequence[Statement]) -> bool:
    """Whether these allow the request that should be denied, or deny the one that should not."""
    policies = Policies(identity=(compiled(statements),), trust_assumed=True)
    return any(
        one is not None and policies.decide(request_of(one)).allowed == is_extra
        for one, is_extra in ((found.learner_only, True), (found.expected_only, False))
    )


def request_of(found: Counterexample) -> Request:
    return Request(CALLER, found.action, found.resource, found.context)


def told(found: Comparison, keys: Sequence[str]) -> str:
    """The difference by a request for each direction."""
    return " ".join(differences(found, keys))


def differences(found: Comparison, keys: Sequence[str]) -> Iterator[str]:
    if found.learner_only:
        yield f"It also allows {request_words(found.learner_only, keys)}."
    if found.expected_only:
        yield f"It does not allow {request_words(found.expected_only, keys)}."


def request_words(found: Counterexample, keys: Sequence[str]) -> str:
    words = f"`{found.action}` on `{found.resource}`"
    given = {key.lower(): value for key, value in found.context.items()}
    parts = [f"`{key}` = `{in_text(value)}`" for key, value in found.context.items()]
    parts += [f"no `{key}`" for key in keys if key.lower() not in given]
    return f"{words}, asked with {listed_with_and(parts)}" if parts else words


def in_text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
