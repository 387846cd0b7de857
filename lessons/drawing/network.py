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


def private_and_public() -> str:
    return picture(
        420,
        *(company(x, *one) for x, one in ((8, ("A", "203.0.113.5")), (196, ("B", "198.51.100.8")))),
        words(180, 70, "=", "bold"),
        words(180, 114, "=", "bold"),
        zone(8, 258, 344, 108, tone="main"),
        box(90, 276, 180, 54, "web server", "192.0.2.80", tone="main"),
        words(180, 352, "the internet: every address only once", "small main"),
        way((86, 232), (130, 274), tone="ok"),
        way((274, 232), (230, 274), tone="ok"),
        words(180, 388, "The server sees the gateways’ addresses,", "small"),
        words(180, 406, "never 192.168.1.10.", "small"),
    )


def company(x: float, name: str, public: str) -> str:
    return "".join(
        (
            zone(x, 8, 156, 230, f"company {name}"),
            *(box(x + 14, y, 128, 34, f"192.168.1.{n}") for y, n in ((46, 10), (90, 11))),
            way((x + 78, 126), (x + 78, 166)),
            words(x + 86, 150, "out", "small left"),
            box(x + 14, 168, 128, 62, "gateway", public, "translates (NAT)", tone="warn"),
        )
    )


def elastic_ip() -> list[str]:
    return [elastic_ip_at(step) for step in range(1, 5)]


def elastic_ip_at(step: int) -> str:
    on_b, dead = step >= 3, step >= 2
    return picture(
        318,
        people(40, 22, "users"),
        way((64, 36), (108, 36)),
        box(110, 8, 242, 54, "app.example.com", "DNS: always 203.0.113.25"),
        way((230, 64), (230, 96)),
        box(120, 98, 220, 54, "Elastic IP", "203.0.113.25", tone="main"),
        stopped((170, 154), (112, 200)) if step == 2 else "",
        way((170, 154), (104, 214), tone="ok") if step == 1 else "",
        way((290, 154), (276, 214), tone="ok") if on_b else "",
        box(8, 216, 160, 54, "instance A", *A_IS[step - 1], tone="bad" if dead else "ok"),
        box(192, 216, 160, 54, "instance B", *B_IS[step - 1], tone="ok" if on_b else "quiet"),
        words(180, 302, IP_SAID[step - 1], "small"),
    )


A_IS = (("✓ answers",), ("✕ failed",), ("✕ failed",), ("repaired later",))
B_IS = (("waits",), ("waits",), ("✓ answers",), ("✓ answers",))
IP_SAID = (
    "the address is A’s",
    "nobody answers at the address",
    "associate-address: the address is B’s",
    "same name, same address, other instance",
)


DRAWINGS = {
    "security-groups": security_groups,
    "referencing-groups": referencing_groups,
    "private-and-public": private_and_public,
    "elastic-ip": elastic_ip,
}
