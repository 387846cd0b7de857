"""Which lesson section teaches the point of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labs.grading.kind import Code
from labs.grading.kinds import KINDS
from labs.grading.report import Finding, Report
from labs.models import Submission
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

    @classmethod
    def of(cls, submission: Submission, report: Report) -> LessonLinks:
        """One query, none where no finding names a section."""
        kind = KINDS.get(submission.lab.kind)
        codes = kind.CODES if kind else {}
        wanted = {section_of(one, codes) for one in report.findings if not one.passed} - {""}
        return cls(codes, sections_of(submission.lab.course_id, wanted) if wanted else {})

    def links(self, finding: Finding) -> tuple[SectionLink, ...]:
        link = self.sections.get(section_of(finding, self.codes))
        return (link,) if link else ()

    def of_all(self, findings: Iterable[Finding]) -> tuple[SectionLink, ...]:
        """Each once, in order."""
        return tuple(dict.fromkeys(link for one in findings for link in self.links(one)))


def sections_of(course: int, slugs: Iterable[str]) -> dict[str, SectionLink]:
    found = Section.objects.live().filter(course=course, slug__in=slugs)
    return {
        section.slug: SectionLink(section.title, section.get_absolute_url())
        for section in found.select_related("lesson__course")
    }


def section_of(finding: Finding, codes: Mapping[str, Code]) -> str:
    return finding.section or (codes[finding.code].section if finding.code in codes else "")
