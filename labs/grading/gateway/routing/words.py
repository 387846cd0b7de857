"""What becomes of a request, as one says it."""

from __future__ import annotations

from labs.grading.gateway.routing.decision import SERVED, UNSURE, Preflight, Result
from labs.grading.listing import listed_with_or
from labs.grading.said import filled, say

STATUS = {401: "401 Unauthorized", 403: "403 Forbidden", 404: "404 Not Found"}
GOES_ON, BLOCKED = say("the browser goes on"), say("the browser stops")
NOT_SERVED = say("not let through")
WHY_BLOCKED = {
    "stage": say("no stage takes it"),
    "authorizer": say("{detail} asks the preflight for a token"),
    "no-cors": say("no CORS configuration"),
    "origin": say("{detail} is not among AllowOrigins"),
    "method": say("{detail} is not among AllowMethods"),
    "header": say("{detail} is not among AllowHeaders"),
}


def result_words(result: Result) -> str:
    if result.kind == SERVED:
        return result.target
    if result.kind == UNSURE:
        return listed_with_or([route.key.text for route in result.routes])
    if result.status == 500:
        return say("500: {function} does not let the API in", function=result.target)
    return STATUS[result.status]


def by_words(result: Result) -> str:
    """The routes that had a say."""
    return listed_with_or([route.key.text for route in result.routes]) or say("no route")


def preflight_words(found: Preflight) -> str:
    return GOES_ON if found.goes_on else BLOCKED


def because_words(found: Preflight) -> str:
    if not found.reason:
        return ""
    detail = found.detail or listed_with_or([route.key.text for route in found.routes])
    return filled(WHY_BLOCKED[found.reason], detail=detail)
