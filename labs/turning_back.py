"""A lab as it stood before a plan was applied. Answers, drafts and grades hang on its rows, which
stay: only what the rows say is put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from labs.models import Lab, Translation, Variant
from lessons.editions import new_edition
from lessons.kept_rows import Keep, Kept, Rows, keep_nothing, made_of, put_back, rows_of
from lessons.models import Course

VERSION = ("content_hash", "rule", "archived_at", "course_id", "home_id")


def rows_of_lab(slug: str) -> dict[str, Rows]:
    return {
        "lab": rows_of(Lab.objects.filter(slug=slug)),
        "variants": rows_of(Variant.objects.filter(lab__slug=slug)),
        "translations": rows_of(Translation.objects.filter(lab__slug=slug)),
    }


def sections_of_lab(slug: str) -> list[str]:
    found = Lab.sections.through.objects.filter(lab__slug=slug)
    return sorted(str(key) for key in found.values_list("section", flat=True))


@contextmanager
def keeping(slug: str, keep: Keep) -> Iterator[None]:
    """Within the transaction that writes the lab."""
    if keep is keep_nothing:
        yield
        return
    before, sections = rows_of_lab(slug), sections_of_lab(slug)
    yield
    after = rows_of_lab(slug)
    kept = {name: asdict(Kept.between(rows, after[name])) for name, rows in before.items()}
    keep("lab", slug, kept | {"sections": sections, "left": version_in(after)})


def version_in(lab: dict[str, Rows]) -> list[Any]:
    """A lab that is not translated has the version that it had before labs could be."""
    own = [row[name] for row in lab["lab"].values() for name in VERSION]
    return own + sorted(row["made_of"] for row in lab["translations"].values())


class WayBack:
    """Of one lab, from what was kept when a plan was applied."""

    def __init__(self, slug: str, kept: dict[str, Any]) -> None:
        self.slug, self.left, self.sections = slug, kept["left"], kept["sections"]
        self.lab, self.variants = Kept(**kept["lab"]), Kept(**kept["variants"])
        self.translations = Kept(**kept.get("translations", {}))

    @property
    def is_open(self) -> bool:
        """Nothing was applied to the lab since."""
        return version_in(rows_of_lab(self.slug)) == list(self.left)

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
            self.put_translations_back()
            courses |= set(Lab.objects.filter(pk=lab.pk).values_list("course", flat=True))
        Course.objects.filter(pk__in=courses).update(edition=new_edition())

    def put_translations_back(self) -> None:
        """Those of before: where the files are put back as well, no sync has anything to do."""
        kept = self.translations
        Translation.objects.filter(pk__in=[*kept.before, *kept.made]).delete()
        Translation.objects.bulk_create(made_of(Translation, row) for row in kept.before.values())
