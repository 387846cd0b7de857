"""Load balancers: who is asked, who answers, and who is left out."""

from __future__ import annotations

from lessons.drawing.shapes import (
    box,
    line,
    number,
    people,
    picture,
    rect,
    stopped,
    table,
    way,
    words,
    zone,
)


def application_load_balancer() -> str:
    return picture(
        392,
        people(180, 22, "users"),
        way((180, 74), (180, 104)),
        words(190, 94, "HTTP, HTTPS", "small left"),
        box(60, 106, 240, 58, "Application Load Balancer", "reads path, host, header", tone="main"),
        way((110, 166), (86, 224)),
        words(88, 196, "/login", "small code right"),
        way((250, 166), (274, 224)),
        words(272, 196, "/search", "small code left"),
        zone(8, 226, 156, 120, "target group 1", tone="ok"),
        zone(196, 226, 156, 120, "target group 2", tone="ok"),
        *(box(x, 256, 62, 76, "EC2", "✓ well") for x in (20, 90, 208, 278)),
        words(180, 380, "each group has health checks of its own", "small"),
    )


def health_checks() -> list[str]:
    """Settings as the documentation gives them: success codes 200, unhealthy after 2 failures,
    healthy again after 5 successes, an interval of 30 s and a time-out of 5 s."""
    told = [
        ("200 OK", "ok", "in service", "ok"),
        ("503", "bad", "in service: 1 of 2", "ok"),
        ("no answer in 5 s", "bad", "2 of 2: unhealthy", "bad"),
        ("200 OK, 5 times", "ok", "healthy again", "ok"),
    ]
    return [health_check(step, *one) for step, one in enumerate(told)]


def health_check(step: int, answer: str, tone: str, state: str, state_tone: str) -> str:
    left_out = state_tone == "bad"
    return picture(
        286,
        box(84, 8, 192, 40, "load balancer", tone="main"),
        way((120, 50), (64, 128)),
        way((240, 50), (296, 128)) if not left_out else stopped((240, 50), (290, 120)),
        words(78, 92, "requests", "small right"),
        words(284, 92, "no requests" if left_out else "requests", f"small left {state_tone}"),
        box(8, 130, 112, 66, "instance A", "in service", tone="ok"),
        box(196, 130, 156, 66, "instance B", state, tone=state_tone),
        way((172, 50), (206, 128), tone="dash"),
        *timeline(step, tone, answer),
    )


def timeline(step: int, tone: str, answer: str) -> list[str]:
    marks = ["✓", "✕", "✕", "✓"]
    return [
        line((20, 244), (340, 244)),
        *(
            number(52 + 84 * n, 244, marks[n], tone="ok" if marks[n] == "✓" else "bad")
            for n in range(step + 1)
        ),
        words(min(max(52 + 84 * step, 60), 290), 276, answer, f"small {tone}"),
        words(20, 222, "GET :80/health, every 30 s", "small code left"),
    ]


def load_balancer() -> str:
    return picture(
        344,
        *(people(x, 20, name) for x, name in ((100, ""), (180, ""), (260, ""))),
        *(way((x, 54), (to, 86)) for x, to in ((100, 140), (180, 180), (260, 220))),
        box(70, 88, 220, 40, "one name for all of them"),
        way((180, 130), (180, 152)),
        box(100, 154, 160, 44, "load balancer", tone="main"),
        way((130, 200), (62, 258), tone="ok"),
        way((180, 200), (180, 258), tone="ok"),
        stopped((230, 200), (284, 246)),
        box(8, 260, 108, 62, "instance A", "✓ well", tone="ok"),
        box(126, 260, 108, 62, "instance B", "✓ well", tone="ok"),
        box(244, 260, 108, 62, "instance C", "✕ left out", tone="bad"),
    )


def balancer_security_groups() -> str:
    return picture(
        426,
        people(178, 22, "the world"),
        people(300, 22, "past the balancer", tone="bad"),
        way((178, 72), (178, 150), tone="ok"),
        zone(8, 88, 232, 134, tone="warn"),
        words(20, 108, "group lb-sg", "small left warn"),
        table(20, 132, (40, 0), (("Port", "Source"), ("80", "0.0.0.0/0"), ("443", "0.0.0.0/0"))),
        box(126, 152, 104, 56, "load", "balancer", tone="main"),
        way((178, 210), (178, 294), tone="ok"),
        words(170, 246, "port 80", "small right ok"),
        zone(8, 262, 344, 154, tone="warn"),
        words(342, 282, "group web-sg", "small right warn"),
        table(20, 304, (40, 0), (("Port", "Source"), ("80", "lb-sg"))),
        words(20, 352, "nothing else", "left small"),
        box(126, 296, 104, 56, "instance A", tone="ok"),
        box(240, 336, 104, 56, "instance B", tone="ok"),
        way((220, 210), (264, 334), tone="ok"),
        stopped((318, 76), (318, 254)),
        words(310, 160, "port 80", "small right bad"),
        words(310, 178, "stopped", "small right bad"),
    )


HEADERS = (
    "X-Forwarded-For: 203.0.113.7",
    "X-Forwarded-Port: 443",
    "X-Forwarded-Proto: https",
)


def forwarded_headers() -> str:
    return picture(
        400,
        people(180, 22, "client 203.0.113.7"),
        way((180, 72), (180, 122)),
        words(190, 100, "first connection, HTTPS", "small left"),
        box(
            60,
            124,
            240,
            56,
            "Application Load Balancer",
            "10.0.1.20; the first one ends",
            tone="main",
        ),
        way((180, 182), (180, 230)),
        way((180, 298), (180, 310)),
        words(190, 204, "second connection", "small left"),
        words(190, 222, "from 10.0.1.20", "small left"),
        rect("box", 20, 232, 320, 66, "warn"),
        *(words(34, 252 + 19 * n, text, "small code left") for n, text in enumerate(HEADERS)),
        box(60, 312, 240, 56, "instance", "sees 10.0.1.20, reads the header", tone="ok"),
        words(180, 392, "the balancer adds what it saw at the right end", "small"),
    )


def network_load_balancer() -> str:
    return picture(
        428,
        people(180, 20, "client 203.0.113.7"),
        way((150, 72), (98, 106)),
        way((210, 72), (262, 106)),
        zone(8, 108, 344, 126, "Network Load Balancer", tone="main"),
        box(22, 138, 150, 46, "zone a", "198.51.100.10", tone="main"),
        box(188, 138, 150, 46, "zone b", "198.51.100.20", tone="main"),
        words(180, 206, "one fixed address a zone; looks at TCP", "small"),
        words(180, 224, "and UDP, never at paths or headers", "small"),
        way((90, 236), (90, 302)),
        way((270, 236), (270, 302)),
        words(100, 272, "TCP 443", "small code left"),
        words(260, 272, "TCP 25", "small code right"),
        zone(8, 304, 164, 88, "group web", tone="ok"),
        zone(188, 304, 164, 88, "group mail", tone="ok"),
        *(box(x, 332, 68, 48, "EC2") for x in (18, 94, 198, 274)),
        words(180, 414, "the instances see 203.0.113.7, the client itself", "small"),
    )


DRAWINGS = {
    "load-balancer": load_balancer,
    "health-checks": health_checks,
    "balancer-security-groups": balancer_security_groups,
    "application-load-balancer": application_load_balancer,
    "forwarded-headers": forwarded_headers,
    "network-load-balancer": network_load_balancer,
}
