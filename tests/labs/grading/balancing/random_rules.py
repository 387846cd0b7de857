"""Rule lists and requests by chance, from few words, so that they meet."""

from __future__ import annotations

import random

from labs.grading.balancing.routing.request import Request
from labs.grading.balancing.rules.rule import (
    HEADER,
    HOST,
    METHOD,
    PATH,
    QUERY,
    SOURCE,
    Action,
    Condition,
    Fixed,
    Forward,
    Listener,
    Redirect,
    Rule,
    Rules,
    Value,
)

LISTENER = Listener("HTTPS", 443, dual=True)
HOSTS = ["a.com", "*.com", "b.a.com", "*.a.com", "A.com", "?.com", "*.a.*"]
PATHS = ["/a", "/a/*", "/a*", "*", "/", "/A", "/?", "/*/b", "*.b", "/a/b", "a"]
METHODS = ["GET", "POST", "HEAD"]
HEADERS = [("X-A", "a*"), ("X-A", "A"), ("x-a", "*b"), ("Y", "*"), ("Y", r"\*")]
PAIRS = [("v", "1"), ("", "1"), ("v", "*"), ("V", "2?"), ("w*", "1"), ("", "*a*")]
BLOCKS = ["10.0.0.0/8", "10.0.0.0/24", "0.0.0.0/0", "::/0", "2001:db8::/32", "10.0.0.5/32"]
ACTIONS: list[Action] = [
    Forward((("one", 1),)),
    Forward((("one", 2), ("two", 0))),
    Forward((("one", 9), ("two", 1))),
    Forward((("one", 90), ("two", 10)), 60),
    Fixed(404),
    Redirect(301, host="a.com"),
    Redirect(301, host="b.#{host}"),
    Redirect(301, host="b.a.com"),
    Redirect(302, host="a.com"),
    Redirect(301, path="/a/#{path}"),
    Redirect(301, path="/a/b", query=""),
    Redirect(301, path="/a/b"),
    Redirect(301, path="/a", query="v=1"),
    Redirect(301, path="/a", query="v=1&#{query}"),
    Redirect(301, port="443", path="/#{path}/a"),
]


def a_condition(dice: random.Random, kind: str) -> Condition:
    def some(texts: list[str]) -> tuple[Value, ...]:
        return tuple(Value(text) for text in dice.sample(texts, dice.randint(1, 2)))

    if kind == HEADER:
        name, text = dice.choice(HEADERS)
        return Condition(kind, (Value(text),), name)
    if kind == QUERY:
        chosen = dice.sample(PAIRS, dice.randint(1, 2))
        return Condition(kind, tuple(Value(text, key) for key, text in chosen))
    return Condition(kind, some({HOST: HOSTS, PATH: PATHS, METHOD: METHODS, SOURCE: BLOCKS}[kind]))


def a_rule(dice: random.Random, priority: int) -> Rule:
    often = [HOST, PATH, PATH, HOST, METHOD, HEADER, QUERY, SOURCE]
    kinds = dict.fromkeys(dice.choice(often) for _ in range(dice.randint(1, 3)))
    conditions = tuple(a_condition(dice, kind) for kind in kinds)
    if QUERY in kinds and dice.random() < 0.3:
        conditions += (a_condition(dice, QUERY),)
    return Rule(priority, conditions, dice.choice(ACTIONS), path=(priority,))


def some_rules(dice: random.Random, most: int = 4) -> Rules:
    rules = [a_rule(dice, number) for number in range(1, dice.randint(1, most) + 1)]
    return Rules.of(rules, dice.choice([Fixed(404), Forward((("one", 1),))]))


def a_neighbour(dice: random.Random, rules: Rules) -> Rules:
    """The same with one rule out, in, changed, or in another place."""
    found = list(rules.ordered[:-1])
    place = dice.randrange(len(found))
    match dice.randrange(4):
        case 0:
            del found[place]
        case 1:
            found.insert(place, a_rule(dice, 99))
        case 2:
            found[place] = a_rule(dice, 99)
        case _:
            found.insert(dice.randrange(len(found)), found.pop(place))
    return Rules((*found, rules.ordered[-1]))


def a_request(dice: random.Random) -> Request:
    hosts = ["a.com", "b.a.com", "c.com", "x.b.a.com", "d", "b.b.a.com", "a.b.a.com"]
    paths = ["/", "/a", "/a/", "/a/b", "/ab", "/A", "/b", "/x/b", "/a/a/b", "/x.b", "/a/x"]
    names = [("x-a", "a"), ("x-a", "AB"), ("x-a", "b"), ("y", "q"), ("y", "*")]
    pairs = [("v", "1"), ("V", "2x"), ("v", "3"), ("u", "1"), ("w", "1"), ("u", "xAx"), ("q", "7")]
    return Request(
        dice.choice(hosts),
        dice.choice(paths),
        dice.choice(["GET", "POST", "HEAD", "PUT"]),
        tuple(sorted(dice.sample(names, dice.choice([0, 0, 1, 2])))),
        tuple(dice.sample(pairs, dice.choice([0, 0, 1, 2]))),
        dice.choice(["10.0.0.5", "10.0.0.6", "10.9.9.9", "8.8.8.8", "2001:db8::1", "2001:dead::1"]),
    )
