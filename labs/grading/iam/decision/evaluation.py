"""One request against every policy type that is in play, decided as AWS does.

An explicit deny anywhere wins; otherwise every policy type that limits must allow, and somebody
must grant.
Source: IAM User Guide, "Policy evaluation logic", "How AWS enforcement code logic evaluates
requests to allow or deny access", "Cross-account policy evaluation logic" and "Permissions
boundaries for IAM entities".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from labs.grading.iam.aws.catalogue import supports_rcp
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.decision.statements import CompiledPolicy, CompiledStatement
from labs.grading.iam.language.principals import Grant
from labs.grading.said import say

ROLE_ENTRY = frozenset(
    (
        "sts:assumerole",
        "sts:assumerolewithsaml",
        "sts:assumerolewithwebidentity",
        "sts:tagsession",
        "sts:setsourceidentity",
    )
)


# How the layers are called, and why they decided
IDENTITY_POLICY, RESOURCE_POLICY = say("identity policy"), say("resource policy")
BOUNDARY, SESSION_POLICY = say("permissions boundary"), say("session policy")
ENDPOINT_POLICY = say("VPC endpoint policy")
CANNOT_BE_DENIED = say("sts:GetCallerIdentity cannot be denied")
NOT_TRUSTED = say("the key policy or role trust policy names neither the caller nor the account")
CALLER_NOT_ALLOWED = say("no statement of the resource policy allows the caller")
ROOT_MAY_ALL = say("the root user of the account may do everything in it")
NOTHING_ALLOWS = say("no statement allows it")
NOT_ACROSS_ACCOUNTS = say("across accounts the resource policy must allow it as well")


@cache  # decisions are many, layers few
def none_allows(layer: str) -> str:
    return say("no statement of the {layer} allows it", layer=layer)


@cache
def denied_in(layer: str) -> str:
    return say("an explicit Deny in the {layer}", layer=layer)


@cache
def allowed_in(layer: str) -> str:
    return say("an Allow in the {layer}", layer=layer)


class Outcome(StrEnum):
    ALLOWED = "Allowed"
    IMPLICIT = "ImplicitlyDenied"
    EXPLICIT = "ExplicitlyDenied"


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, a reason in words, the layer that decided and, where one did, the statement."""

    outcome: Outcome
    layer: str = ""
    reason: str = ""
    statement: CompiledStatement | None = None

    @property
    def allowed(self) -> bool:
        return self.outcome is Outcome.ALLOWED


@dataclass(frozen=True, slots=True)
class Layer:
    """Policies of one type that answer together: one Deny denies, one Allow allows.
    `name` is for explanations."""

    name: str
    policies: tuple[CompiledPolicy, ...]
    names_principals: bool = False  # a statement without Principal is refused here: it says nothing

    def statements(self) -> Iterator[CompiledStatement]:
        found = (statement for policy in self.policies for statement in policy.statements)
        return (one for one in found if one.principals is not None or not self.names_principals)

    def about(self, policy: CompiledPolicy, action: str) -> Iterable[CompiledStatement]:
        found = policy.about(action)
        if not self.names_principals:
            return found
        return [statement for statement in found if statement.principals is not None]

    def denial(self, request: Request, bounded: bool) -> CompiledStatement | None:
        for policy in self.policies:
            for statement in self.about(policy, request.action):
                if statement.allow:
                    break  # denials come first
                if statement.grant(
                    request.caller, bounded=bounded
                ) and statement.matches_apart_from_principal(request):
                    return statement
        return None

    def grant(self, request: Request) -> tuple[Grant, CompiledStatement | None]:
        """The closest way in which a matching Allow names the caller."""
        best = NOBODY
        for policy in self.policies:
            for statement in self.about(policy, request.action):
                if not statement.allow:
                    continue
                grant = statement.grant(request.caller, bounded=False)
                if grant > best[0] and statement.matches_apart_from_principal(request):
                    best = (grant, statement)
                    if grant is Grant.DIRECT:
                        return best
        return best


NOBODY: tuple[Grant, CompiledStatement | None] = (Grant.NONE, None)


def in_reach_of_rcps(action: str) -> bool:
    """Only some services know RCPs, and the guide excepts kms:RetireGrant."""
    return action != "kms:retiregrant" and supports_rcp(action.partition(":")[0])


