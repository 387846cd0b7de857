"""What a lab asks about an account.

[spec]
account = "111122223333"        # users are arn:aws:iam::<account>:user/<name>
expected = "solution.json"

[spec.comparison]
points = 10                     # for each user, when its permissions equal those in the expected
                                # account
users = ["lea", "tom"]          # left out: every user of the expected account

[[spec.scenarios]]              # as in exercise.py, with `user` in place of `principal`
[[spec.members]]                # user = "lea", group = "developers", member = true, points = 5, why
[spec.groups]                   # points = 3 for each group that carries the same policies as in the
                                # expected account
[spec.direct]                   # points = 10: every permission comes from a group, nothing is
                                # attached to a user
[spec.sound]                    # points = 5: every key and name of the account means something
[spec.gone]                     # users = ["office"], points = 5: they are not there any more
[[spec.password]]               # setting = "MinimumPasswordLength",
                                # value = 14 or least = 14 or most = 90, points = 5, why;
                                # without any of the three: as in the expected account
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError, SpecError
from labs.grading.iam.exercise.account import SETTINGS, Account, read_account
from labs.grading.iam.exercise.policy_exercise import EXPECTATIONS, Scenario
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.listing import listed_with_and
from labs.grading.said import say
from labs.grading.toml_table import Table, file_of

DEFAULT_ACCOUNT = "111122223333"


@dataclass(frozen=True, slots=True)
class Member:
    user: str
    group: str
    member: bool
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the password policy. Numbers lie between `least` and `most`;
    anything else equals `value`."""

    name: str
    value: object
    least: int | None
    most: int | None
    points: int
    why: str

    def accepts(self, given: object) -> bool:
        if self.least is None and self.most is None:
            return type(given) is type(self.value) and bool(given == self.value)
        if not isinstance(given, int) or isinstance(given, bool):
            return False
        return (self.least is None or given >= self.least) and (
            self.most is None or given <= self.most
        )

    @property
    def words(self) -> str:
        limits = [say("at least {number}", number=self.least)] if self.least is not None else []
        limits += [say("at most {number}", number=self.most)] if self.most is not None else []
        return listed_with_and(limits) or str(self.value).lower()


@dataclass(frozen=True, slots=True)
class AccountExercise:
    account: str
    scenarios: tuple[Scenario, ...]
    expected: Account
    comparison_points: int
    users: tuple[str, ...]
    members: tuple[Member, ...]
    direct_points: int
    group_points: int
    sound_points: int
    gone_points: int
    gone: tuple[str, ...]
    settings: tuple[Setting, ...]

    def arn(self, user: str) -> str:
        return f"arn:aws:iam::{self.account}:user/{user}"


def read_account_exercise(table: Mapping[str, object], files: Files) -> AccountExercise:
    """SpecError names file and key."""
    spec = Table(table)
    account = spec.text("account", DEFAULT_ACCOUNT)
    expected = read_expected(files, spec.text("expected", "solution.json"))
    comparison, direct = spec.table("comparison"), spec.table("direct")
    groups, sound, gone = spec.table("groups"), spec.table("sound"), spec.table("gone")
    exercise = AccountExercise(
        account=account,
        scenarios=tuple(read_scenario(row, account) for row in spec.tables("scenarios")),
        expected=expected,
        comparison_points=comparison.number("points", 0),
        users=tuple(comparison.texts("users") or expected.users),
        members=tuple(read_member(row) for row in spec.tables("members")),
        direct_points=direct.number("points", 0),
        group_points=groups.number("points", 0),
        sound_points=sound.number("points", 0),
        gone_points=gone.number("points", 0),
        gone=gone.texts("users"),
        settings=tuple(read_setting(row, expected) for row in spec.tables("password")),
    )
    spec.finish()
    checked = exercise.scenarios or exercise.members or exercise.settings
    if not checked and not exercise.comparison_points and not exercise.direct_points:
        raise SpecError("lab.toml: spec: nothing is checked")
    return exercise


def read_expected(files: Files, name: str) -> Account:
    try:
        account = read_account(read_json(file_of(files, name)))
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from error
    if account.problems:
        raise SpecError(f"{name}: {account.problems[0].message}")
    return account


def read_scenario(row: Table, account: str) -> Scenario:
    return Scenario(
        name=row.text("name"),
        principal=f"arn:aws:iam::{account}:user/{row.text('user')}",
        action=row.text("action"),
        resource=row.text("resource"),
        expect=row.text("expect", choices=tuple(EXPECTATIONS)),
        points=row.number("points"),
        context=row.mapping("context"),
        hidden=row.flag("hidden"),
        why=row.text("why", ""),
        section=row.text("section", ""),
    )


def read_member(row: Table) -> Member:
    return Member(
        user=row.text("user"),
        group=row.text("group"),
        member=row.flag("member", True),
        points=row.number("points"),
        why=row.text("why", ""),
    )


def read_setting(row: Table, expected: Account) -> Setting:
    name = row.text("setting", choices=tuple(SETTINGS))
    limits = [row.number(key) if key in row.values else None for key in ("least", "most")]
    limited = any(limit is not None for limit in limits)
    value = None if limited else row.value("value", expected.password_policy.get(name))
    return Setting(
        name=name,
        value=value,
        least=limits[0],
        most=limits[1],
        points=row.number("points"),
        why=row.text("why", ""),
    )
