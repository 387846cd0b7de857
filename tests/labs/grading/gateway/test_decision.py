"""The examples of the API Gateway Developer Guide, page by page."""

from __future__ import annotations

import pytest

from labs.grading.gateway.routes.model import Surroundings
from labs.grading.gateway.routes.reader import read_api
from labs.grading.gateway.routing.decision import UNSURE, decide, preflight, selected
from labs.grading.gateway.routing.request import Caller, Request, read_segments

AROUND = Surroundings(("one", "two"))
# "Create routes for HTTP APIs in API Gateway", "Routing API requests"
GUIDE = ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"]
ISSUER = "https://issuer.example"


def api_of(*routes, around=AROUND, **more):
    document = {"Routes": [one if isinstance(one, dict) else key(one) for one in routes], **more}
    read = read_api(document, around)
    assert read.notes == ()
    return read.found


def key(text, target="one", **more):
    return {"RouteKey": text, "Target": target, **more}


def chosen(keys, method, path):
    routes = selected(api_of(*keys).routes, method, read_segments(path))
    return [route.key.text for route in routes]


def ended(api, method, path, caller=None, around=AROUND):
    found = decide(api, Request(method, read_segments(path), caller or Caller()), around)
    return found.target if found.kind == "served" else found.status


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("GET", "/pets/dog/1", "GET /pets/dog/1"),
        ("GET", "/pets/dog/2", "GET /pets/dog/{id}"),
        ("GET", "/pets/cat/1", "GET /pets/{proxy+}"),
        ("POST", "/test/5", "ANY /{proxy+}"),
        ("GET", "/", "$default"),
    ],
)
def test_the_guides_requests_get_to_the_guides_routes(method, path, route):
    for keys in (GUIDE, GUIDE[::-1]):
        assert chosen(keys, method, path) == [route]


def test_any_stands_for_the_methods_without_a_route_of_their_own():
    keys = ["ANY /pets", "GET /pets"]
    assert chosen(keys, "GET", "/pets") == ["GET /pets"]
    assert chosen(keys, "DELETE", "/pets") == ["ANY /pets"]


def test_a_greedy_variable_takes_child_resources_alone():
    assert chosen(["GET /pets/{proxy+}"], "GET", "/pets") == []
    assert chosen(["GET /pets/{proxy+}"], "GET", "/pets/a/b/c") == ["GET /pets/{proxy+}"]
    assert chosen(["GET /pets/{id}"], "GET", "/pets/a/b") == []


def test_a_full_match_comes_before_a_greedy_one_even_with_any():
    keys = ["GET /pets/{proxy+}", "ANY /pets/{id}"]
    assert chosen(keys, "GET", "/pets/7") == ["ANY /pets/{id}"]


@pytest.mark.parametrize(
    "keys",
    [
        ["GET /{a}/new", "GET /pets/{b}"],
        ["GET /pets/{id}", "GET /pets/{name}"],
        ["ANY /pets/new", "GET /pets/{id}"],
        ["ANY /pets/{proxy+}", "GET /{proxy+}"],
    ],
)
def test_where_the_guide_does_not_say_which_both_are_named(keys):
    assert chosen(keys, "GET", "/pets/new") == keys
    routes = [key(one, target) for one, target in zip(keys, ("one", "two"), strict=True)]
    request = Request("GET", ("pets", "new"))
    assert decide(api_of(*routes), request, AROUND).kind == UNSURE


def test_what_no_route_takes_is_not_found():
    assert ended(api_of("GET /pets"), "GET", "/dogs") == 404
    assert ended(api_of("GET /pets"), "POST", "/pets") == 404
    assert ended(api_of("GET /pets"), "GET", "/Pets") == 404


def test_a_stage_is_named_by_the_first_part_of_the_path():
    api = api_of("GET /pets", Stages=["test"])
    assert ended(api, "GET", "/test/pets") == "one"
    assert ended(api, "GET", "/pets") == 404
    both = api_of("GET /pets", Stages={"$default": {}, "test": {"AutoDeploy": True}})
    assert ended(both, "GET", "/pets") == ended(both, "GET", "/test/pets") == "one"


# --- "Control access to HTTP APIs with JWT authorizers in API Gateway" ----------------------------

AUTHORIZERS = {"p": {"JwtConfiguration": {"Issuer": ISSUER, "Audience": ["app", "till"]}}}
CLOSED = key("GET /a", AuthorizationType="JWT", AuthorizerId="p")


