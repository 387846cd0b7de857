"""An account as a learner writes it down: groups, users, policies, and the password policy.

{
  "policies": {"ReadCourse": {policy document}},                      customer managed policies
  "groups": {"developers": {"policies": ["ReadCourse",
  "arn:aws:iam::aws:policy/IAMUserChangePassword"],
                            "inline": {"Upload": {policy document}}}},
  "users": {"lea": {"groups": ["developers"], "policies": [], "inline": {}, "boundary":
  "ReadCourse"}}, "password_policy": {"MinimumPasswordLength": 14, "RequireSymbols": true}
}
The password policy may also be called "PasswordPolicy", as `aws iam get-account-password-policy`
prints it, or stand alone, as `update-account-password-policy --cli-input-json` takes it.
Every part may be left out. A user has what is attached to it and to its groups; groups hold users,
never groups.
Source: IAM User Guide, "IAM identities".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from labs.grading.errors import AnswerError
from labs.grading.iam.aws.managed_policies import managed_document
from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.documents import Policy, Problem
from labs.grading.iam.language.policy_reader import as_texts, read_policy
from labs.grading.json_text import JsonDocument, Path
from labs.grading.said import say

PARTS = ("policies", "groups", "users", "password_policy")
# As `aws iam get-account-password-policy` prints it
AS_PRINTED = "PasswordPolicy"
SETTINGS = (
    "MinimumPasswordLength",
    "RequireSymbols",
    "RequireNumbers",
    "RequireUppercaseCharacters",
    "RequireLowercaseCharacters",
    "AllowUsersToChangePassword",
    "MaxPasswordAge",
    "PasswordReusePrevention",
    "HardExpiry",
)
MEMBER_KEYS = {
    "groups": ("policies", "inline"),
    "users": ("groups", "policies", "inline", "boundary"),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """A user or a group: what is attached to it."""

    policies: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()  # the names used in `Account.documents`
    groups: tuple[str, ...] = ()
    boundary: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """`documents`: every policy by the name that explanations use; `paths`:
    where each stands in the text."""

    document: JsonDocument
    users: Mapping[str, Holder]
    groups: Mapping[str, Holder]
    documents: Mapping[str, Policy]
    paths: Mapping[str, Path]
    password_policy: Mapping[str, object]
    password_path: Path
    problems: tuple[Problem, ...]

    def policies_of(self, user: str) -> Policies:
        """Everything that decides what a user may do; nothing for a user who does not exist."""
        holder = self.users.get(user, Holder())
        names = [*attached(holder)]
        for group in holder.groups:
            names += attached(self.groups.get(group, Holder()))
        boundary = self.compiled(holder.boundary) if holder.boundary else None
        return Policies(
            identity=tuple(
                found for name in dict.fromkeys(names) if (found := self.compiled(name))
            ),
            boundary=(boundary,) if boundary else (),
            trust_assumed=True,
        )

    def compiled(self, name: str) -> CompiledPolicy | None:
        """A policy by name; None when the account has none of this name."""
        policy = self.documents.get(name)
        if policy is None and (managed := managed_document(name)):
            policy = read_policy(managed)
        return CompiledPolicy(policy, name) if policy is not None else None


def attached(holder: Holder) -> list[str]:
    return [*holder.policies, *holder.inline]


def read_account(document: JsonDocument) -> Account:
    """AnswerError when the document is no account at all; other mistakes become problems."""
    value = document.value
    if not isinstance(value, dict):
        raise AnswerError(
            say("An account is a JSON object with users, groups and policies."),
            *document.position(),
        )
    if not set(SETTINGS).isdisjoint(value):
        return replace(read_account_value(document, {"password_policy": value}), password_path=())
    return read_account_value(document, value)


def read_account_value(document: JsonDocument, value: Mapping[str, object]) -> Account:
    reader = AccountReader(value)
    users, groups = reader.holders("users"), reader.holders("groups")
    key = AS_PRINTED if AS_PRINTED in value else "password_policy"
    password = reader.part(key)
    reader.note_settings(password, key)
    reader.note_unknown(users, groups)
    problems = tuple(reader.problems)
    return Account(
        document=document,
        users=users,
        groups=groups,
        documents=reader.documents,
        paths=reader.paths,
        password_policy=password,
        password_path=(key,),
        problems=problems,
    )


class AccountReader:
    def __init__(self, value: Mapping[str, object]) -> None:
        self.value = value
        self.problems: list[Problem] = []
        self.documents: dict[str, Policy] = {}
        self.paths: dict[str, Path] = {}
        for key in value:
            if key not in (*PARTS, AS_PRINTED):
                self.note(
                    "iam.account-form",
                    say(
                        'An account has no part "{key}": {names}.', key=key, names=", ".join(PARTS)
                    ),
                    key,
                    at_key=True,
                )
        for name, policy in self.part("policies").items():
            self.policy(name, policy, ("policies", name))

    def note(self, code: str, message: str, *path: str | int, at_key: bool = False) -> None:
        self.problems.append(Problem(code, message, path, at_key=at_key))

    def part(self, key: str) -> Mapping[str, object]:
        found = self.value.get(key, {})
        if isinstance(found, dict):
            return found
        self.note(
            "iam.account-form",
            say('"{key}" is an object: a name, then what it stands for.', key=key),
            key,
        )
        return {}

    def note_settings(self, found: Mapping[str, object], key: str) -> None:
        """What AWS would not take. `ExpirePasswords` is printed only: it follows from the age."""
        for name in found:
            if name not in (*SETTINGS, "ExpirePasswords"):
                message = say("A password policy has no setting {name}.", name=name[:60])
                self.note("iam.account-form", message, key, name, at_key=True)

    def policy(self, name: str, value: object, path: Path) -> None:
        self.documents[name] = read_policy(value)
        self.paths[name] = path

    def holders(self, kind: str) -> dict[str, Holder]:
        return {name: self.holder(kind, name, value) for name, value in self.part(kind).items()}

    def holder(self, kind: str, name: str, value: object) -> Holder:
        if not isinstance(value, dict):
            self.note(
                "iam.account-form",
                say(
                    "{name} is an object with {names}.",
                    name=name,
                    names=", ".join(MEMBER_KEYS[kind]),
                ),
                kind,
                name,
            )
            return Holder()
        for key in value:
            if key not in MEMBER_KEYS[kind]:
                self.unknown_key(kind, name, key)
        boundary = value.get("boundary", "") if kind == "users" else ""
        return Holder(
            policies=self.names(kind, name, value, "policies"),
            inline=tuple(self.inline(kind, name, value.get("inline", {}))),
            groups=self.names(kind, name, value, "groups") if kind == "users" else (),
            boundary=boundary if isinstance(boundary, str) else "",
        )

    def unknown_key(self, kind: str, name: str, key: str) -> None:
        if kind == "groups" and key in ("groups", "users"):
            message = say(
                "Groups cannot hold groups; a user names its groups, not the other way round."
            )
            self.note("iam.nested-group", message, kind, name, key, at_key=True)
        else:
            message = say(
                '"{name}" has no "{key}": {names}.',
                name=name,
                key=key,
                names=", ".join(MEMBER_KEYS[kind]),
            )
            self.note("iam.account-form", message, kind, name, key, at_key=True)

    def names(self, kind: str, name: str, value: Mapping[str, object], key: str) -> tuple[str, ...]:
        names = as_texts(value.get(key, []))
        if names is None:
            self.note(
                "iam.account-form", say("{key} is a list of names.", key=key), kind, name, key
            )
        return names or ()

    def inline(self, kind: str, owner: str, found: object) -> Iterator[str]:
        if not isinstance(found, dict):
            self.note(
                "iam.account-form",
                say("inline is an object: a name, then a policy document."),
                kind,
                owner,
                "inline",
            )
            return
        for name, document in found.items():
            full = f"{owner}/{name}"
            self.policy(full, document, (kind, owner, "inline", name))
            yield full

    def note_unknown(self, users: Mapping[str, Holder], groups: Mapping[str, Holder]) -> None:
        """Names that stand for nothing."""
        for kind, holders in (("users", users), ("groups", groups)):
            for owner, holder in holders.items():
                for index, name in enumerate(holder.policies):
                    if name not in self.documents and managed_document(name) is None:
                        message = say(
                            'There is no policy "{name}": write it under "policies".',
                            name=name[:80],
                        )
                        self.note("iam.unknown-policy", message, kind, owner, "policies", index)
                for index, name in enumerate(holder.groups):
                    if name not in groups:
                        message = say(
                            'There is no group "{name}": write it under "groups".', name=name[:80]
                        )
                        self.note("iam.unknown-group", message, kind, owner, "groups", index)
