"""Where AWS is: regions, zones, and the first page of its console."""

from __future__ import annotations

from lessons.drawing.shapes import (
    box,
    line,
    number,
    people,
    picture,
    rect,
    way,
    words,
    zone,
)

PLACES = (
    "all services, by kind",
    "search: services, pages, resources",
    "messages about your resources",
    "help and support",
    "the Region you are looking at",
    "your account: billing, credentials",
    "recently visited, and costs so far",
)


def regions() -> str:
    return picture(
        484,
        people(52, 22, "a user"),
        way((78, 40), (122, 40)),
        box(124, 16, 132, 48, "edge location", "in a nearby city", tone="main"),
        line((190, 64), (190, 106)),
        words(200, 90, "AWS’s own network", "small left"),
        zone(8, 108, 344, 244, "Region eu-west-2, London", tone="main"),
        *(availability_zone(20 + 110 * n, letter) for n, letter in enumerate("abc")),
        line((65, 314), (65, 324), (295, 324), (295, 314)),
        line((175, 314), (175, 324)),
        words(180, 343, "at most 100 km apart, own fibre", "small"),
        line((180, 352), (180, 420)),
        words(190, 382, "hundreds or thousands", "small left"),
        words(190, 400, "of kilometres", "small left"),
        zone(60, 422, 240, 54, tone="quiet"),
        words(180, 446, "Region us-east-1, Virginia", "small"),
        words(180, 464, "zones of its own", "small"),
    )


def availability_zone(x: float, letter: str) -> str:
    centres = "".join(box(x + 8, y, 84, 42, "data", "centre", tone="quiet") for y in (198, 248))
    return (
        zone(x, 138, 100, 174)
        + words(x + 50, 160, f"zone {letter}", "bold")
        + centres
        + (words(x + 50, 186, "1 or more", "small"))
    )


def console() -> str:
    return picture(
        412,
        rect("box", 8, 8, 344, 178),
        rect("box", 8, 8, 344, 56, "quiet"),
        *(number(x, 36, n) for x, n in ((32, 1), (206, 3), (242, 4), (278, 5), (322, 6))),
        rect("box", 56, 22, 122, 28),
        number(160, 36, 2),
        words(72, 41, "Search", "left small"),
        words(20, 88, "Console Home", "left bold"),
        rect("box", 20, 100, 152, 74, "quiet"),
        rect("box", 188, 100, 152, 74, "quiet"),
        words(32, 122, "Recently visited", "left small"),
        words(200, 122, "Cost and usage", "left small"),
        number(96, 150, 7),
        number(264, 150, 7),
        *(number(26, 212 + 30 * n, n + 1) for n in range(7)),
        *(words(50, 217 + 30 * n, text, "left") for n, text in enumerate(PLACES)),
    )


DRAWINGS = {"regions": regions, "console": console}
