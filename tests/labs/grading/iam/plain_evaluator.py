"""A second evaluator for cross-checks: slow, short, and written from the guide alone.

It shares nothing with the engine: no compiling, no classes, one table of comparisons, wildcards by
dynamic programming.
Pages: "Policy evaluation logic", "Condition operators", "Single-valued vs. multivalued context
keys", "Policy variables", "Principal", "Cross-account policy evaluation logic",
"Permissions boundaries".
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime


def listed(value):
    return value if isinstance(value, list) else [value]


def spelled(text, context, version):
    """Pairs (character, is it a wildcard?); None when a variable has no value."""
    found, rest = [], text
    while rest:
        if rest.startswith("${") and "}" in rest and version == "2012-10-17":
            inside, rest = rest[2:].split("}", 1)
            if inside in "*?$" and inside:
                found.append((inside, False))
                continue
            name, _, default = inside.partition(",")
            value = context.get(
                name.strip().lower(), default.strip().strip("'") if default else None
            )
            if not isinstance(value, str):
                return None
            found += [(character, False) for character in value]
            continue
        found.append((rest[0], rest[0] in "*?"))
        rest = rest[1:]
    return found


def like(pattern, text):
    """Row by row: which prefixes of the text does the pattern so far match?"""
    row = [True] + [False] * len(text)
    for character, wild in pattern:
        if wild and character == "*":
            for index in range(1, len(row)):
                row[index] = row[index] or row[index - 1]
        else:
            row = [False] + [
                row[index] and (wild or text[index] == character) for index in range(len(text))
            ]
    return row[-1]


def arn_like(pattern, text):
    """Six segments each; the pattern's colons are those that are written."""
    if pattern == [("*", True)]:
        return True
    parts, segments = text.split(":", 5), [[]]
    for mark in pattern:
        if mark == (":", False) and len(segments) < 6:
            segments.append([])
        else:
            segments[-1].append(mark)
    segments += [[("*", True)]] * (6 - len(segments))
    return len(parts) == 6 and all(map(like, segments, parts))


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def moment(text):
    try:
        return float(text)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def block(text):
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def readable(operator, text):
    """Can the text be read as what the operator compares?"""
    if operator.startswith("Numeric"):
        return number(text) is not None
    if operator.startswith("Date"):
        return moment(text) is not None
    if operator == "IpAddress":
        return block(text) is not None
    return not operator.startswith("Arn") or text.startswith(("arn:", "*"))


def inside(text, block):
    address, network = ipaddress.ip_address(text), ipaddress.ip_network(block, strict=False)
    return address.version == network.version and address in network


def plain(text):
    return [(character, False) for character, _ in text]


ORDER = {
    "Equals": lambda a, b: a == b,
    "LessThan": lambda a, b: a < b,
    "LessThanEquals": lambda a, b: a <= b,
    "GreaterThan": lambda a, b: a > b,
    "GreaterThanEquals": lambda a, b: a >= b,
}


def compares(operator, given, wanted, context, version):
    """One value of the request with one value of the policy, the positive operator."""
    if not readable(operator, given) or not readable(operator, wanted):
        return False
    if operator.startswith(("Numeric", "Date")):
        parse = number if operator.startswith("Numeric") else moment
        return ORDER[operator.removeprefix("Numeric").removeprefix("Date")](
            parse(given), parse(wanted)
        )
    if operator == "IpAddress":
        return inside(given, wanted)
    if operator == "Bool":
        return given.lower() == wanted.lower()
    pattern = spelled(wanted, context, version)
    if pattern is None:
        return False
    if operator.startswith("Arn"):
        return arn_like(pattern, given)
    if operator == "StringEqualsIgnoreCase":
        return "".join(character for character, _ in pattern).lower() == given.lower()
    return like(pattern if operator == "StringLike" else plain(pattern), given)


def holds(operator, key, wanted, context, version):
    """One line of a Condition block."""
    given, quantifier = context.get(key.lower()), ""
    if operator == "Null":
        missing = given in (None, "")
        return missing in [str(value).lower() == "true" for value in listed(wanted)]
    if operator.endswith(":Null"):
        return operator.startswith("ForAllValues")
    if ":" in operator:
        quantifier, operator = operator.split(":")
    optional, operator = operator.endswith("IfExists"), operator.removesuffix("IfExists")
    negated, operator = "Not" in operator, operator.replace("Not", "")
    if given is None:
        return optional or quantifier == "ForAllValues" or (negated and quantifier == "")
    if not quantifier and isinstance(given, list):
        return False
    if quantifier and given == "":
        return quantifier == "ForAllValues"
    answers = [
        any(compares(operator, value, one, context, version) for one in listed(wanted)) != negated
        and (not negated or can_be_denied(operator, value, listed(wanted)))
        for value in listed(given)
    ]
    return any(answers) if quantifier == "ForAnyValue" else all(answers)


