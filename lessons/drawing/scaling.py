"""Growing with the load, and living on when a part is lost."""

from __future__ import annotations

from lessons.drawing.shapes import box, line, people, picture, stopped, way, words, zone


def auto_scaling_group() -> str:
    places = [(20 + 66 * n, n) for n in range(5)]
    return picture(
        300,
        zone(8, 8, 344, 128, "Auto Scaling group"),
        *(
            box(x, 40, 56, 80, "EC2", tone="ok") if n < 3 else box(x, 40, 56, 80, "–", tone="quiet")
            for x, n in places
        ),
        *bracket(20, 142, 160, "minimum 2: never fewer"),
        *bracket(20, 208, 184, "desired 3: the goal right now"),
        *bracket(20, 340, 208, "maximum 5: never more"),
        way((190, 282), (338, 282), tone="ok"),
        words(264, 272, "more load: out", "small ok"),
        way((170, 282), (22, 282), tone="main"),
        words(96, 272, "less load: in", "small main"),
    )


def bracket(left: float, right: float, y: float, text: str) -> list[str]:
    """Measured from the left, with its words below the line."""
    return [
        line((left, y - 8), (left, y), (right, y), (right, y - 8)),
        words(left + 6, y + 17, text, "small left"),
    ]


def up_and_out() -> str:
    return picture(
        330,
        words(180, 22, "vertical: one, but larger", "bold"),
        box(30, 72, 92, 40, "t3.micro", tone="quiet"),
        way((126, 92), (178, 92)),
        box(182, 36, 150, 108, "r6i.large", "2 → 2 vCPU", "1 → 16 GiB", tone="main"),
        words(76, 136, "stop, change, start", "small"),
        line((8, 166), (352, 166), tone="quiet"),
        words(180, 194, "horizontal: more of the same", "bold"),
        box(30, 224, 78, 40, "m5.large", tone="quiet"),
        way((112, 244), (164, 244)),
        *(box(x, y, 82, 40, "m5.large", tone="ok") for x in (170, 260) for y in (210, 256)),
        words(180, 320, "needs something that spreads the requests", "small"),
    )


def zone_lost() -> list[str]:
    return [zone_lost_at(step) for step in range(1, 4)]


def zone_lost_at(step: int) -> str:
    lives = step == 1
    tone, mark = ("ok", "✓") if lives else ("bad", "✕")
    return picture(
        318,
        people(180, 20),
        way((180, 52), (180, 74)),
        box(90, 76, 180, 38, "load balancer", tone="main"),
        way((130, 116), (92, 156), tone="ok"),
        way((230, 116), (268, 156), tone="ok") if lives else stopped((230, 116), (262, 148)),
        zone(8, 158, 166, 118, tone="ok"),
        zone(186, 158, 166, 118, tone=tone),
        words(92, 178, "zone a", "small"),
        words(268, 178, "zone b" if lives else "zone b, lost", "small"),
        *(box(x, 190, 34, 44, "EC2", tone="ok") for x in (15, 54)),
        *(box(x, 190, 34, 44, mark if not lives else "EC2", tone=tone) for x in (215, 285)),
        *(box(x, 190, 34, 44, "new", tone="main") for x in (93, 132) if step == 3),
        words(92, 260, "two more starting" if step == 3 else "2 of 4", "small"),
        words(268, 260, "2 of 4" if lives else "0", "small"),
        words(180, 306, LOST[step - 1], "small"),
    )


LOST = (
    "four instances, two zones",
    "zone a answers, with half the power",
    "the group starts new ones where it can",
)


def group_behind_balancer() -> list[str]:
    return [group_at(step) for step in range(1, 5)]


GROUP = (
    (("A", "✓", "ok"), ("B", "✓", "ok"), None),
    (("A", "✓", "ok"), ("B", "✓", "ok"), ("C", "starts", "warn")),
    (("A", "✓", "ok"), ("B", "✓", "ok"), ("C", "✓", "ok")),
    (("A", "✕ ends", "bad"), ("B", "✓", "ok"), ("D", "starts", "warn")),
)
GROUP_SAID = (
    "2 instances, the goal is 2",
    "more load: the goal is 3",
    "C is registered, checked, then used",
    "A fails the balancer’s check: replaced",
)


def group_at(step: int) -> str:
    first, second, third = GROUP[step - 1]
    return picture(
        340,
        people(180, 20, "users"),
        way((180, 72), (180, 92)),
        box(90, 94, 180, 38, "load balancer", tone="main"),
        zone(8, 160, 344, 144, tone="main"),
        zone(18, 188, 158, 84),
        zone(184, 188, 158, 84),
        words(97, 262, "zone a", "small"),
        words(263, 262, "zone b", "small"),
        words(180, 296, "Auto Scaling group", "small main"),
        *member(26, first, 132),
        *member(192, second, 228),
        *(member(104, third, 160) if third else ()),
        words(180, 330, GROUP_SAID[step - 1], "small"),
    )


def member(x: float, one: tuple[str, str, str], start: float) -> list[str]:
    """An instance, and whether requests reach it."""
    name, state, tone = one
    used = [way((start, 134), (x + 32, 196), tone="ok")] if tone == "ok" else []
    left_out = [stopped((start, 134), (x + 40, 184))] if tone == "bad" else []
    return [*used, *left_out, box(x, 198, 66, 46, name, state, tone=tone)]


# Load and number of instances over a day, in parts of a panel: x and y from 0 to 1.
LOAD = ((0, 0.15), (0.28, 0.15), (0.42, 0.55), (0.55, 0.9), (0.68, 0.8), (0.8, 0.35), (1, 0.15))
ANSWERS = (
    (
        "target tracking: CPU near 50 %",
        (
            (0.3, 0.25),
            (0.38, 0.45),
            (0.46, 0.65),
            (0.56, 0.95),
            (0.76, 0.7),
            (0.86, 0.45),
            (1, 0.25),
        ),
    ),
    (
        "steps: over 70 % add 2, under 30 % take 1",
        ((0.45, 0.3), (0.84, 0.95), (0.92, 0.6), (1, 0.3)),
    ),
    ("schedule: at least 10, Fridays from 17:00", ((0.25, 0.3), (0.85, 0.95), (1, 0.3))),
)


def scaling_policies() -> str:
    return picture(
        424,
        *(panel(24 + 126 * n, *one) for n, one in enumerate(ANSWERS)),
        line((40, 408), (76, 408), tone="dash"),
        words(84, 413, "load", "small left"),
        line((180, 408), (216, 408), tone="main"),
        words(224, 413, "instances", "small left main"),
    )


def panel(top: float, name: str, steps: tuple[tuple[float, float], ...]) -> str:
    def at(x: float, y: float) -> tuple[float, float]:
        return 14 + 332 * x, top + 92 - 76 * y

    corners, x = [], 0.0
    for until, height in steps:
        corners += [at(x, height), at(until, height)]
        x = until
    return (
        words(12, top, name, "left small bold")
        + line(at(0, 0), at(1, 0), tone="quiet")
        + line(*(at(*point) for point in LOAD), tone="dash")
        + line(*corners, tone="main")
    )


DRAWINGS = {
    "up-and-out": up_and_out,
    "zone-lost": zone_lost,
    "auto-scaling-group": auto_scaling_group,
    "group-behind-balancer": group_behind_balancer,
    "scaling-policies": scaling_policies,
}
