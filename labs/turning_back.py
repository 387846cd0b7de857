"""A lab as it stood before a plan was applied. Answers, drafts and grades hang on its rows, which
stay: only what the rows say is put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from labs.models import Lab, Variant
from lessons.editions import new_edition
from lessons.kept_rows import Keep, Kept, Rows, keep_nothing, put_back, rows_of
from lessons.models import Course

VERSION = ("content_hash", "rule", "archived_at", "course_id", "home_id")


def rows_of_lab(slug: str) -> tuple[Rows, Rows, list[str]]:
    sections = Lab.sections.through.objects.filter(lab__slug=slug)
    return (
        rows_of(Lab.objects.filter(slug=slug)),
        rows_of(Variant.objects.filter(lab__slug=slug)),
        sorted(str(key) for key in sections.values_list("section", flat=True)),
    )


@contextmanager
def keeping(slug: str, keep: Keep) -> Iterator[None]:
    """Within the transaction that writes the lab."""
    if keep is keep_nothing:
        yield
        return
    lab, variants, sections = rows_of_lab(slug)
    yield
    lab_now, variants_now, _sections = rows_of_lab(slug)
    kept = {
        "lab": asdict(Kept.between(lab, lab_now)),
        "variants": asdict(Kept.between(variants, variants_now)),
        "sections": sections,
        "left": version_in(lab_now),
    }
    keep("lab", slug, kept)


def version_in(lab: Rows) -> list[Any]:
    return [row[name] for row in lab.values() for name in VERSION]


class WayBack:
    """Of one lab, from what was kept when a plan was applied."""

    def __init__(self, slug: str, kept: dict[str, Any]) -> None:
        self.slug, self.left, self.sections = slug, kept["left"], kept["sections"]
        self.lab, self.variants = Kept(**kept["lab"]), Kept(**kept["variants"])

    @property
    def is_open(self) -> bool:
        """Nothing was applied to the lab since."""
        return bool(version_in(rows_of(Lab.objects.filter(slug=self.slug))) == self.left)

    def write(self) -> None:
        """Within a transaction that has asked whether it `is_open`. The sections that the lab goes
        back to are there again already."""
        now = timezone.now()
        lab = Lab.objects.get(slug=self.slug)
        courses = {lab.course_id}
        if self.lab.made:
            Lab.objects.filter(pk=lab.pk).update(archived_at=now)
        else:
            put_back(Lab, self.lab.before)
            put_back(Variant, self.variants.before)
            lab.variants.filter(pk__in=self.variants.made).update(archived_at=now)
            lab.sections.set(self.sections)
            courses |= set(Lab.objects.filter(pk=lab.pk).values_list("course", flat=True))
        Course.objects.filter(pk__in=courses).update(edition=new_edition())
