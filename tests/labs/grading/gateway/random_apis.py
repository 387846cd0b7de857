"""APIs and requests by chance, from few words, so that they meet."""

from __future__ import annotations

ISSUERS = ["https://a.example", "https://b.example"]
AUDIENCES = ["app", "till"]
SCOPES = ["read", "write"]
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
PARTS = ["a", "b", "{x}", "{y}", "a"]
TARGETS = ["one", "two"]


def a_key(dice):
    if dice.random() < 0.08:
        return "$default"
    parts = []
    for _ in range(dice.choice([0, 1, 1, 2, 2, 3])):
        part = dice.choice(PARTS)
        parts.append(part if part not in parts or not part.startswith("{") else "a")
    if dice.random() < 0.3:
        parts.append("{rest+}")
    return f"{dice.choice(['GET', 'GET', 'ANY', 'POST'])} /{'/'.join(parts)}"


def a_route(dice):
    route = {"RouteKey": a_key(dice), "Target": dice.choice(TARGETS)}
    kind = dice.choice(["NONE", "NONE", "JWT", "JWT", "AWS_IAM"])
    if kind == "JWT":
        route |= {"AuthorizationType": kind, "AuthorizerId": dice.choice(["p", "q"])}
        if dice.random() < 0.6:
            route["AuthorizationScopes"] = dice.sample(SCOPES, dice.randint(1, 2))
    elif kind == "AWS_IAM":
        route["AuthorizationType"] = kind
    return route


def an_authorizer(dice):
    return {
        "JwtConfiguration": {
            "Issuer": dice.choice(ISSUERS),
            "Audience": dice.sample(AUDIENCES, dice.randint(1, 2)),
        }
    }


def an_api(dice, most=6):
    routes = {}
    for _ in range(dice.randint(1, most)):
        route = a_route(dice)
        routes.setdefault(route["RouteKey"], route)
    found = {
        "Routes": list(routes.values()),
        "Authorizers": {"p": an_authorizer(dice), "q": an_authorizer(dice)},
    }
    if dice.random() < 0.15:
        found["Stages"] = dice.choice([["a"], ["$default", "a"], ["$default", "test"]])
    return found


def a_neighbour(dice, api):
    """The same with one route out, in or changed, or with the routes in another order."""
    routes = list(api["Routes"])
    place = dice.randrange(len(routes))
    match dice.randrange(5):
        case 0 if len(routes) > 1:
            del routes[place]
        case 1:
            routes = with_route(routes, a_route(dice))
        case 2:
            changed = a_route(dice) | {"RouteKey": routes[place]["RouteKey"]}
            routes[place] = changed
        case 3:
            routes.reverse()
        case _:
            return api | {"Authorizers": api["Authorizers"] | {"p": an_authorizer(dice)}}
    return api | {"Routes": routes}


def with_route(routes, route):
    return [one for one in routes if one["RouteKey"] != route["RouteKey"]] + [route]


def a_path(dice):
    words = ["a", "b", "c", "test", "7"]
    return "/" + "/".join(dice.choice(words) for _ in range(dice.choice([0, 1, 1, 2, 2, 3, 4])))


def a_caller(dice):
    return {
        "kind": dice.choice(["nobody", "token", "token", "token", "signed"]),
        "issuer": dice.choice([*ISSUERS, "https://c.example"]),
        "audience": dice.choice([*AUDIENCES, "other"]),
        "scopes": dice.sample(SCOPES, dice.randint(0, 2)),
        "expired": dice.random() < 0.15,
    }
