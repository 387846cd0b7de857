"""The same question put to a solver: an independent model of the small world in
`random_policies`."""

from __future__ import annotations

import fnmatch
from datetime import datetime
from ipaddress import ip_network

import z3

from labs.grading.iam.aws.catalogue import actions_of
from labs.grading.iam.aws.regions import REGIONS
from labs.grading.iam.aws.request_keys import is_carried
from labs.grading.iam.comparison.templates import WITH_SLASHES, parts_of_template
from tests.labs.grading.iam.random_policies import ACTIONS

ANY = z3.AllChar(z3.ReSort(z3.StringSort()))
SERVICES = ("s3", "sqs", "sns", "ssm")  # ssm:SendCommand takes bucket ARNs as well
LISTED = {"prefix": "s3:prefix", "number": "s3:max-keys"}  # keys that only some actions carry
TIMEOUT = 3000  # milliseconds for one query


class Undecided(Exception):
    """The solver gave up."""


def glob_re(pattern):
    parts = [z3.Star(ANY) if c == "*" else ANY if c == "?" else z3.Re(c) for c in pattern] or [
        z3.Re("")
    ]
    return z3.Concat(*parts) if len(parts) > 1 else parts[0]


def name_re(template):
    """Texts that an ARN template's resource part can become."""
    plain = z3.Intersect(z3.Complement(z3.Re("/")), z3.Complement(z3.Re(":")), ANY)
    parts = []
    for kind, value in parts_of_template(template):
        free = any(mark in value for mark in WITH_SLASHES)
        parts.append(z3.Re(value) if kind == "text" else z3.Plus(ANY if free else plain))
    return z3.Concat(*parts) if len(parts) > 1 else parts[0]


class World:
    """The open keys and the segments of the resource."""

    def __init__(self, action, shape):
        self.region, self.account, self.name = (
            z3.String(text) for text in ("region", "account", "name")
        )
        self.tag, self.prefix, self.arn = (z3.String(text) for text in ("tag", "prefix", "arn"))
        self.number, self.time, self.ip = z3.Real("number"), z3.Real("time"), z3.Int("ip")
        self.mfa, self.is_v4 = z3.Bool("mfa"), z3.Bool("v4")
        self.tags = [(z3.Bool(f"has{i}"), z3.String(f"tagkey{i}")) for i in range(3)]
        self.here = {key: z3.Bool(f"has {key}") for key in ("tag", "ip", "mfa", "token")}
        for key, name in LISTED.items():
            carried = is_carried(action.lower(), name, shape)
            self.here[key] = z3.Bool(f"has {key}") if carried else z3.BoolVal(False)
        self.here["time"] = z3.BoolVal(True)  # every request has a time
        self.here["arn"] = z3.BoolVal(False)  # an identity is no source

    def rules(self):
        top = z3.If(self.is_v4, z3.IntVal(2**32), z3.IntVal(2**128))
        sample = z3.Concat(
            z3.Re("arn:aws:s3:::"), z3.Plus(z3.Intersect(z3.Complement(z3.Re(":")), ANY))
        )
        return [
            self.ip >= 0,
            self.ip < top,
            z3.InRe(self.arn, sample),
            *(value != "" for _, value in self.tags),
        ]


def condition(world, operator, key, values):
    values = values if isinstance(values, list) else [values]
    if key == "aws:TagKeys":
        return tag_keys(world, operator, values)
    test, present = positive(world, key, values, operator)
    negated = "Not" in operator
    if operator == "Null":
        return z3.Not(present)
    met = z3.Not(test) if negated else test
    absent = negated or operator.endswith("IfExists")
    return z3.If(present, met, z3.BoolVal(absent))


def positive(world, key, values, operator):
    here = world.here
    if key == "aws:PrincipalTag/t":
        return z3.Or([world.tag == value for value in values]), here["tag"]
    if key == "s3:prefix":
        return z3.Or([z3.InRe(world.prefix, glob_re(value)) for value in values]), here["prefix"]
    if key == "aws:SourceIp":
        return z3.Or([in_network(world, value) for value in values]), here["ip"]
    if key == "aws:MultiFactorAuthPresent":
        return z3.Or([world.mfa == (value == "true") for value in values]), here["mfa"]
    if key == "s3:max-keys":
        compare = (
            (lambda limit: world.number < limit)
            if "Less" in operator
            else (lambda limit: world.number >= limit)
        )
        return z3.Or([compare(int(value)) for value in values]), here["number"]
    if key == "aws:CurrentTime":
        limits = [datetime.fromisoformat(value).timestamp() for value in values]
        return z3.Or([world.time < limit for limit in limits]), here["time"]
    if key == "aws:SourceArn":
        return z3.Or([z3.InRe(world.arn, glob_re(value)) for value in values]), here["arn"]
    return z3.BoolVal(True), here["token"]


