"""Do the functions let in anybody but this API? Decided by the IAM engine."""

from __future__ import annotations

from labs.grading.gateway.routes.model import Api, Surroundings
from labs.grading.gateway.routes.permissions import INVOKE
from labs.grading.gateway.routing.decision import may_invoke
from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.said import say

STRANGER = "999988887777"
ANOTHER_API = "z9y8x7w6v5"
STRANGERS_ROUTE = "$default/GET/anything"


def open_function(api: Api, around: Surroundings) -> str:
    """The first that does, in a sentence; empty: none."""
    for function in api.policies or {}:
        if may_invoke(api, function, foreign(around, STRANGER), around):
            return say("An API of the foreign account {account} may call {function}.",
                       account=STRANGER, function=function)  # fmt: skip
        if may_invoke(api, function, foreign(around, around.account), around):
            return say("Another API of the account, {api}, may call {function}.",
                       api=ANOTHER_API, function=function)  # fmt: skip
        if names_a_stranger(api, function, around):
            return say("A user of the foreign account {account} may call {function}.",
                       account=STRANGER, function=function)  # fmt: skip
    return ""


def foreign(around: Surroundings, account: str) -> str:
    return f"arn:aws:execute-api:{around.region}:{account}:{ANOTHER_API}/{STRANGERS_ROUTE}"


def names_a_stranger(api: Api, function: str, around: Surroundings) -> bool:
    """The resource policy's half of what is needed across accounts."""
    somebody = f"arn:aws:iam::{STRANGER}:user/somebody"
    asked = Request(somebody, INVOKE, around.function_arn(function),
                    resource_account=around.account)  # fmt: skip
    layer = Policies(resource=(api.policies or {})[function]).resource_layer
    return layer.denial(asked, bounded=False) is None and layer.grant(asked)[1] is not None
