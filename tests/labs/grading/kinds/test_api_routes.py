from __future__ import annotations

import json
from random import Random

import pytest

from labs.grading.errors import AnswerError, SpecError, Undecided
from labs.grading.gateway.routes.key import METHODS
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS, api_routes
from labs.grading.report import RelationName
from tests.effort import effort
from tests.labs.grading.garbling import garbled

KIND = KINDS["api-routes"]
RIGHT = """\
Routes:
  - RouteKey: GET /orders/{id}
    Target: integrations/orders
    AuthorizationType: JWT
    AuthorizerId: people
    AuthorizationScopes: [read, write]
  - RouteKey: POST /orders
    Target: integrations/orders
    AuthorizationType: JWT
    AuthorizerId: people
    AuthorizationScopes: [write]
  - RouteKey: GET /files/{proxy+}
    Target: integrations/files
Authorizers:
  people:
    AuthorizerType: JWT
    JwtConfiguration:
      Issuer: https://issuer.example
      Audience: [app]
CorsConfiguration:
  AllowOrigins: [https://page.example]
  AllowMethods: [GET, POST]
  AllowHeaders: [authorization]
Permissions:
  - FunctionName: orders
    SourceArn: arn:aws:execute-api:eu-west-2:111122223333:a1b2c3d4e5/*
  - FunctionName: files
    SourceArn: arn:aws:execute-api:eu-west-2:111122223333:a1b2c3d4e5/*
"""
REQUESTS = [
    {"name": "read", "request": "GET /orders/7", "token": "valid", "scopes": ["read"],
     "expect": "orders"},
    {"name": "stranger", "request": "GET /orders/7", "expect": "stopped"},
    {"name": "page", "request": "POST /orders", "origin": "https://page.example",
     "expect": "goes on"},
]  # fmt: skip
TABLE = {
    "functions": ["orders", "files"],
    "permissions": True,
    "closed_points": 2,
    "variables": ["id"],
    "browser_headers": ["authorization"],
    "requests": REQUESTS,
}
FILES = {"solution.yaml": RIGHT}
ALL_METHODS = "".join(f"  - RouteKey: {one} /all\n    Target: files\n" for one in ("ANY", *METHODS))
JWT = "    AuthorizationType: JWT\n    AuthorizerId: people\n"


def report(text, **changes):
    return grade(KIND, table=TABLE | changes, files=FILES, text=text, with_cure=True)


def failed(text):
    return {one.code: one for one in report(text).findings if not one.passed}


def changed(before, after, times=-1):
    assert before in RIGHT
    return RIGHT.replace(before, after, times)


