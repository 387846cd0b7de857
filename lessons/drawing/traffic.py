"""Load balancers: who is asked, who answers, and who is left out."""

from __future__ import annotations

from lessons.drawing.shapes import (
    box,
    line,
    number,
    people,
    picture,
    stopped,
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


DRAWINGS = {
    "application-load-balancer": application_load_balancer,
    "health-checks": health_checks,
}
