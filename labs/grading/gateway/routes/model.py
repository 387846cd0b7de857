"""An HTTP API in AWS's names: routes, authorizers, CORS, stages, and who may call the functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.gateway.routes.key import Key
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.json_document import Path

NONE, JWT, IAM = "NONE", "JWT", "AWS_IAM"
DEFAULT_STAGE = "$default"


@dataclass(frozen=True, slots=True)
class Route:
    """`target`: the name of a function or of an address. `scopes`: one of them is enough."""

    key: Key
    target: str
    path: Path
    authorization: str = NONE
    authorizer: str = ""
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Authorizer:
    """Whose tokens count, and for whom they must be made out."""

    issuer: str
    audience: frozenset[str]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Cors:
    """Methods in capitals, headers in small letters."""

    origins: tuple[str, ...] = ()
    methods: frozenset[str] = frozenset()
    headers: frozenset[str] = frozenset()
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Api:
    """`policies`: of each function who may call it; None where all let this API in. `memo`: what
    was found about routes and methods, so that it is looked for once."""

    routes: tuple[Route, ...] = ()
    authorizers: Mapping[str, Authorizer] = field(default_factory=dict)
    cors: Cors | None = None
    stages: tuple[str, ...] = (DEFAULT_STAGE,)
    policies: Mapping[str, CompiledPolicy] | None = None
    memo: dict[tuple[Path, str], bool] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is around the API. `permissions`: the answer says who may call the functions."""

    functions: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    account: str = "111122223333"
    region: str = "eu-west-2"
    api: str = "a1b2c3d4e5"
    permissions: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        return (*self.functions, *self.addresses)

    def function_arn(self, name: str) -> str:
        return f"arn:aws:lambda:{self.region}:{self.account}:function:{name}"

    def source_arn(self, rest: str) -> str:
        """What API Gateway calls itself before a function."""
        return f"arn:aws:execute-api:{self.region}:{self.account}:{self.api}/{rest}"