def in_network(world, text):
    block = ip_network(text)
    low, high = int(block.network_address), int(block.broadcast_address)
    return z3.And(world.is_v4 == (block.version == 4), world.ip >= low, world.ip <= high)


def tag_keys(world, operator, values):
    tests = [
        (has, z3.Or([z3.InRe(text, glob_re(value)) for value in values]))
        for has, text in world.tags
    ]
    if operator.startswith("ForAllValues"):
        return z3.And([z3.Implies(has, test) for has, test in tests])
    return z3.Or([z3.And(has, test) for has, test in tests])


def allowed(world, document, action, shape):
    denies, allows = [], []
    for statement in document["Statement"]:
        parts = [matches_action(statement, action), matches_resource(world, statement, shape)]
        for operator, keys in statement.get("Condition", {}).items():
            parts += [condition(world, operator, key, values) for key, values in keys.items()]
        (allows if statement["Effect"] == "Allow" else denies).append(z3.And(parts))
    return z3.And(z3.Or(allows), z3.Not(z3.Or(denies)))


def matches_action(statement, action):
    listed = statement.get("Action") or statement["NotAction"]
    hit = any(fnmatch.fnmatchcase(action.lower(), pattern.lower()) for pattern in listed)
    return z3.BoolVal(hit != ("NotAction" in statement))


def matches_resource(world, statement, shape):
    listed = statement.get("Resource") or statement["NotResource"]
    hit = z3.Or([matches_arn(world, pattern, shape) for pattern in listed])
    return z3.Not(hit) if "NotResource" in statement else hit


def matches_arn(world, pattern, shape):
    if pattern == "*":
        return z3.BoolVal(True)
    if shape == "*":
        return z3.BoolVal(False)
    wanted, given = pattern.replace("${aws:username}", "bob").split(":", 5), shape.split(":", 5)
    if wanted[2] != given[2]:
        return z3.BoolVal(False)
    texts = ((world.region, wanted[3]), (world.account, wanted[4]), (world.name, wanted[5]))
    return z3.And([z3.InRe(text, glob_re(part)) for text, part in texts])


def shape_rules(world, shape):
    if shape == "*":
        return []
    _, _, _, region, account, name = shape.split(":", 5)
    digits = z3.Loop(z3.Range("0", "9"), 12, 12)
    rules = [z3.InRe(world.name, name_re(name))]
    rules.append(
        z3.Or([world.region == text for text in REGIONS]) if region else world.region == ""
    )
    rules.append(z3.InRe(world.account, digits) if "$" in account else world.account == account)
    return rules


def classes():
    """One action for each combination of matched patterns and accepted ARNs."""
    found = {}
    for service in SERVICES:
        for name, action in actions_of(service).items():
            truths = tuple(fnmatch.fnmatchcase(name, pattern.lower()) for pattern in ACTIONS)
            for shape in action.shapes:
                group = (
                    shape
                    if shape == "*" or "object" in shape.lower() or "bucket" in shape.lower()
                    else service
                )
                carried = tuple(
                    is_carried(action.name.lower(), key, shape) for key in LISTED.values()
                )
                found.setdefault((truths, group, carried), (action.name, shape))
    return list(found.values())


def exists(wider, narrower):
    """Is there a real request that `wider` allows and `narrower` does not? Undecided when the
    solver gives up."""
    gave_up = False
    for action, shape in classes():
        world = World(action, shape)
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT)
        both = z3.And(
            allowed(world, wider, action, shape), z3.Not(allowed(world, narrower, action, shape))
        )
        both = z3.simplify(both)
        if z3.is_false(both):
            continue
        solver.add(*world.rules(), *shape_rules(world, shape), both)
        answer = solver.check()
        if answer == z3.sat:
            return True
        gave_up = gave_up or answer == z3.unknown
    if gave_up:
        raise Undecided
    return False
