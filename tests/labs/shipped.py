"""The labs that the portal comes with, read once in a process: many tests look at them, most of
them as they are collected, and to read them all takes seconds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from labs.source import LabSource, read_catalog
from labs.translations import with_translations

CATALOG = Path(__file__).parents[2] / "labs" / "catalog"


@cache
def shipped_labs() -> tuple[LabSource, ...]:
    return tuple(read_catalog(CATALOG))


def shipped_lab(slug: str) -> LabSource:
    return next(lab for lab in shipped_labs() if lab.slug == slug)


def shipped_labs_of(*kinds: str) -> list[LabSource]:
    return [lab for lab in shipped_labs() if lab.kind in kinds]


@cache
def shipped_labs_with_translations() -> tuple[LabSource, ...]:
    return tuple(with_translations(CATALOG / lab.slug, lab) for lab in shipped_labs())
