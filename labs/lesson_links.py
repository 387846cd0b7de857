"""Which lesson section teaches the point of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from labs.grading.kind import Code
from labs.grading.kinds import KINDS
from labs.grading.quiz.generators import BY_CODE
from labs.grading.report import Finding, Report
from labs.models import Lab, Submission
from labs.shelves import shelf_of
from lessons.models import Section


@dataclass(frozen=True, slots=True)
class SectionLink:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LessonLinks:
    """The sections that the failed findings of one report name, by themselves or by their codes."""

    codes: Mapping[str, Code]
    sections: Mapping[str, SectionLink]
    course: str = ""  # its slug

    @classmethod
    def of(cls, submission: Submission, report: Report) -> LessonLinks:
        """No query, but for the first after a sync."""
        kind = KINDS.get(submission.lab.kind)
        codes = kind.CODES if kind else {}
        wanted = {section_of(one, codes) for one in report.findings if not one.passed} - {""}
        course = submission.lab.course
        return cls(codes, sections_of(course.pk, course.edition) if wanted else {}, course.slug)

    def links(self, finding: Finding) -> tuple[SectionLink, ...]:
        link = self.sections.get(section_of(finding, self.codes))
        return (link,) if link else ()

    def practice(self, finding: Finding) -> str:
        """The address of what trains this mistake; "" where the course has nothing for it."""
        trains = BY_CODE.get(finding.code)
        if trains is None or trains.SECTION not in self.sections:
            return ""
        return reverse("quiz:task", args=[self.course, trains.NAME])

    def of_all(self, findings: Iterable[Finding]) -> tuple[SectionLink, ...]:
        """Each once, in order."""
        return tuple(dict.fromkeys(link for one in findings for link in self.links(one)))


def reading_for(lab: Lab) -> tuple[SectionLink, ...]:
    """What teaches what the lab asks, its home first. No query, but for the first after a sync."""
    course = lab.course
    known = sections_of(course.pk, course.edition)
    slugs = shelf_of(course.pk, course.edition).sections.get(lab.pk, ())
    return tuple(known[slug] for slug in slugs if slug in known)


@lru_cache(maxsize=64)
def sections_of(course: int, edition: str) -> dict[str, SectionLink]:
    """By their slugs; `edition` is the name of what was read (`lessons/editions.py`)."""
    found = Section.objects.live().filter(course=course).select_related("lesson__course")
    return {
        section.slug: SectionLink(section.title, section.get_absolute_url())
        for section in found.defer("text", "plain", "lesson__html", "lesson__contents")
    }


def section_of(finding: Finding, codes: Mapping[str, Code]) -> str:
    return finding.section or (codes[finding.code].section if finding.code in codes else "")
