"""What drawn policies are about: an action on a resource, and the patterns that people write for
both, right ones and nearly right ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

HOME = "eu-west-2:111122223333"
BUCKETS = (
    ("acme-reports", "acme-photos"),
    ("wiki-pages", "wiki-backup"),
    ("shop-bills", "shop-logs"),
)
FOLDERS = (("2026", "2025"), ("may", "june"), ("team-a", "team-b"))
FILES = ("plan.pdf", "list.csv", "note.txt")
TABLES = (("orders", "customers"), ("order-lines", "stock"), ("invoices", "prices"))
QUEUES = (("letters-in", "letters-out"), ("jobs-small", "jobs-large"))
FUNCTIONS = (("resize-images", "resize-films"), ("send-letters", "count-visits"))


@dataclass(frozen=True, slots=True)
class Subject:
    """A request's action and resource, with the patterns of a level."""

    action: str
    resource: str
    action_patterns: tuple[str | list[str], ...]
    resource_patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    actions: tuple[str, ...]
    verb: dict[str, str]  # action → the pattern of its verb
    place: Callable[[Random], tuple[str, tuple[tuple[str, ...], tuple[str, ...]]]]


Places = tuple[tuple[str, ...], tuple[str, ...]]  # plain ones, and those with more wildcards


def in_buckets(chance: Random) -> tuple[str, Places]:
    bucket, other = chance.sample(chance.choice(BUCKETS), 2)
    folder, beside = chance.sample(chance.choice(FOLDERS), 2)
    head, file = "arn:aws:s3:::", chance.choice(FILES)
    plain = (f"{bucket}/*", f"{bucket}/{folder}/*", f"{bucket}/{beside}/*", f"{other}/*")
    start = bucket.partition("-")[0]
    more = (bucket, f"{start}-*", f"{bucket}/*/{file}", f"{bucket}/*.zip", f"{bucket}/{folder}")
    return f"{head}{bucket}/{folder}/{file}", with_head(head, plain, more)


def named_places(
    head: str, pairs: tuple[tuple[str, str], ...]
) -> Callable[[Random], tuple[str, Places]]:
    def place(chance: Random) -> tuple[str, Places]:
        name, other = chance.sample(chance.choice(pairs), 2)
        stranger = head.replace("111122223333", "444455556666")
        region = head.replace("eu-west-2", "us-east-1")
        start = name.partition("-")[0]
        places = with_head(head, (name, other, "*"), (f"{start}*", f"*{name[-3:]}"))
        return f"{head}{name}", (places[0], (*places[1], f"{stranger}{name}", f"{region}*"))

    return place


def with_head(head: str, *groups: tuple[str, ...]) -> Places:
    plain, more = (tuple(f"{head}{one}" for one in group) for group in groups)
    return plain, more


SERVICES = (
    Service(
        "s3",
        ("GetObject", "PutObject", "DeleteObject"),
        {"GetObject": "Get*", "PutObject": "Put*", "DeleteObject": "Delete*"},
        in_buckets,
    ),
    Service(
        "dynamodb",
        ("GetItem", "PutItem", "DeleteItem", "Query"),
        {"GetItem": "Get*", "PutItem": "Put*", "DeleteItem": "*Item", "Query": "Q*"},
        named_places(f"arn:aws:dynamodb:{HOME}:table/", TABLES),
    ),
    Service(
        "sqs",
        ("SendMessage", "ReceiveMessage", "DeleteMessage"),
        {"SendMessage": "Send*", "ReceiveMessage": "*Message", "DeleteMessage": "Delete*"},
        named_places(f"arn:aws:sqs:{HOME}:", QUEUES),
    ),
    Service(
        "lambda",
        ("InvokeFunction", "GetFunction", "DeleteFunction"),
        {"InvokeFunction": "Invoke*", "GetFunction": "Get*", "DeleteFunction": "*Function"},
        named_places(f"arn:aws:lambda:{HOME}:function:", FUNCTIONS),
    ),
)


def drawn_subject(chance: Random, level: int) -> Subject:
    """At level 1 S3 and DynamoDB, whose ARNs are read first."""
    service = chance.choice(SERVICES[:2] if level == 1 else SERVICES)
    resource, (plain, more) = service.place(chance)
    name, other = chance.sample(service.actions, 2)
    actions: list[str | list[str]] = [f"{service.name}:{name}", f"{service.name}:{other}"]
    actions += [f"{service.name}:*"] if level == 1 else list(wider_actions(service, name, other))
    places = (*plain, "*") if level == 1 else (*plain, *more, "*")
    return Subject(f"{service.name}:{name}", resource, tuple(actions), places)


def wider_actions(service: Service, name: str, other: str) -> tuple[str | list[str], ...]:
    prefix = service.name
    return (
        f"{prefix}:*",
        f"{prefix}:{service.verb[name]}",
        f"{prefix}:{service.verb[other]}",
        [f"{prefix}:{name}", f"{prefix}:{other}"],
    )
