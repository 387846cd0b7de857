"""The account and the machine that a lab gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from labs.grading.cli.account.account import AccessKey, Account, LastUsed, Role
from labs.grading.cli.settings.files import CONFIG, CREDENTIALS
from labs.grading.cli.settings.machine import Machine
from labs.grading.errors import SpecError
from labs.grading.iam.aws.regions import REGIONS
from labs.grading.toml_table import Table, file_of

Answers = dict[tuple[str, str], Any]


def read_account(table: Table, files: Mapping[str, str]) -> tuple[Account, Account | None]:
    """The account today, and on another day if the lab has answers of one."""
    today, other = read_answers(table, files)
    account = Account(
        table.text("number"),
        users=table.texts("users"),
        keys={key.id: key for key in map(read_key, table.tables("keys"))},
        roles={role.name: role for role in map(read_role, table.tables("roles"))},
        answers=today,
        regions=tuple(REGIONS),
        new_keys=tuple(read_key(key) for key in table.tables("new_keys")),
        applications={name: str(key) for name, key in table.mapping("applications").items()},
        now=table.text("now", "2026-11-27T09:00:00+00:00"),
    )
    another = None
    if other:
        another = account.copy()
        another.answers = {**today, **other}
    return account, another


def read_answers(table: Table, files: Mapping[str, str]) -> tuple[Answers, Answers]:
    today: Answers = {}
    other: Answers = {}
    for one in table.tables("answers"):
        place = (one.text("command"), one.text("region", ""))
        today[place] = json_in(files, one.text("file"))
        if name := one.text("another_day", ""):
            other[place] = json_in(files, name)
    return today, other


def json_in(files: Mapping[str, str], name: str) -> Any:
    try:
        return json.loads(file_of(files, name))
    except ValueError as error:
        raise SpecError(f"{name}: {error}") from error


def read_key(table: Table) -> AccessKey:
    used = LastUsed(
        table.text("last_used", ""), table.text("service", "N/A"), table.text("region", "N/A")
    )
    return AccessKey(
        table.text("id"),
        table.text("secret", "secret"),
        table.text("user", ""),
        table.text("status", "Active", choices=("Active", "Inactive")),
        table.text("created", ""),
        used,
    )


def read_role(table: Table) -> Role:
    return Role(table.text("name"), table.texts("trusts"))


def read_machine(table: Table, files: Mapping[str, str]) -> Machine:
    variables = {name: str(value) for name, value in table.mapping("variables").items()}
    paths = {CONFIG: table.text("config", ""), CREDENTIALS: table.text("credentials", "")}
    return Machine(
        variables,
        {path: file_of(files, name) for path, name in paths.items() if name},
        table.text("instance_role", ""),
        table.text("instance_region", ""),
        table.text("container_role", ""),
        set(variables),
    )
