"""EC2 instances, and where their data lies."""

from __future__ import annotations

from lessons.drawing.shapes import (
    box,
    disk,
    line,
    lines,
    number,
    people,
    picture,
    rect,
    stopped,
    way,
    words,
    zone,
)

FORM = (
    ("Name", "web-1"),
    ("Machine image (AMI)", "Amazon Linux 2023"),
    ("Instance type", "t3.micro"),
    ("Key pair", "for SSH; make one, keep the file"),
    ("Network", "SSH, port 22, from my address only"),
    ("Advanced: user data", "#!/bin/bash …"),
)


def launch_form() -> str:
    return picture(
        408,
        *(form_row(n, *row) for n, row in enumerate(FORM)),
        way((180, 342), (180, 364)),
        box(90, 366, 180, 36, "Launch instance", tone="main"),
    )


def form_row(place: int, name: str, text: str) -> str:
    y = 8 + 56 * place
    kind = "left small code" if text.startswith(("web", "t3", "#")) else "left small"
    return (
        rect("box", 8, y, 344, 48)
        + number(30, y + 24, place + 1)
        + words(54, y + 20, name, "left bold")
        + words(54, y + 38, text, kind)
    )


def web_server() -> list[str]:
    return [web_server_at(step) for step in range(1, 5)]


def web_server_at(step: int) -> str:
    def tone(first: int) -> str:
        return "ok" if step == first else "" if step > first else "quiet"

    return picture(
        330,
        people(40, 20, "you"),
        box(92, 14, 150, 40, "launch, with script", tone=tone(1)),
        way((64, 34), (90, 34)) if step == 1 else "",
        way((167, 56), (76, 108), tone="ok") if step == 1 else "",
        zone(8, 80, 344, 146, "instance"),
        box(24, 110, 92, 54, "script", "user data", tone=tone(1)),
        way((118, 137), (138, 137), tone="ok") if step == 2 else "",
        box(140, 110, 90, 54, "cloud-init", "runs as root", tone=tone(2)),
        way((232, 137), (250, 137), tone="ok") if step == 3 else "",
        box(252, 110, 88, 54, "httpd", "port 80", tone=tone(3)),
        words(24, 190, SAID[step - 1][0], "left small"),
        words(24, 209, SAID[step - 1][1], "left small"),
        way((296, 268), (296, 166), tone="ok") if step == 4 else "",
        box(8, 270, 344, 50, "browser", PAGE if step == 4 else "–", tone=tone(4)),
    )


PAGE = "Hello from ip-172-31-7-20.eu-west-2…"
SAID = (
    ("the script is kept beside", "the new instance"),
    ("first boot: all lines, once,", "log: cloud-init-output.log"),
    ("installed, started,", "index.html is written"),
    ("GET / on port 80, if the", "group lets it in"),
)


def block_storage() -> str:
    return picture(
        452,
        zone(8, 8, 166, 280, "zone a"),
        zone(186, 8, 166, 280, "zone b"),
        box(28, 38, 126, 44, "instance A"),
        box(206, 38, 126, 44, "instance B"),
        line((60, 82), (60, 122)),
        line((122, 82), (122, 122)),
        disk(22, 120, 66, 62, "root"),
        disk(96, 120, 66, 62, "data", tone="main"),
        lines(56, 202, ("deleted", "with the", "instance"), "small", step=17),
        lines(130, 202, ("stays,", "if you say", "nothing"), "small", step=17),
        stopped((164, 146), (200, 90)),
        lines(206, 118, ("another zone:", "cannot be", "attached"), "small left bad", step=17),
        line((312, 82), (312, 196)),
        disk(262, 194, 72, 70, "copy", tone="ok"),
        way((130, 250), (130, 352)),
        way((270, 352), (294, 268), tone="ok"),
        box(60, 354, 240, 50, "snapshot", "belongs to the Region", tone="warn"),
        words(118, 320, "save", "small right"),
        words(274, 320, "new volume", "small right"),
        words(180, 432, "A volume lives in one zone, a snapshot in the Region.", "small"),
    )


def file_system() -> str:
    return picture(
        384,
        zone(8, 8, 344, 366, "VPC"),
        *(efs_zone(18 + 110 * n, letter) for n, letter in enumerate("abc")),
        *(way((x, 240), (180 + (x - 180) * 0.5, 296)) for x in (70, 180, 290)),
        disk(80, 298, 200, 66, "one file system", "seen by all of them", tone="main"),
    )


def efs_zone(x: float, letter: str) -> str:
    return (
        zone(x, 34, 104, 216)
        + words(x + 52, 54, f"zone {letter}", "small")
        + box(x + 10, 66, 84, 48, "EC2", "mounts it")
        + way((x + 52, 116), (x + 52, 182))
        + words(x + 52, 148, "NFS, 2049", "small over")
        + box(x + 10, 184, 84, 54, "mount", "target", tone="ok")
    )


DRAWINGS = {
    "launch-form": launch_form,
    "web-server": web_server,
    "block-storage": block_storage,
    "file-system": file_system,
}
