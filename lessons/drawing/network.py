"""Addresses and firewalls."""

from __future__ import annotations

from lessons.drawing.shapes import (
    box,
    lines,
    people,
    picture,
    rect,
    stopped,
    table,
    way,
    words,
    zone,
)

INBOUND = (("Inbound", "Port", "Source"), ("SSH", "22", "203.0.113.7/32"))
OUTBOUND = (("Outbound", "Port", "Destination"), ("All traffic", "all", "0.0.0.0/0"))


def security_groups() -> str:
    return picture(
        474,
        people(96, 22, "Your computer"),
        words(96, 86, "203.0.113.7", "small"),
        people(272, 22, "Somebody else"),
        words(272, 86, "198.51.100.9", "small"),
        zone(12, 128, 336, 266, "", tone="warn"),
        words(338, 148, "security group", "small right warn"),
        rect("box", 66, 160, 268, 54),
        table(78, 182, (84, 46, 0), INBOUND),
        box(150, 244, 110, 56, "EC2", "instance", tone="main"),
        rect("box", 66, 330, 268, 54),
        table(78, 352, (84, 46, 0), OUTBOUND),
        way((110, 94), (110, 158), tone="ok"),
        words(116, 120, "port 22", "small left ok"),
        way((190, 216), (190, 242), tone="ok"),
        stopped((272, 94), (272, 126)),
        words(284, 120, "port 22", "small left bad"),
        way((205, 302), (205, 328), tone="ok"),
        way((205, 386), (205, 430), tone="ok"),
        box(130, 432, 150, 34, "the internet"),
        way((148, 272), (40, 272), (40, 44), (78, 44), tone="dash"),
        lines(48, 292, ("the answer", "needs no rule"), "small left", step=17),
    )


def referencing_groups() -> str:
    return picture(
        420,
        zone(8, 8, 150, 84, "SG 2", tone="ok"),
        box(24, 36, 118, 44, "instance A"),
        zone(202, 8, 150, 84, "SG 3", tone="ok"),
        box(218, 36, 118, 44, "instance B"),
        zone(8, 300, 150, 112, "SG 2", tone="ok"),
        box(24, 330, 118, 66, "instance D", "started", "just now"),
        box(226, 330, 118, 66, "instance C", "neither SG 2", "nor SG 3"),
        zone(52, 140, 256, 122, "SG 1", tone="warn"),
        rect("box", 66, 166, 140, 86),
        table(76, 186, (46, 0), (("Port", "Source"), ("80", "SG 2"), ("80", "SG 3"))),
        words(76, 244, "no address at all", "left small"),
        box(216, 176, 80, 64, "web", "server", tone="main"),
        way((84, 94), (100, 164), tone="ok"),
        way((276, 94), (260, 138), tone="ok"),
        way((84, 298), (100, 254), tone="ok"),
        stopped((286, 328), (272, 266)),
        words(106, 288, "allowed at once", "small left ok"),
        words(290, 300, "stopped", "small left bad"),
        words(98, 124, "allowed", "small left ok"),
        words(262, 124, "allowed", "small right ok"),
    )


DRAWINGS = {"security-groups": security_groups, "referencing-groups": referencing_groups}
