"""The action of a rule as `create-rule` takes it or `describe-rules` prints it.

Source: Elastic Load Balancing API Reference, "Action", "ForwardActionConfig",
"RedirectActionConfig", "FixedResponseActionConfig".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from labs.grading.balancing.rules.fields import (
    Object,
    a_list,
    a_number,
    a_text,
    an_object,
    listed,
    needed,
    refuse_unknown,
)
from labs.grading.balancing.rules.rule import Action, Fixed, Forward, Redirect
from labs.grading.errors import RuleError
from labs.grading.json_document import Path
from labs.grading.said import say

FORWARD, REDIRECT, FIXED = "forward", "redirect", "fixed-response"
TYPES = (FORWARD, REDIRECT, FIXED)
AUTHENTICATE = ("authenticate-cognito", "authenticate-oidc", "jwt-validation")
KNOWN = {
    FORWARD: ("Type", "Order", "TargetGroupArn", "ForwardConfig"),
    REDIRECT: ("Type", "Order", "RedirectConfig"),
    FIXED: ("Type", "Order", "FixedResponseConfig"),
}
REDIRECT_KEYS = ("Protocol", "Port", "Host", "Path", "Query", "StatusCode")
STATUS = {"HTTP_301": 301, "HTTP_302": 302}
GROUP = re.compile(r"arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:targetgroup/([^/]+)/[^/]+")
MOST_WEIGHT, MOST_GROUPS, MOST_SECONDS = 999, 5, 604_800
# ELB API Reference, "FixedResponseActionConfig"
CONTENT_TYPES = (
    "text/plain",
    "text/css",
    "text/html",
    "application/javascript",
    "application/json",
)
LONGEST_BODY = 1024
KEYWORD = re.compile(r"#\{([^}]*)\}?")
KEYWORDS = ("protocol", "host", "port", "path", "query")
# What each part may be made of here. AWS takes more in a path and a query.
MAY_HOLD = {
    "Protocol": ("protocol",),
    "Port": ("port",),
    "Host": ("host",),
    "Path": ("path",),
    "Query": ("query",),
}


def read_action(given: object, path: Path) -> tuple[Action, Path]:
    """The one action of a rule, and where it stands."""
    actions = a_list(given, path)
    if len(actions) != 1:
        raise RuleError(path, say("Give each rule one action: {names}.", names=listed(TYPES)))
    here = (*path, 0)
    action = an_object(actions[0], here)
    kind = a_text(needed(action, here, "Type"), (*here, "Type"))
    if kind in AUTHENTICATE:
        message = say("Leave {name} out: signing in is not judged here.", name=kind)
        raise RuleError((*here, "Type"), message)
    if kind not in TYPES:
        message = say("There is no action {name}. Known: {names}.", name=kind, names=listed(TYPES))
        raise RuleError((*here, "Type"), message)
    refuse_unknown(action, here, KNOWN[kind])
    if "Order" in action:
        a_number(action["Order"], (*here, "Order"), 1, 50_000)
    readers = {FORWARD: read_forward, REDIRECT: read_redirect, FIXED: read_fixed}
    return readers[kind](action, here), here


def read_forward(action: Object, path: Path) -> Action:
    alone = ""
    if "TargetGroupArn" in action:
        alone = group_name(action["TargetGroupArn"], (*path, "TargetGroupArn"))
    if "ForwardConfig" not in action:
        if not alone:
            raise RuleError(path, say("Say where to: TargetGroupArn, or ForwardConfig."))
        return Forward(((alone, 1),))
    here = (*path, "ForwardConfig")
    config = an_object(action["ForwardConfig"], here)
    refuse_unknown(config, here, ("TargetGroups", "TargetGroupStickinessConfig"))
    places = (*here, "TargetGroups")
    groups = tuple(read_groups(needed(config, here, "TargetGroups"), places))
    if alone and [name for name, _weight in groups] != [alone]:
        raise RuleError(
            (*path, "TargetGroupArn"),
            say("Remove TargetGroupArn: ForwardConfig names other target groups."),
            at_key=True,
        )
    return Forward(groups, read_stickiness(config, here))


def read_groups(given: object, path: Path) -> Iterator[tuple[str, int]]:
    rows = a_list(given, path)
    if not 1 <= len(rows) <= MOST_GROUPS:
        raise RuleError(path, say("Name one to {most} target groups.", most=MOST_GROUPS))
    for index, row in enumerate(rows):
        here = (*path, index)
        group = an_object(row, here)
        refuse_unknown(group, here, ("TargetGroupArn", "Weight"))
        arn = needed(group, here, "TargetGroupArn")
        weight = a_number(group.get("Weight", 1), (*here, "Weight"), 0, MOST_WEIGHT)
        yield group_name(arn, (*here, "TargetGroupArn")), weight


def group_name(given: object, path: Path) -> str:
    """A name, or the name in an ARN."""
    text = a_text(given, path)
    if match := GROUP.fullmatch(text):
        return match[1]
    if not re.fullmatch(r"[A-Za-z0-9-]{1,32}", text):
        message = say("Name a target group, or give its ARN: …:targetgroup/name/id.")
        raise RuleError(path, message)
    return text


def read_stickiness(config: Object, path: Path) -> int:
    key = "TargetGroupStickinessConfig"
    here = (*path, key)
    given = an_object(config.get(key, {}), here)
    refuse_unknown(given, here, ("Enabled", "DurationSeconds"))
    enabled = given.get("Enabled", False)
    if not isinstance(enabled, bool):
        raise RuleError((*here, "Enabled"), say("Write true or false here."))
    if not enabled:
        return 0
    seconds = needed(given, here, "DurationSeconds")
    return a_number(seconds, (*here, "DurationSeconds"), 1, MOST_SECONDS)


def read_redirect(action: Object, path: Path) -> Action:
    here = (*path, "RedirectConfig")
    config = an_object(needed(action, path, "RedirectConfig"), here)
    refuse_unknown(config, here, REDIRECT_KEYS)
    status = a_text(needed(config, here, "StatusCode"), (*here, "StatusCode"))
    if status not in STATUS:
        raise RuleError((*here, "StatusCode"), say("Write HTTP_301 or HTTP_302 here."))
    part = {key: read_part(config, here, key) for key in REDIRECT_KEYS[:-1] if key in config}
    if part.get("Protocol", "HTTP") not in ("HTTP", "HTTPS", "#{protocol}"):
        message = say("Write HTTP, HTTPS or #{protocol} here.")
        raise RuleError((*here, "Protocol"), message)
    if part.get("Port", "#{port}") != "#{port}":
        a_number(part["Port"], (*here, "Port"), 1, 65_535)
    if not part.get("Path", "/").startswith("/"):
        raise RuleError((*here, "Path"), say("Begin the path with a slash: /#{path}."))
    return Redirect(STATUS[status], **{key.lower(): text for key, text in part.items()})


def read_part(config: Object, path: Path, key: str) -> str:
    """One part of the address; an empty query is none at all."""
    here, text = (*path, key), config[key]
    if key == "Query" and text == "":
        return ""
    if key == "Port" and isinstance(text, int) and not isinstance(text, bool):
        text = str(text)[:10]
    text = a_text(text, here)
    if len(text) > 128:
        raise RuleError(here, say("A value has at most 128 characters."))
    for match in KEYWORD.finditer(text):
        refuse_keyword(match, key, here)
    return text.lower() if key == "Host" else text


def refuse_keyword(match: re.Match[str], key: str, path: Path) -> None:
    if match[1] not in KEYWORDS or not match[0].endswith("}"):
        names = listed(f"#{{{name}}}" for name in KEYWORDS)
        raise RuleError(
            path, say("There is no {word}. Known: {names}.", word=match[0], names=names)
        )
    if match[1] not in MAY_HOLD[key]:
        message = say("{word} in {part} is not judged here.", word=match[0], part=key)
        raise RuleError(path, message)


def read_fixed(action: Object, path: Path) -> Action:
    here = (*path, "FixedResponseConfig")
    config = an_object(needed(action, path, "FixedResponseConfig"), here)
    refuse_unknown(config, here, ("StatusCode", "ContentType", "MessageBody"))
    for key in ("ContentType", "MessageBody"):
        if not isinstance(config.get(key, ""), str):
            raise RuleError((*here, key), say("Write text here, between double quotes."))
    if config.get("ContentType", CONTENT_TYPES[0]) not in CONTENT_TYPES:
        message = say("Write one of these here: {names}.", names=listed(CONTENT_TYPES))
        raise RuleError((*here, "ContentType"), message)
    if len(str(config.get("MessageBody", ""))) > LONGEST_BODY:
        message = say("A message has at most {most} characters.", most=LONGEST_BODY)
        raise RuleError((*here, "MessageBody"), message)
    status = a_number(needed(config, here, "StatusCode"), (*here, "StatusCode"), 0, 999)
    if status // 100 not in (2, 4, 5):
        message = say("A fixed response has a code from 200 to 299 or from 400 to 599.")
        raise RuleError((*here, "StatusCode"), message)
    return Fixed(status)
