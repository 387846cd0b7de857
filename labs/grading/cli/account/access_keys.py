"""The life of access keys.

Rules: IAM User Guide, *Manage access keys for IAM users* (at most two a user); IAM API Reference,
*CreateAccessKey*, *UpdateAccessKey*, *DeleteAccessKey*, *GetAccessKeyLastUsed*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from labs.grading.cli.account.account import ACTIVE, INACTIVE, AccessKey, Account
from labs.grading.cli.account.callers import service_error
from labs.grading.cli.errors import CliError
from labs.grading.said import say

MOST_KEYS = 2  # of a user
OPTIONS = {
    "create-access-key": ("user-name",),
    "list-access-keys": ("user-name",),
    "update-access-key": ("user-name", "access-key-id", "status"),
    "delete-access-key": ("user-name", "access-key-id"),
    "get-access-key-last-used": ("access-key-id",),
}


def create(account: Account, user: str) -> Any:
    if len(account.keys_of(user)) >= MOST_KEYS:
        words = f"Cannot exceed quota for AccessKeysPerUser: {MOST_KEYS}"
        raise service_error("LimitExceeded", "CreateAccessKey", words)
    fresh = [key for key in account.new_keys if key.id not in account.keys]
    if not fresh:
        raise CliError("lab", say("This lab has no further keys to give out."))
    account.new_keys = tuple(fresh[1:])
    key = replace(fresh[0], user=user, created=account.now)
    account.keys[key.id] = key
    return {"AccessKey": {**shown(key), "SecretAccessKey": key.secret}}


def shown(key: AccessKey) -> dict[str, str]:
    return {
        "UserName": key.user,
        "AccessKeyId": key.id,
        "Status": key.status,
        "CreateDate": key.created,
    }


def listed(account: Account, user: str) -> Any:
    return {"AccessKeyMetadata": [shown(key) for key in account.keys_of(user)]}


def found(account: Account, user: str, key_id: str, operation: str) -> AccessKey:
    key = account.keys.get(key_id)
    if key is None or key.user != user:
        words = f"The Access Key with id {key_id} cannot be found."
        raise service_error("NoSuchEntity", operation, words)
    return key


def update(account: Account, user: str, key_id: str, status: str) -> None:
    if status not in (ACTIVE, INACTIVE):
        words = (
            f"1 validation error detected: Value '{status}' at 'status' failed to satisfy "
            "constraint: Member must satisfy enum value set: [Active, Inactive]"
        )
        raise service_error("ValidationError", "UpdateAccessKey", words)
    key = found(account, user, key_id, "UpdateAccessKey")
    account.keys[key_id] = replace(key, status=status)


def delete(account: Account, user: str, key_id: str) -> None:
    found(account, user, key_id, "DeleteAccessKey")
    del account.keys[key_id]


def last_used(account: Account, key_id: str) -> Any:
    """A key that an application works with was used just now."""
    key = account.keys.get(key_id)
    if key is None:
        words = f"The Access Key with id {key_id} cannot be found."
        raise service_error("NoSuchEntity", "GetAccessKeyLastUsed", words)
    used = key.last_used
    if key_id in account.applications.values():
        used = replace(used, date=account.now, service="s3", region="us-east-1")
    dates = {"LastUsedDate": used.date} if used.date else {}
    last = {**dates, "ServiceName": used.service, "Region": used.region}
    return {"UserName": key.user, "AccessKeyLastUsed": last}


def answer(account: Account, operation: str, values: Mapping[str, str]) -> Any:
    """What IAM answers; {} where it says nothing."""
    user, key_id = values.get("user-name", ""), values.get("access-key-id", "")
    if user and user not in account.users:
        words = f"The user with name {user} cannot be found."
        raise service_error("NoSuchEntity", api_name(operation), words)
    if operation == "create-access-key":
        return create(account, user)
    if operation == "list-access-keys":
        return listed(account, user)
    if operation == "get-access-key-last-used":
        return last_used(account, key_id)
    if operation == "update-access-key":
        update(account, user, key_id, values["status"])
    else:
        delete(account, user, key_id)
    return {}


def api_name(operation: str) -> str:
    """`create-access-key` → `CreateAccessKey`."""
    return "".join(part.capitalize() for part in operation.split("-"))
