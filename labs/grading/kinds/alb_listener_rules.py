"""Listener rules of an Application Load Balancer, graded by where requests go: some of the lab's,
one by one, and then every request that there can be, compared with the expected rules.

An answer is a list of rules as `aws elbv2 create-rule` takes them, `[{"Priority": 10, "Conditions":
[…], "Actions": […]}, …]`, or what `describe-rules` prints, `{"Rules": […]}`. A target group is
named by its name or by its ARN.

[spec] in lab.toml:
    listener = "HTTPS:443"   where the requests arrive
    default = "404"          the default action, where the answer has no default rule: the code of a
                             fixed answer, or the name of a target group
    dual = false             the balancer has IPv6 addresses, so that visitors may
    compare = 6              points for answering every request as solution.json does; 0 = not
                             compared
    expected = "…"           the file with the expected rules (default: the solution)
    [[spec.requests]]        name, url, method ("GET"), headers (a table), source (an address),
                             expect ("users", "answer 404", "301 https://…/", "90 % old and 10 %
                             new"), points (1), hidden, why, section

Of a fixed answer only its code counts, not what it says. What is left out: regular expressions,
rewriting, signing in; a redirect's path made of the host, and its query of other parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.balancing.exercise.behaviour import behaviour as behaviour
from labs.grading.balancing.exercise.codes import CODES as CODES
from labs.grading.balancing.exercise.completions import SLOTS as SLOTS
from labs.grading.balancing.exercise.completions import words as words
from labs.grading.balancing.exercise.exercise import Exercise, read_exercise
from labs.grading.balancing.exercise.mends import mends_of
from labs.grading.balancing.exercise.verdict import advise_rules, check_rules, holds_rules
from labs.grading.balancing.rules.reader import RulesAnswer, read_answer
from labs.grading.cure import Mend
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.listener_rules import broken_rules
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "alb-listener-rules"
TITLE = say("Listener rules of a load balancer")
LANGUAGE = "json"
VERSION = "2"
MAX_BYTES = 32_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"requests": ("name", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> Exercise:
    return read_exercise(table, files)


def parse(text: str) -> RulesAnswer:
    return read_answer(text)


def check(answer: RulesAnswer, spec: Exercise) -> Report:
    return check_rules(answer, spec)


def advise(answer: RulesAnswer, spec: Exercise) -> list[Finding]:
    return advise_rules(answer, spec)


def holds(answer: RulesAnswer, spec: Exercise) -> list[bool] | None:
    return holds_rules(answer, spec)


def mends(answer: RulesAnswer, spec: Exercise) -> list[Mend]:
    return mends_of(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_rules(text)