@pytest.mark.parametrize(
    ("caller", "end"),
    [
        (Caller(), 401),
        (Caller("token", ISSUER, "app", expired=True), 401),
        (Caller("token", "https://other.example", "app"), 401),
        (Caller("token", ISSUER, "another"), 401),
        (Caller("token", ISSUER, "till", frozenset(["read"])), "one"),
        (Caller("token", ISSUER, "till", frozenset(["write", "more"])), "one"),
        (Caller("token", ISSUER, "till", frozenset(["more"])), 403),
        (Caller("token", ISSUER, "till"), 403),
        (Caller("signed"), 401),
    ],
)
def test_a_token_needs_issuer_audience_date_and_one_of_the_scopes(caller, end):
    route = CLOSED | {"AuthorizationScopes": ["read", "write"]}
    assert ended(api_of(route, Authorizers=AUTHORIZERS), "GET", "/a", caller) == end


def test_without_scopes_every_valid_token_will_do():
    api = api_of(CLOSED, Authorizers=AUTHORIZERS)
    assert ended(api, "GET", "/a", Caller("token", ISSUER, "app")) == "one"


def test_iam_takes_signatures_and_no_tokens():
    api = api_of(key("GET /a", AuthorizationType="AWS_IAM"))
    assert ended(api, "GET", "/a", Caller("signed")) == "one"
    assert ended(api, "GET", "/a", Caller("token", ISSUER, "app")) == 403


# --- "Configure CORS for HTTP APIs in API Gateway" -----------------------------------------------

PAGE = "https://www.example.com"
CORS = {"AllowOrigins": [PAGE], "AllowMethods": ["GET"], "AllowHeaders": ["authorization", "*"]}


def goes_on(api, method="GET", origin=PAGE, headers=("authorization",)):
    return preflight(api, Request(method, ("a",), origin=origin), headers).goes_on


def test_api_gateway_answers_preflights_by_itself():
    assert goes_on(api_of("GET /a", CorsConfiguration=CORS))
    assert not goes_on(api_of("GET /a"))
    assert not goes_on(api_of("GET /a", CorsConfiguration=CORS), method="PUT")
    assert not goes_on(api_of("GET /a", CorsConfiguration=CORS), origin="https://example.com")


def test_a_default_route_with_an_authorizer_stops_them_and_options_lets_them_through():
    default = CLOSED | {"RouteKey": "$default"}
    more = {"CorsConfiguration": CORS, "Authorizers": AUTHORIZERS}
    assert not goes_on(api_of(default, **more))
    assert goes_on(api_of(default, "OPTIONS /{proxy+}", **more))


@pytest.mark.parametrize(
    ("origins", "origin", "passes"),
    [
        (["*"], "http://a.example", True),
        (["https://*"], "https://a.example", True),
        (["https://*"], "http://a.example", False),
        (["http://localhost:8000"], "http://localhost:8000", True),
    ],
)
def test_stars_stand_for_origins(origins, origin, passes):
    api = api_of("GET /a", CorsConfiguration=CORS | {"AllowOrigins": origins})
    assert goes_on(api, origin=origin) is passes


def test_the_star_does_not_stand_for_authorization():
    """Fetch Standard: the CORS non-wildcard request-header name."""
    api = api_of("GET /a", CorsConfiguration=CORS | {"AllowHeaders": ["*"]})
    assert not goes_on(api)
    assert goes_on(api, headers=("content-type",))


# --- "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway" --------------------------

STRICT = Surroundings(("one", "two"), permissions=True)
ARN = "arn:aws:execute-api:eu-west-2:111122223333:a1b2c3d4e5/"


@pytest.mark.parametrize(
    ("source", "end"),
    [
        (None, "one"),
        (f"{ARN}*/*", "one"),
        (f"{ARN}*", "one"),
        (f"{ARN}*/*/a/{{id}}", "one"),
        (f"{ARN}$default/GET/a/*", "one"),
        (f"{ARN}*/POST/*", 500),
        (f"{ARN}test/*", 500),
        (ARN.replace("a1b2", "b1b2") + "*", 500),
    ],
)
def test_the_functions_policy_decides_whether_it_is_called(source, end):
    permission = {"FunctionName": "one", "Principal": "apigateway.amazonaws.com"}
    permission |= {"SourceArn": source} if source else {}
    api = api_of("GET /a/{id}", around=STRICT, Permissions=[permission])
    assert ended(api, "GET", "/a/7", around=STRICT) == end


def test_without_a_permission_nobody_may_call():
    assert ended(api_of("GET /a", around=STRICT), "GET", "/a", around=STRICT) == 500
