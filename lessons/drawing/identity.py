"""People and their permissions."""

from __future__ import annotations

from lessons.drawing.shapes import box, line, people, picture, stopped, way, words, zone


def users_and_groups() -> str:
    return picture(
        374,
        box(20, 8, 140, 34, "developers’ policy", tone="warn"),
        box(204, 8, 136, 34, "operators’ policy", tone="warn"),
        line((90, 42), (90, 78)),
        line((272, 42), (272, 78)),
        zone(8, 80, 214, 116, "group Developers", tone="main"),
        zone(140, 70, 212, 116, tone="ok"),
        words(342, 89, "group Operators", "right small ok"),
        *(
            people(x, 122, name)
            for x, name in ((50, "Ana"), (102, "Ben"), (181, "Cem"), (256, "Dora"), (312, "Eli"))
        ),
        words(181, 212, "in both groups", "small"),
        people(70, 252, "Finn, in no group"),
        line((92, 262), (158, 262)),
        box(160, 236, 180, 50, "inline policy", "Finn’s alone, gone with him", tone="warn"),
        words(180, 336, "A group holds users, never another group.", "small"),
        words(180, 356, "Cem may do what either policy allows.", "small"),
    )


def second_factor() -> str:
    return picture(
        240,
        people(36, 32, "you"),
        people(36, 152, "a thief", tone="bad"),
        way((58, 44), (80, 44)),
        box(82, 18, 96, 54, "password", "✓ right", tone="ok"),
        way((180, 44), (200, 44)),
        box(202, 18, 72, 54, "device", "✓ yours", tone="ok"),
        way((276, 44), (296, 44)),
        box(298, 22, 54, 46, "in", tone="ok"),
        words(180, 100, "both together open the account", "small ok"),
        way((58, 164), (80, 164)),
        box(82, 138, 96, 54, "password", "✓ stolen", tone="warn"),
        stopped((180, 164), (196, 164)),
        box(212, 138, 76, 54, "device", "✕ missing", tone="bad"),
        words(180, 224, "the password alone opens nothing", "small bad"),
    )


DRAWINGS = {"users-and-groups": users_and_groups, "second-factor": second_factor}
