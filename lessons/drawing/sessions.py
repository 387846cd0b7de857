"""What a load balancer does as time goes by: sessions, certificates, and instances that leave."""

from __future__ import annotations

from lessons.drawing.shapes import box, line, lines, number, people, picture, stopped, way, words


def sticky_sessions() -> list[str]:
    return [sticky_at(step) for step in range(1, 5)]


COOKIES = ("no cookie yet", "AWSALB=…1", "AWSALB=…1", "AWSALB=…2")
FIRST = ("✓ Ana’s cart", "✓ Ana’s cart", "✕ gone", "✕ gone")
SECOND = ("idle", "idle", "idle", "new, empty cart")


def sticky_at(step: int) -> str:
    first_lives, to_second = step <= 2, step == 4
    return picture(
        330,
        people(62, 22, "Ana"),
        words(92, 36, COOKIES[step - 1], "small code left"),
        way((80, 70), (140, 110)),
        box(90, 112, 180, 44, "load balancer", tone="main"),
        way((140, 158), (92, 236), tone="ok") if first_lives else "",
        stopped((140, 158), (100, 222)) if step == 3 else "",
        way((220, 158), (268, 236), tone="ok") if to_second else "",
        box(8, 238, 158, 56, "instance 1", FIRST[step - 1], tone="ok" if first_lives else "bad"),
        box(194, 238, 158, 56, "instance 2", SECOND[step - 1], tone="ok" if to_second else ""),
        words(180, 320, STUCK[step - 1], "small"),
    )


STUCK = (
    "the balancer chooses, and sets a cookie",
    "the cookie leads to 1, though 2 is idle",
    "1 fails; what it kept is lost with it",
    "chosen anew, with a new cookie",
)


def server_name() -> list[str]:
    names = ("shop.example.com", "shop.example.com", "other.example.com")
    return [server_name_at(step, name) for step, name in enumerate(names, start=1)]


CERTIFICATES = ("www.example.com", "shop.example.com", "api.example.com")


def server_name_at(step: int, name: str) -> str:
    known = name in CERTIFICATES
    return picture(
        318,
        people(40, 24, "client"),
        way((64, 38), (98, 38)),
        box(100, 8, 252, 58, "hello, I want", name),
        way((226, 68), (226, 98)),
        words(218, 88, "first packet, in the clear", "small right") if step == 1 else "",
        box(40, 100, 280, 40, "HTTPS listener, port 443", tone="main"),
        *(certificate(step, n, one, name) for n, one in enumerate(CERTIFICATES)),
        words(180, 306, CHOSEN[step - 1], "small bad" if not known else "small"),
    )


def certificate(step: int, place: int, one: str, name: str) -> str:
    chosen = step > 1 and (one == name or (name not in CERTIFICATES and not place))
    y = 156 + 44 * place
    mark = number(40, y + 18, "✓", "ok") if chosen else ""
    said = f"{one}, the default" if not place else one
    return box(64, y, 256, 36, said, tone="ok" if chosen else "quiet") + mark


CHOSEN = (
    "three certificates, one address",
    "the certificate of that name is shown",
    "no such name: the default; browsers warn",
)


def draining() -> list[str]:
    return [draining_at(step) for step in range(1, 5)]


DRAINED = (
    (("in service", "ok"), "three requests under way"),
    (("draining", "warn"), "no new requests from now on"),
    (("draining", "warn"), "two have finished, one goes on"),
    (("gone", "quiet"), "what is still open is cut off"),
)
TIMES = ("", "0 s", "60 s", "300 s")


def draining_at(step: int) -> str:
    (state, tone), said = DRAINED[step - 1]
    open_ones = (3, 3, 1, 0)[step - 1]
    return picture(
        312,
        box(90, 8, 180, 40, "load balancer", tone="main"),
        way((130, 50), (76, 108), tone="ok"),
        words(90, 84, "new", "small right ok"),
        way((230, 50), (284, 108), tone="ok") if step == 1 else stopped((230, 50), (278, 100)),
        words(272, 84, "new", f"small left {'ok' if step == 1 else 'bad'}"),
        box(8, 110, 136, 60, "instance A", "in service", tone="ok"),
        box(216, 110, 136, 60, "instance B", state, tone=tone),
        *(number(250 + 34 * n, 190, "…", "main") for n in range(open_ones)),
        words(230, 195, "open:", "small right") if open_ones else "",
        line((30, 244), (330, 244)),
        *(mark(at, TIMES[at], reached=at < step) for at in (1, 2, 3)),
        lines(180, 300, (said,), "small"),
    )


def mark(at: int, time: str, *, reached: bool) -> str:
    x = (0, 50, 120, 310)[at]
    tone = "main" if reached else "quiet"
    return number(x, 244, "•", tone) + words(x, 276, time, "small")


DRAWINGS = {
    "sticky-sessions": sticky_sessions,
    "server-name": server_name,
    "draining": draining,
}
