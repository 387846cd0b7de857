"""What a lab asks about a policy: scenarios with their expected decisions,
and the policy that the answer is compared with.

[spec]
type = "boundary"    # iam-policy only: the answer is a boundary, session, endpoint, scp or rcp
                     # policy; else "identity"
principal = "arn:aws:iam::111122223333:user/lea"   # asks, unless a scenario names somebody else
expected = "solution.json"                          # compared with; the lab's file of this name
account = "111122223333"            # owner of the resources, where their ARNs do not name one
role = "arn:aws:iam::111122223333:role/deploy"      # the role itself (trust policies)
advice = false       # nothing is marked while one types: finding the faults is the task

[spec.comparison]
points = 20          # full marks for a policy that allows the same real requests; 0: not compared
within = ["arn:…"]   # compare only requests on these resources
world = "world.json"  # compare only requests that this policy allows: what can happen in this lab
denials = 10         # points for an explicit Deny of whatever the expected policy denies, whichever
                     # other policies there may be; 0: only what is allowed counts
tolerate = [{action = "s3:ListAllMyBuckets", resource = "*"}]   # extra access that costs nothing

[spec.given]         # other policies in play, each a file of the lab
boundary = ["boundary.json"]    # also identity, session, endpoint, resource; scp and rcp:
                                # one file a level

[[spec.scenarios]]
name = "Read an object"
action = "s3:GetObject"
resource = "arn:aws:s3:::course/report.csv"
context = {"aws:SourceIp" = "203.0.113.7"}
expect = "allow"     # or "deny", or exactly "ImplicitlyDenied" or "ExplicitlyDenied"
points = 10          # optional: principal, resource_account, own_permission, hidden, why, section
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from labs.grading.errors import AnswerError, SpecError
from labs.grading.iam.decision.evaluation import Layer, Outcome, Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.decision.sent_keys import with_sent_keys
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.iam.lint.linter import lint_text
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.said import say
from labs.grading.toml_table import REQUIRED, Table, file_of

DEFAULT_PRINCIPAL = "arn:aws:iam::111122223333:user/lea"
DEFAULT_COMPARISON_POINTS = 20
BELONGS_TO_RESOURCE = frozenset(("resource", "trust"))
EXPECTATIONS = {
    "allow": (Outcome.ALLOWED,),
    "deny": (Outcome.IMPLICIT, Outcome.EXPLICIT),
    "Allowed": (Outcome.ALLOWED,),
    "ImplicitlyDenied": (Outcome.IMPLICIT,),
    "ExplicitlyDenied": (Outcome.EXPLICIT,),
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One request and what should become of it. `own_permission`:
    the caller's own policies allow it."""

    name: str
    principal: str
    action: str
    resource: str
    expect: str
    points: int
    context: Mapping[str, object] = field(default_factory=dict)
    resource_account: str | None = None
    own_permission: bool = True
    hidden: bool = False
    why: str = ""
    section: str = ""
    # With the keys that AWS sends with every request; made once, because many policies are asked
    request: Request = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        asked = Request(
            self.principal,
            self.action,
            self.resource,
            self.context,
            resource_account=self.resource_account,
        )
        object.__setattr__(self, "request", with_sent_keys(asked))

    @property
    def is_allowed(self) -> bool:
        """It asks for something that is needed."""
        return self.expect in ("allow", "Allowed")

    def accepts(self, outcome: str) -> bool:
        return outcome in EXPECTATIONS[self.expect]

    def as_json(self) -> dict[str, object]:
        """The request."""
        return {
            "principal": self.principal,
            "action": self.action,
            "resource": self.resource,
            "context": dict(self.context),
        }


@dataclass(frozen=True, slots=True)
class Exercise:
    """A lab's question. `given`: the policies in play beside the answer's."""

    policy_type: str
    scenarios: tuple[Scenario, ...]
    expected: CompiledPolicy
    given: Policies
    principal: str
    account: str
    comparison_points: int = 0
    within: CompiledPolicy | None = None
    world: CompiledPolicy | None = None
    denial_points: int = 0
    tolerated: CompiledPolicy | None = None
    advice: bool = True  # marks while one types
    # Advice that the lab's own solution deserves as well
    accepted_codes: frozenset[str] = frozenset()

    @property
    def points(self) -> int:
        compared = self.comparison_points + self.denial_points
        return sum(scenario.points for scenario in self.scenarios) + compared

    def policies(self, answer: CompiledPolicy, *, own_permission: bool = True) -> Policies:
        """Everything in play once the answer has taken its place."""
        given = self.given
        if self.policy_type in BELONGS_TO_RESOURCE:
            own = (EVERYTHING,) if own_permission else ()
            return replace(given, resource=answer, identity=given.identity or own)
        trust = given.resource is None
        match self.policy_type:
            case "boundary":
                return replace(given, trust_assumed=trust, boundary=(answer,))
            case "session":
                return replace(given, trust_assumed=trust, session=answer)
            case "endpoint":
                return replace(given, trust_assumed=trust, endpoint=(answer,))
            case "scp":
                scps = (*given.scps, Layer("SCP", (answer,)))
                return replace(given, trust_assumed=trust, scps=scps)
            case "rcp":
                rcps = (*given.rcps, Layer("RCP", (answer,)))
                return replace(given, trust_assumed=trust, rcps=rcps)
        return replace(given, trust_assumed=trust, identity=(answer, *given.identity))