def test_the_same_in_other_words_scores_everything():
    found = report(changed("integrations/", ""))
    assert found.percent == 100
    assert found.relation is not None
    assert found.relation.name is RelationName.EQUAL
    assert [one.name for one in found.outcomes] == ["read", "stranger", "page"]
    assert report(json.dumps(read_answer(KIND, RIGHT).document.value)).percent == 100


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (changed(JWT, ""), "routes.open-read", "GET /orders/7 without a token gets to orders"),
        (changed(f"POST /orders\n    Target: integrations/orders\n{JWT}",
                 "POST /orders\n    Target: integrations/orders\n"),
         "routes.open-write", "POST /orders without a token"),
        (changed("[app]", "[app, till]"), "routes.token-of-others", "for till"),
        (changed("[write]", "[read, write]"), "routes.scope-not-asked", "scope read"),
        (changed("GET /files", "ANY /files"), "routes.too-wide", "POST /files/7"),
        (changed(f"{JWT}    AuthorizationScopes: [read, write]\n",
                 "    AuthorizationType: AWS_IAM\n"),
         "routes.other-door", "signed with IAM credentials"),
        (changed("[https://page.example]", "['*']"), "routes.any-origin", "evil.example"),
        (changed("    SourceArn: arn:aws:execute-api:eu-west-2:111122223333:a1b2c3d4e5/*\n", ""),
         "routes.open-function", "999988887777"),
        (changed("a1b2c3d4e5/*", "*"), "routes.open-function", "Another API of the account"),
        (changed("GET /files/{proxy+}", "GET /files/{name}"), "routes.not-greedy", "404"),
        (changed("GET /orders/{id}", "GET /orders/{id+}"), "routes.too-wide", "/orders/7/42"),
        (changed("GET /orders/{id}", "GET /orders/{number}"), "routes.variable-name", "names"),
        (changed("GET /files/{proxy+}", "GET /{proxy+}"), "routes.too-wide", "GET /files without"),
        (changed("POST /orders", "PUT /orders"), "routes.no-method", "404"),
        (changed("POST /orders", "POST /orders/{proxy+}"), "routes.bare-path", "404"),
        (changed("POST /orders", "POST /order"), "routes.no-route", "404"),
        (changed("CorsC", "Stages: [test]\nCorsC"), "routes.stage", "404"),
        (changed("integrations/files", "integrations/orders"), "routes.other-target", "files"),
        (changed("[read, write]", "[write]"), "routes.refused", "403 Forbidden"),
        (changed("  - FunctionName: files", "  - FunctionName: orders"), "routes.no-permission",
         "files does not let the API in"),
        (changed("[authorization]", "['*']"), "routes.preflight", "AllowHeaders"),
        (changed("  - RouteKey: POST", "  - RouteKey: GET /orders/{n}\n    Target: files\n"
                 "  - RouteKey: POST"), "routes.ambiguous", "the guide does not say"),
    ],
)  # fmt: skip
def test_the_smallest_request_that_differs_is_shown(text, code, words):
    found = failed(text)[code]
    assert words in found.message
    assert found.section == KIND.CODES[code].section
    if found.counterexample:
        assert api_routes.behaviour(found, "") != ""


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (changed("    AuthorizationType: JWT\n", "", 1), "routes.not-asked", "AuthorizerId"),
        (changed("POST /orders\n", "DELETE /orders/{number}\n"), "routes.other-name", "{number}"),
        (changed("Authorizers:", f"{ALL_METHODS}Authorizers:"), "routes.never-reached", "ANY /all"),
    ],
)  # fmt: skip
def test_mistakes_are_marked_while_one_types(text, code, words):
    spec = exercise_of(KIND, table=TABLE, files=FILES).spec
    found = {one.code: one for one in api_routes.advise(read_answer(KIND, text), spec)}[code]
    assert words in found.message
    assert (found.points, found.line is not None) == (0, True)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (changed("GET /orders/{id}", "get /orders/{id}"), "routes.key-form", "in capitals"),
        (changed("GET /orders/{id}", "/orders/{id}"), "routes.key-form", "a method, a blank"),
        (changed("POST /orders", "POST /orders/"), "routes.key-form", "last slash"),
        (changed("GET /orders/{id}", "GET /orders/{id}/{id}"), "routes.key-form", "of its own"),
        (changed("{proxy+}", "{proxy+}/x"), "routes.key-form", "at the end"),
        (changed("{proxy+}", "*"), "routes.key-form", "one variable such as {id}"),
        (changed("POST /orders", "GET /orders/{id}"), "routes.key-twice", "here twice"),
        (changed("integrations/files", "integrations/file"), "routes.unknown-name", "orders"),
        (changed("AuthorizerId: people", "AuthorizerId: person"), "routes.unknown-name", "people"),
        (changed("https://page.example", "https://page.example/a"), "routes.origin-form", "path"),
        (changed("[GET, POST]", "[get]"), "routes.form", "one of these"),
        (changed("RouteKey: POST", "RoutKey: POST"), "routes.form", "Write RouteKey"),
        (changed("    SourceArn", "    Action: 5\n    SourceArn", 1), "routes.permission-form", ""),
        ("Routes: []\n", "routes.form", "1 to 40 routes"),
        ("[]", "routes.form", "1 to 40 routes"),
    ],
)  # fmt: skip
def test_what_api_gateway_refuses_is_not_tried(text, code, words):
    found = report(text)
    assert found.refused
    assert words in next(one.message for one in found.findings if one.code == code)


def test_nothing_done_earns_nothing():
    assert report("Routes: [{RouteKey: PATCH /x, Target: orders}]").percent == 0


def test_the_cure_names_the_change():
    found = report(changed("GET /files/{proxy+}", "GET /files/{name}"))
    assert found.cure is not None
    assert found.cure.complete
    assert [str(step.sentence) for step in found.cure.steps] == [
        "Change the key of the route GET /files/{name}."
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"functions": []}, "nothing to send"),
        ({"requests": [REQUESTS[0] | {"expect": "files"}]}, "does otherwise"),
        ({"requests": [REQUESTS[0] | {"request": "GET orders"}]}, "not a path"),
        ({"requests": [REQUESTS[0] | {"authorizer": "nobody"}]}, "not in the solution"),
        ({"requests": [], "compare": 0}, "worth a point"),
        ({"surplus": 1}, "unknown key"),
    ],
)
def test_a_wrong_spec_is_named(changes, words):
    with pytest.raises(SpecError, match=words):
        KIND.read_spec(TABLE | changes, FILES)


WORDS = ["GET /{a}/{b}", "ANY /{proxy+}", "$default", "JWT", "[read]", "5", "[]", "{}", "null", '"',
         "orders", "true", "['*']", "GET //", "- "]  # fmt: skip


def test_no_answer_breaks_the_check():
    dice = Random(3)
    exercise = exercise_of(KIND, table=TABLE, files=FILES)
    for _ in range(150):
        try:
            exercise.grade(garbled(dice, RIGHT, WORDS))
        except (AnswerError, Undecided):
            continue


def tangled():
    """As many routes as there may be, of words and variables in every place."""
    dice = Random(1)
    keys = {
        f"{dice.choice(['ANY', 'GET'])} /"
        + "/".join(dice.choice([f"w{dice.randint(0, 9)}", f"{{v{n}}}"]) for n in range(8))
        for _ in range(40)
    }
    return json.dumps({"Routes": [{"RouteKey": one, "Target": "orders"} for one in sorted(keys)]})


def test_many_routes_take_no_longer_than_they_may():
    exercise = exercise_of(KIND, table=TABLE | {"requests": []}, files=FILES)

    def check():
        try:
            exercise.grade(tangled())
        except Undecided:
            return

    assert effort(check, enough=20) <= 40


def test_the_same_answer_is_judged_the_same():
    text = changed("GET /files", "ANY /files")
    assert report(text).as_json() == report(text).as_json()