def can_be_denied(operator, given, wanted):
    """A negated operator says nothing of what cannot be read."""
    return readable(operator, given) and any(readable(operator, one) for one in wanted)


def applies(statement, request, version):
    """Action, Resource and Condition; the Principal is asked separately."""
    context = request["context"]

    def among(patterns, matches):
        found = [spelled(pattern, context, version) for pattern in listed(patterns)]
        return any(pattern is not None and matches(pattern) for pattern in found)

    action = request["action"].lower()
    acts = any(
        like(spelled(one.lower(), {}, ""), action) for one in listed(statement.get("Action", []))
    )
    if "NotAction" in statement:
        acts = not any(
            like(spelled(one.lower(), {}, ""), action) for one in listed(statement["NotAction"])
        )
    element = "NotResource" if "NotResource" in statement else "Resource"
    on = among(statement[element], lambda pattern: arn_like(pattern, request["resource"]))
    blocks = statement.get("Condition", {})
    return (
        acts
        and on is (element == "Resource")
        and all(
            holds(operator, key, wanted, context, version)
            for operator, block in blocks.items()
            for key, wanted in block.items()
        )
    )


def naming(statement, principal):
    """3: the user, the session or everybody; 2: the session's role; 1: the account; 0: nobody."""
    element = "NotPrincipal" if "NotPrincipal" in statement else "Principal"
    if element not in statement:
        return 3
    names = statement[element]
    names = (
        ["*"] if names == "*" else [name for values in names.values() for name in listed(values)]
    )
    account, role = (
        principal.split(":")[4],
        principal.replace(":sts:", ":iam:").replace("assumed-role", "role"),
    )
    role = role.rpartition("/")[0] if "assumed-role" in principal else "no role"
    ranks = {"*": 3, principal: 3, role: 2, account: 1, f"arn:aws:iam::{account}:root": 1}
    if element == "NotPrincipal":
        parts = [{"account": {account, f"arn:aws:iam::{account}:root"}}, {"caller": {principal}}]
        parts += [{"role": {role}}] if role != "no role" else []
        named = [any(name in names for name in one) for part in parts for one in part.values()]
        return 0 if all(named) or "*" in names else 3
    return max([ranks.get(name, 0) for name in names])


def verdict(documents, request, on_resource=False):
    """(does a Deny apply?, how closely does an Allow name the caller?)"""
    denied, allowed = False, 0
    for document in documents:
        for statement in listed(document["Statement"]):
            if on_resource and not {"Principal", "NotPrincipal"} & set(statement):
                continue
            rank = naming(statement, request["principal"])
            if rank and applies(statement, request, document.get("Version")):
                denied = denied or statement["Effect"] == "Deny"
                allowed = max(allowed, rank * (statement["Effect"] == "Allow"))
    return denied, allowed


def decide(policies, request):
    """The answer to one row: lower-case keys first, then the guide's flow chart."""
    context = {key.lower(): value for key, value in request["context"].items()}
    context = {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value
        for key, value in context.items()
    }
    request = {**request, "context": {key: value for key, value in context.items() if value != []}}
    session = [policies["session"]] if policies.get("session") else []
    resource = [policies["resource"]] if policies.get("resource") else []
    caps = [layer for layer in (policies.get("boundary") or [], session) if layer]
    limits = [level["policies"] for level in policies.get("scp") or []]
    limits += [[document] for document in policies.get("endpoint") or []]
    identity = policies.get("identity") or []
    if verdict(resource, request, True)[0] or any(
        verdict(layer, request)[0] for layer in (identity, *caps, *limits)
    ):
        return "ExplicitlyDenied"
    named, own = verdict(resource, request, True)[1], verdict(identity, request)[1] > 0
    capped = all(verdict(layer, request)[1] for layer in caps)
    same = request["principal"].split(":")[4] == request["resource_account"]
    granted = (
        named == 3 or (capped and (named == 2 or own)) if same else named > 0 and own and capped
    )
    limited = all(verdict(layer, request)[1] for layer in limits)
    return "Allowed" if granted and limited else "ImplicitlyDenied"