def compiled(statements: Sequence[Mapping[str, object]], name: str) -> CompiledPolicy:
    return CompiledPolicy(
        read_policy({"Version": "2012-10-17", "Statement": list(statements)}), name
    )


EVERYTHING = compiled(
    [{"Effect": "Allow", "Action": "*", "Resource": "*"}], say("the caller's own policy")
)


def read_exercise(table: Mapping[str, object], files: Files, policy_type: str) -> Exercise:
    """SpecError names file and key."""
    spec = Table(table)
    if policy_type == "identity" and "type" in table:
        policy_type = spec.text(
            "type", choices=("identity", "boundary", "session", "endpoint", "scp", "rcp")
        )
    principal = spec.text("principal", DEFAULT_PRINCIPAL)
    role = spec.text("role", "")
    account = spec.text("account", role.split(":")[4] if role.count(":") >= 5 else "")
    comparison = spec.table("comparison")
    given = read_given(spec.table("given"), files)
    scenarios = tuple(
        read_scenario(row, principal, role, account) for row in spec.tables("scenarios")
    )
    expected = read_file(files, spec.text("expected", "solution.json"))
    exercise = Exercise(
        policy_type=policy_type,
        scenarios=scenarios,
        expected=expected,
        given=given,
        principal=principal,
        account=account,
        comparison_points=comparison.number("points", DEFAULT_COMPARISON_POINTS),
        within=anything_on([*comparison.texts("within"), *([role] if role else [])]),
        world=read_world(comparison, files),
        denial_points=comparison.number("denials", 0),
        tolerated=read_tolerated(comparison),
        advice=spec.flag("advice", True),
        accepted_codes=frozenset(
            found.code
            for found in lint_text(files[expected.name], policy_type)
            if found.severity != "error"
        ),
    )
    spec.finish()
    if not scenarios and not exercise.comparison_points:
        raise SpecError("lab.toml: spec: neither scenarios nor a comparison, so nothing is checked")
    return exercise


def read_scenario(row: Table, principal: str, role: str, account: str) -> Scenario:
    return Scenario(
        name=row.text("name"),
        principal=row.text("principal", principal),
        action=row.text("action", "sts:AssumeRole" if role else REQUIRED),
        resource=row.text("resource", role or REQUIRED),
        expect=row.text("expect", choices=tuple(EXPECTATIONS)),
        points=row.number("points"),
        context=row.mapping("context"),
        resource_account=row.text("resource_account", account) or None,
        own_permission=row.flag("own_permission", True),
        hidden=row.flag("hidden"),
        why=row.text("why", ""),
        section=row.text("section", ""),
    )


def read_given(table: Table, files: Files) -> Policies:
    def documents(key: str) -> tuple[CompiledPolicy, ...]:
        return tuple(read_file(files, name) for name in table.texts(key))

    def levels(key: str) -> tuple[Layer, ...]:
        return tuple(
            Layer(f"{key.upper()} {name}", (read_file(files, name),)) for name in table.texts(key)
        )

    def document(key: str) -> CompiledPolicy | None:
        name = table.text(key, "")
        return read_file(files, name) if name else None

    return Policies(
        identity=documents("identity"),
        resource=document("resource"),
        scps=levels("scp"),
        rcps=levels("rcp"),
        boundary=documents("boundary"),
        session=document("session"),
        endpoint=documents("endpoint"),
    )


def anything_on(resources: Sequence[str]) -> CompiledPolicy | None:
    if not resources:
        return None
    return compiled(
        [{"Effect": "Allow", "Action": "*", "Resource": list(resources)}], "the lab's resources"
    )


def read_world(comparison: Table, files: Files) -> CompiledPolicy | None:
    name = comparison.text("world", "")
    return read_file(files, name) if name else None


def read_tolerated(comparison: Table) -> CompiledPolicy | None:
    statements = []
    for row in comparison.tables("tolerate"):
        statements.append(
            {"Effect": "Allow", "Action": row.text("action"), "Resource": row.text("resource", "*")}
        )
    return compiled(statements, "tolerated") if statements else None


def read_file(files: Files, name: str) -> CompiledPolicy:
    """A policy document of the lab; SpecError names the file."""
    try:
        policy = read_policy(read_json(file_of(files, name)).value)
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from error
    if policy.unreadable:
        raise SpecError(f"{name}: {policy.unreadable.message}")
    return CompiledPolicy(policy, name)
