"""Auto Scaling groups."""

from __future__ import annotations

from lessons.drawing.shapes import box, line, picture, way, words, zone


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


def eks_cluster() -> str:
    return picture(
        520,
        box(80, 8, 200, 34, "users, the internet"),
        zone(8, 84, 344, 428, tone="main"),
        words(20, 104, "VPC", "left small main"),
        box(108, 66, 144, 36, "internet gateway", tone="main"),
        way((160, 44), (160, 64)),
        way((200, 64), (200, 44)),
        *(zone_of_cluster(x, name) for x, name in ((16, "a"), (184, "b"))),
        box(92, 162, 176, 46, "load balancer", "in both zones", tone="main"),
        way((180, 104), (180, 160)),
        zone(24, 284, 312, 178, tone="ok"),
        words(180, 456, "one Auto Scaling group", "small ok over"),
        *(way((x, 210), (x, 298)) for x in (112, 248)),
        *(way((x, 300), (x, 204)) for x in (54, 306)),
        way((54, 166), (54, 88), (106, 88)),
        way((306, 166), (306, 88), (254, 88)),
    )


def zone_of_cluster(x: float, name: str) -> str:
    left = name == "a"
    edge, side = (x + 152, "right") if left else (x + 8, "left")
    nodes = "".join(box(x + 20, y, 120, 62, "node", "pod  pod", tone="warn") for y in (300, 372))
    return "".join(
        (
            zone(x, 126, 160, 378),
            words(x + 80, 496, f"zone {name}", "small"),
            zone(x + 6, 136, 148, 104),
            words(edge - 6 if left else edge + 6, 232, "public", f"small {side}"),
            zone(x + 6, 246, 148, 228),
            words(edge - 6 if left else edge + 6, 268, "private", f"small {side}"),
            box(x + 8 if left else x + 92, 168, 60, 34, "NAT", tone="main"),
            nodes,
        )
    )


DRAWINGS = {"auto-scaling-group": auto_scaling_group, "eks-cluster": eks_cluster}