@dataclass(frozen=True, slots=True)
class Policies:
    """Everything that is in play for a request; an empty tuple or None means: not in play.

    `trust_assumed`: the resource policy that KMS keys and roles always carry is not part of the
    question (an exercise about identity policies alone).
    """

    identity: tuple[CompiledPolicy, ...] = ()
    resource: CompiledPolicy | None = None
    scps: tuple[Layer, ...] = ()
    rcps: tuple[Layer, ...] = ()
    boundary: tuple[CompiledPolicy, ...] = ()
    session: CompiledPolicy | None = None
    endpoint: tuple[CompiledPolicy, ...] = ()
    trust_assumed: bool = False
    # Made of the above once, because many requests are asked
    identity_layer: Layer = field(init=False, repr=False, compare=False)
    resource_layer: Layer = field(init=False, repr=False, compare=False)
    caps: tuple[Layer, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        resource = () if self.resource is None else (self.resource,)
        boundary, session = self.boundary, () if self.session is None else (self.session,)
        caps = [(BOUNDARY, boundary), (SESSION_POLICY, session)]
        layers = {
            "identity_layer": Layer(IDENTITY_POLICY, self.identity),
            "resource_layer": Layer(RESOURCE_POLICY, resource, names_principals=True),
            "caps": tuple(Layer(name, policies) for name, policies in caps if policies),
        }
        for name, made in layers.items():
            object.__setattr__(self, name, made)

    def decide(self, request: Request) -> Decision:
        """The decision on one request."""
        if request.action == "sts:getcalleridentity":
            return Decision(Outcome.ALLOWED, "service", CANNOT_BE_DENIED)
        limits = self.limits(request)
        denial = self.explicit_denial(limits, request)
        if denial:
            return denial
        for layer in limits:
            if layer.grant(request)[0] is Grant.NONE:
                return Decision(Outcome.IMPLICIT, layer.name, none_allows(layer.name))
        return self.granted(request)

    def limits(self, request: Request) -> tuple[Layer, ...]:
        """The layers that can only take away, for this caller and service."""
        if not (self.rcps or self.scps or self.endpoint):
            return ()
        return tuple(self.limiting_layers(request))

    def limiting_layers(self, request: Request) -> Iterator[Layer]:
        caller = request.caller
        if self.rcps and not caller.is_service_linked and in_reach_of_rcps(request.action):
            yield from self.rcps
        if self.scps and caller.is_identity and not caller.is_service_linked:
            yield from self.scps
        if self.endpoint:
            yield Layer(ENDPOINT_POLICY, self.endpoint)

    def explicit_denial(self, limits: Iterable[Layer], request: Request) -> Decision | None:
        bounded = bool(self.boundary)
        for layer in (*limits, *self.own(request)):
            statement = layer.denial(request, bounded)
            if statement is not None:
                return Decision(
                    outcome=Outcome.EXPLICIT,
                    layer=layer.name,
                    reason=denied_in(layer.name),
                    statement=statement,
                )
        return None

    def own(self, request: Request) -> tuple[Layer, ...]:
        """The layers that belong to the caller and to the resource."""
        resource = () if self.resource is None else (self.resource_layer,)
        if request.caller.is_identity:
            return (self.identity_layer, *self.caps, *resource)
        return resource

    def granted(self, request: Request) -> Decision:
        named, statement = self.resource_layer.grant(request) if self.resource else NOBODY
        if not request.caller.is_identity:
            return self.by_resource(named, statement)
        if request.caller.account != request.resource_account:
            return self.across_accounts(request, named)
        if named is Grant.DIRECT:
            return self.by_resource(named, statement)
        cap = self.missing_cap(request)
        if cap:
            return cap
        if named is Grant.ROLE:
            return self.by_resource(named, statement)
        if named is Grant.NONE and self.needs_trust(request):
            return Decision(Outcome.IMPLICIT, RESOURCE_POLICY, NOT_TRUSTED)
        return self.by_identity(request)

    def by_resource(self, named: Grant, statement: CompiledStatement | None) -> Decision:
        if named is Grant.NONE:
            return Decision(
                Outcome.IMPLICIT,
                RESOURCE_POLICY,
                CALLER_NOT_ALLOWED,
            )
        return Decision(
            outcome=Outcome.ALLOWED,
            layer=RESOURCE_POLICY,
            reason=allowed_in(RESOURCE_POLICY),
            statement=statement,
        )

    def by_identity(self, request: Request) -> Decision:
        if request.caller.kind == "root":
            return Decision(
                Outcome.ALLOWED,
                "account root",
                ROOT_MAY_ALL,
            )
        grant, statement = self.identity_layer.grant(request)
        if grant is Grant.NONE:
            return Decision(Outcome.IMPLICIT, IDENTITY_POLICY, NOTHING_ALLOWS)
        return Decision(
            outcome=Outcome.ALLOWED,
            layer=IDENTITY_POLICY,
            reason=allowed_in(IDENTITY_POLICY),
            statement=statement,
        )

    def across_accounts(self, request: Request, named: Grant) -> Decision:
        if named is Grant.NONE and not (self.trust_assumed and self.resource is None):
            return Decision(Outcome.IMPLICIT, RESOURCE_POLICY, NOT_ACROSS_ACCOUNTS)
        return self.missing_cap(request) or self.by_identity(request)

    def missing_cap(self, request: Request) -> Decision | None:
        for layer in self.caps:
            if layer.grant(request)[0] is Grant.NONE:
                return Decision(Outcome.IMPLICIT, layer.name, none_allows(layer.name))
        return None

    def needs_trust(self, request: Request) -> bool:
        if self.trust_assumed and self.resource is None:
            return False
        is_key = (
            len(request.parts) == 6
            and request.parts[2] == "kms"
            and request.parts[5].startswith("key/")
        )
        return (request.action.startswith("kms:") and is_key) or request.action in ROLE_ENTRY
