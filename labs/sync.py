"""The catalog's folders → rows: plan first, then apply. What leaves the catalog is archived,
never deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from labs.capstones import column_of
from labs.grading.errors import SpecError
from labs.models import Draft, Lab, Submission, Variant
from labs.models.submissions import SubmissionQuerySet
from labs.rules import rule_of_all, rules_of
from labs.source import LabSource, VariantSource
from labs.translation_writer import (
    names_in,
    names_of,
    words_for_translations,
    write_translations,
)
from labs.translations import read_catalog_with_translations
from labs.turning_back import keeping
from lessons.editions import new_edition
from lessons.kept_rows import Keep, keep_nothing
from lessons.models import Course, Section
from lessons.rendering import render, renderer_version

Known = dict[str, dict[str, Section]]
NOWHERE = 1_000_000  # the position of a lab without a live section: after all others


@dataclass(slots=True)
class LabPlan:
    """What becomes of one lab. `source` is None when its folder is gone,
    `lab` when it has no row yet."""

    slug: str
    source: LabSource | None
    lab: Lab | None
    changes: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    # The same as words that pages translate: added, revived, changed, moved, order, rule, kind,
    # course, variant, translated, removed
    kinds: list[str] = field(default_factory=list)
    outdated: int = 0  # verdicts that the new version may see otherwise

    def lines(self) -> list[str]:
        return [f"lab {self.slug}: {words}" for words in (*self.changes, *self.losses)]

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.losses)

    @property
    def is_safe(self) -> bool:
        return not self.losses

    def change(self, kind: str, words: str) -> None:
        self.kinds.append(kind)
        self.changes.append(words)

    def lose(self, kind: str, words: str) -> None:
        self.kinds.append(kind)
        self.losses.append(words)

    @transaction.atomic
    def apply(self, keep: Keep = keep_nothing) -> None:
        with keeping(self.slug, keep):
            self.write()

    def write(self) -> None:
        if self.source is None:
            Lab.objects.filter(slug=self.slug).update(archived_at=timezone.now())
        elif not self.is_empty:
            write(self.source)
            if self.outdated:
                Lab.objects.filter(slug=self.slug).update(rule_since=timezone.now())
        # The course that the lab was in, and the one that it is in now
        courses = {self.lab.course.slug} if self.lab else set()
        courses |= {self.source.course} if self.source else set()
        Course.objects.filter(slug__in=courses).update(edition=new_edition())


def plan_labs(catalog_dir: Path, sections: Known | None = None) -> list[LabPlan]:
    """One plan for each lab that has something to do. `sections` are those that there will be, else
    those that there are. SpecError names the folder, the file and the key."""
    sources = read_catalog_with_translations(catalog_dir)
    sections = sections_by_course() if sections is None else sections
    rows = {
        lab.slug: lab
        for lab in Lab.objects.select_related("course").prefetch_related(
            "sections", "variants", "translations"
        )
    }
    plans = [plan_lab(source, rows.get(source.slug), sections) for source in sources]
    kept = {source.slug for source in sources}
    plans += [
        plan_archive(lab)
        for slug, lab in rows.items()
        if slug not in kept and lab.archived_at is None and lab.course.synced_at
    ]
    return [plan for plan in plans if not plan.is_empty]


def plan_lab(source: LabSource, lab: Lab | None, known: Known) -> LabPlan:
    plan = LabPlan(source.slug, source, lab)
    sections = find_sections(source, known)
    if lab is None:
        plan.change("added", "added")
        return plan
    if lab.archived_at is not None:
        plan.change("revived", "back from the archive")
    if lab.content_hash != hash_with_renderer(source):
        plan.change("changed", f"changed ({touched(lab)})")
    if set(sections) != {section for section in lab.sections.all() if section.archived_at is None}:
        plan.change("moved", f"belongs to {', '.join(source.sections) or 'no section'}")
    elif sections and (lab.home_id, lab.position) != (sections[0].pk, sections[0].position):
        plan.change("order", f"stands at {source.sections[0]}")
    if lab.rule != rule_of_all(rules_of(source.kind, source.variants)):
        plan.outdated = otherwise(source, lab).count()
        plan.change("rule", words_for_rule(lab, plan.outdated))
    if names_of(lab) != names_in(source):
        plan.change("translated", words_for_translations(source))
    note_losses(plan, source, lab)
    return plan


def note_losses(plan: LabPlan, source: LabSource, lab: Lab) -> None:
    """What learners began with and would not find again. Their rows stay in any case."""
    if lab.kind != source.kind and has_work(lab):
        plan.lose("kind", f"its kind changes from {lab.kind} to {source.kind} ({touched(lab)})")
    if lab.course.slug != source.course and has_work(lab):
        plan.lose(
            "course", f"moves from course {lab.course.slug} to {source.course} ({touched(lab)})"
        )
    for variant in lab.variants.all():
        if (
            variant.number >= len(source.variants)
            and variant.archived_at is None
            and variant.drafts.exists()
        ):
            plan.lose(
                "variant", f"variant {variant.number + 1} is gone ({variant.drafts.count()} drafts)"
            )


def plan_archive(lab: Lab) -> LabPlan:
    plan = LabPlan(lab.slug, None, lab)
    note = plan.lose if has_work(lab) else plan.change
    note("removed", f"archived ({touched(lab)})")
    return plan


def has_work(lab: Lab) -> bool:
    return Submission.objects.filter(lab=lab).exists() or Draft.objects.filter(lab=lab).exists()


def touched(lab: Lab) -> str:
    drafts = Draft.objects.filter(lab=lab).count()
    learners = Submission.objects.filter(lab=lab).values("user").distinct().count()
    passed = (
        Submission.objects.filter(lab=lab, grade__passed=True).values("user").distinct().count()
    )
    return f"{learners} learners handed in, {passed} passed, {drafts} drafts"


def words_for_rule(lab: Lab, outdated: int) -> str:
    if not (lab.rule or outdated):
        return "how it judges is noted"
    every = Submission.objects.graded().filter(lab=lab).count()
    given = f"{outdated} of {every} verdicts were given by another version and may change"
    return f"judges anew ({given})"


def otherwise(source: LabSource, lab: Lab) -> SubmissionQuerySet:
    """With verdicts that the new version may see otherwise; variants that are gone stay as they
    were."""
    rules = rules_of(source.kind, [*lab.variants.all(), *source.variants])
    return Submission.objects.judged_otherwise(lab, rules, hash_with_renderer(source))


def sections_by_course(of: LabSource | None = None) -> Known:
    """Course slug → section slug → live section; `of` a lab: only those that it names."""
    known: Known = {slug: {} for slug in Course.objects.values_list("slug", flat=True)}
    sections = Section.objects.live().select_related("course").defer("text", "plain")
    if of:
        sections = sections.filter(course__slug=of.course, slug__in=of.sections)
    for section in sections:
        known[section.course.slug][section.slug] = section
    return known


def find_sections(source: LabSource, known: Known) -> list[Section]:
    """The live sections that the lab names, in its order. Unknown ones are an error,
    except while the course is missing."""
    if source.course not in known:
        return []
    found = known[source.course]
    for slug in source.sections:
        if slug not in found:
            raise SpecError(
                f"{source.slug}: lab.toml: key sections: the course has no section {slug!r}"
            )
    return [found[slug] for slug in source.sections]


def write(source: LabSource) -> Lab:
    course = Course.objects.filter(slug=source.course).first()
    if course is None:
        raise SpecError(
            f"{source.slug}: lab.toml: key course: there is no course {source.course!r}"
        )
    sections = find_sections(source, sections_by_course(source))
    lab, _made = Lab.objects.update_or_create(
        slug=source.slug,
        defaults={
            "course": course,
            "kind": source.kind,
            "title": source.title,
            "summary": source.summary,
            "difficulty": source.difficulty,
            "minutes": source.minutes,
            "objectives": list(source.objectives),
            "capstone": column_of(source.capstone),
            "solution_after": source.solution_after,
            "home": sections[0] if sections else None,
            "position": sections[0].position if sections else NOWHERE,
            "content_hash": hash_with_renderer(source),
            "archived_at": None,
            "rule": rule_of_all(rules_of(source.kind, source.variants)),
        },
    )
    lab.sections.set(sections)
    write_variants(lab, source.variants)
    write_translations(lab, source)
    return lab


def write_variants(lab: Lab, variants: Iterable[VariantSource]) -> None:
    numbers = []
    for variant in variants:
        Variant.objects.update_or_create(
            lab=lab, number=variant.number, defaults=columns_of(variant)
        )
        numbers.append(variant.number)
    lab.variants.exclude(number__in=numbers).filter(archived_at=None).update(
        archived_at=timezone.now()
    )


def columns_of(variant: VariantSource) -> dict[str, object]:
    return {
        "brief_html": render(variant.brief),
        "explanation_html": render(variant.explanation),
        "hints": [render(hint) for hint in variant.hints],
        "starter": variant.starter,
        "solution": variant.solution,
        "table": dict(variant.table),
        "files": dict(variant.files),
        "archived_at": None,
    }


def hash_with_renderer(source: LabSource) -> str:
    return hashlib.sha256(f"{source.content_hash} {renderer_version()}".encode()).hexdigest()
