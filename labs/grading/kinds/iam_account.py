"""An account's users, groups and policies, graded by what each user may do.

The answer is one JSON object with policies, groups, users and the password policy
(`labs/grading/iam/exercise/account.py` shows it). A user has what is attached to it and to its
groups. How the spec is written: `labs/grading/iam/exercise/account_exercise.py`; what the verdict
page gets: `labs/grading/iam/exercise/account_verdict.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading import iam
from labs.grading.iam.exercise.account import Account, read_account
from labs.grading.iam.exercise.account_exercise import AccountExercise, read_account_exercise
from labs.grading.iam.exercise.account_verdict import advise_account, check_account
from labs.grading.iam.exercise.behaviour import behaviour as behaviour
from labs.grading.iam.exercise.codes import CODES as CODES
from labs.grading.iam.exercise.completions import SLOTS as SLOTS
from labs.grading.iam.exercise.completions import words as words
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.accounts import broken_accounts
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "iam-account"
TITLE = say("IAM account")
LANGUAGE = "json"
VERSION = iam.VERSION
MAX_BYTES = 16_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"members": ("why",), "password": ("why",), "scenarios": ("name", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> AccountExercise:
    return read_account_exercise(table, files)


def parse(text: str) -> Account:
    return read_account(read_json(text))


def check(answer: Account, spec: AccountExercise) -> Report:
    return check_account(answer, spec)


def advise(answer: Account, spec: AccountExercise) -> list[Finding]:
    return advise_account(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_accounts(text)
