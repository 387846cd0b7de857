"""Routes of an HTTP API of Amazon API Gateway, graded by where requests end and who is let in: some
requests of the lab's, one by one, and then every request that there can be, compared with the
expected API.

An answer is YAML or JSON in AWS's names (`labs.grading.gateway.routes.reader` shows it), or what
`aws apigatewayv2 get-routes` prints. Whether a function lets the API in is decided by the IAM
engine.

[spec] in lab.toml:
    functions = [...]        names of Lambda functions that routes lead to
    addresses = [...]        names of HTTP integrations, which need no permission
    account, region, api     of the API (111122223333, eu-west-2, a1b2c3d4e5)
    permissions = false      the answer says below Permissions who may call the functions
    closed_points = 0        for permissions that let in no other API
    variables = [...]        names by which functions read variables of the path
    browser_headers = [...]  browsers ask first (CORS), and send these headers; left out: none do
    compare = 6              points each for letting nobody in who must not and for losing nobody
    expected = "…"           the file with the expected API (default: the solution)
    [[spec.requests]]        name, request ("GET /orders/7"), token ("none", "valid", "expired",
                             "other issuer", "other audience", "signed"), scopes, authorizer (the
                             first), origin (a page whose browser asks first), expect (a function or
                             address, "stopped"; "goes on" or "blocked" with an origin), points (1),
                             hidden, why, section

Requests have no slash at the end of their path and no empty part. Of what is stopped the status
does not count. Where the guide does not say which of two routes gets a request, neither is right.
What is left out: Lambda authorizers, parameter mapping, WebSocket and REST APIs, deployments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.cure import Held, Mend
from labs.grading.errors import AnswerError
from labs.grading.gateway.exercise.answer import ApiAnswer
from labs.grading.gateway.exercise.behaviour import behaviour as behaviour
from labs.grading.gateway.exercise.codes import CODES as CODES
from labs.grading.gateway.exercise.completions import SLOTS as SLOTS
from labs.grading.gateway.exercise.completions import words as words
from labs.grading.gateway.exercise.exercise import ApiExercise, read_api_exercise
from labs.grading.gateway.exercise.mends import mends_of
from labs.grading.gateway.exercise.verdict import advise_api, check_api
from labs.grading.gateway.exercise.verdict_in_short import holds_api
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.api_routes import broken_apis
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.yaml_text import read_yaml

NAME = "api-routes"
TITLE = say("Routes of an HTTP API")
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "1"
MAX_BYTES = 12_000
MAX_DEPTH = 12
IS_BOUNDED: Literal[True] = True
TEXTS = {"requests": ("name", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> ApiExercise:
    return read_api_exercise(table, files)


def parse(text: str) -> ApiAnswer:
    is_json = text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    document = read_json(text, max_depth=MAX_DEPTH) if is_json else read_yaml(text)
    if not isinstance(document.value, dict | list):
        raise AnswerError(say("Begin with “Routes:”, and write each route below it."), 1, 1)
    return ApiAnswer(document)


def check(answer: ApiAnswer, spec: ApiExercise) -> Report:
    return check_api(answer, spec)


def holds(answer: ApiAnswer, spec: ApiExercise) -> list[Held] | None:
    return holds_api(answer, spec)


def advise(answer: ApiAnswer, spec: ApiExercise) -> list[Finding]:
    return advise_api(answer, spec)


def mends(answer: ApiAnswer, spec: ApiExercise) -> list[Mend]:
    return mends_of(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_apis(text)
