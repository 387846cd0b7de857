"""A small world to build in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from labs.grading.images.building.build import Image, build
from labs.grading.images.building.world import Base, Maker, Program, Source, World
from labs.grading.images.language.reading import read_dockerfile

PYTHON = Base(
    "python",
    ("3.13-slim", "latest"),
    100_000,
    frozenset(("sh", "python", "pip", "apt-get", "useradd")),
    site="/usr/local/lib/python3.13/site-packages",
)
SMALL = Base("alpine", ("3.22",), 8_000, frozenset(("sh", "wget", "apk", "adduser", "addgroup")))
PIP = Maker(
    ("pip", "install"),
    needs=("requirements.txt",),
    named="-r",
    size=50_000,
    cache=20_000,
    cache_path=".cache/pip",
    seconds=40,
)
WORLD = World(
    bases=(PYTHON, SMALL),
    context=(
        Source("requirements.txt", 1),
        Source("server.py", 10),
        Source("pages/index.html", 5),
        Source("pages/style.css", 3),
        Source(".token", 1, secret=True),
    ),
    makers=(PIP,),
    edits={"code": ("server.py",)},
    passed={"token": ".token"},
    texts=("correct-horse",),
    packages={"curl": 9_000},
    program=Program("server.py", ("pip install",), (), 8000),
)


def image_of(text: str, **changes: Any) -> Image:
    edited = changes.pop("edited", frozenset())
    return build(read_dockerfile(text), replace(WORLD, **changes), edited)


def on(text: str) -> str:
    return f"FROM python:3.13-slim\n{text}"


def paths_of(text: str, **changes: Any) -> list[str]:
    """What a build copies."""
    return sorted(image_of(on(text), **changes).stage.tree.files)
