"""Where the real course is shorter than what is to be measured: a second one, of the same labs
once more. No sync brought it, so none takes it away."""

from __future__ import annotations

from itertools import cycle

from django.utils import timezone

from labs.models import Lab, Variant
from lessons.editions import new_edition
from lessons.models import Course, Lesson, Module, Section
from portal.indexes import write_index

SLUG = "practice"
LABS_OF_A_LESSON = 6


def practice_of(course: Course, items: int) -> Course:
    """With so many lessons and labs together, one lesson for six labs; or as it is there already,
    for the cohort before."""
    return Course.objects.filter(slug=SLUG).first() or new_practice(course, items)


def new_practice(course: Course, items: int) -> Course:
    made = Course.objects.create(
        slug=SLUG, title="Practice", summary="The same once more.", edition=new_edition()
    )
    lessons = -(-items // (LABS_OF_A_LESSON + 1))
    module = Module.objects.create(course=made, slug="practice", title="Practice", position=1)
    sections = [section_of(module, number) for number in range(1, lessons + 1)]
    labs = cycle(course.labs.live().order_by("position", "slug"))
    for number, lab in zip(range(items - lessons), labs, strict=False):
        copy_lab(lab, sections[number % lessons], number=1 + number)
    write_index(made)
    return made


def section_of(module: Module, number: int) -> Section:
    title, slug = f"Practice {number}", f"practice-{number}"
    lesson = Lesson.objects.create(
        course=module.course,
        module=module,
        slug=slug,
        title=title,
        position=number,
        html=f'<h2 id="{slug}">{title}</h2><p>Do them once more.</p>',
        contents=[{"anchor": slug, "title": title, "level": 2}],
        words=200,
        updated_at=timezone.now(),
    )
    return Section.objects.create(
        course=module.course, lesson=lesson, slug=slug, title=title, level=2, position=number
    )


def copy_lab(lab: Lab, section: Section, *, number: int) -> None:
    variants = list(lab.variants.live())
    copy = Lab.objects.get(pk=lab.pk)
    copy.pk, copy.course, copy.home, copy.position = None, section.course, section, section.position
    copy.slug, copy.title = f"again-{number}-{lab.slug}", f"{lab.title}, again"
    copy.save(force_insert=True)
    copy.sections.add(section)
    for variant in variants:
        variant.pk, variant.lab = None, copy
    Variant.objects.bulk_create(variants)


def original(lab: Lab) -> str:
    """The slug of what it is a copy of; its own, where it is none."""
    return lab.slug.split("-", 2)[2] if lab.slug.startswith("again-") else lab.slug
