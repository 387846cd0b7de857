"""What a reader puts beside sections: bookmarks and notes, for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lessons.editions import Edition, find_edition
from lessons.limits import MARGINS_PER_MINUTE, within_limit
from lessons.margin import LONGEST_NOTE, Margin
from lessons.margins import address, as_markdown, as_rows, leaves_of, margin_html
from lessons.models import Section
from lessons.people import SignedInRequest, User
from lessons.typed import number, storable, with_lines


@require_safe
def margin_list(request: SignedInRequest, course: str) -> HttpResponse:
    edition = find_edition(request.user, course)
    context = {"course": edition.course, "leaves": leaves_of(edition, request.user)}
    return render(request, "lessons/margin_list.html", context)


@require_safe
def export(request: SignedInRequest, course: str, kind: str) -> HttpResponse:
    edition = find_edition(request.user, course)
    leaves = leaves_of(edition, request.user)
    if kind == "json":
        answer: HttpResponse = JsonResponse(as_rows(leaves), safe=False)
    elif kind == "md":
        text = as_markdown(edition, leaves, gone=_("No longer in the course"))
        answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    else:
        raise Http404(kind)
    answer["Content-Disposition"] = f'attachment; filename="notes-{edition.course.slug}.{kind}"'
    return answer


@dataclass(frozen=True, slots=True)
class Sent:
    bookmark: bool
    text: str
    revision: int
    typing: bool = False  # sent by the page itself

    @classmethod
    def from_post(cls, post: QueryDict, row: Margin) -> Self:
        """`both`: what another tab wrote, in `row`, goes before this text."""
        text = storable(with_lines(post.get("text", ""))).strip()
        if joins := "both" in post and row.text not in ("", text):
            text = f"{row.text}\n\n{text}".strip()
        return cls(
            bookmark="bookmark" in post,
            text=text,
            revision=row.revision if joins else number(post.get("revision", "")) or 0,
            typing="typing" in post,
        )

    @property
    def kept(self) -> dict[str, Any]:
        return {"bookmark": self.bookmark, "text": self.text, "revision": self.revision}


class Asked(NamedTuple):
    """A section, what is kept beside it, and what was sent for it."""

    edition: Edition
    section: Section
    row: Margin
    sent: Sent
    problem: str = ""  # conflict, too-long, too-fast


@require_http_methods(["GET", "HEAD", "POST"])
def margin(request: SignedInRequest, course: str, section: UUID) -> HttpResponse:
    edition = find_edition(request.user, course)
    found = find_section(edition, request.user, section)
    row = beside(found, request.user)
    if request.method != "POST":
        seen = Sent(bool(row.bookmarked_at), row.text, row.revision)
        return show(request, "lessons/margin.html", Asked(edition, found, row, seen))
    sent = Sent.from_post(request.POST, row)
    if problem := problem_of(sent, request.user):
        return refuse(request, Asked(edition, found, row, sent, problem))
    saved = Margin.objects.keep(request.user, found.pk, **sent.kept)
    if saved is None:
        row = beside(found, request.user)
        return refuse(request, Asked(edition, found, row, sent, "conflict"))
    if sent.typing:
        return show(request, "lessons/_margin_state.html", Asked(edition, found, saved, sent))
    if request.htmx:
        return HttpResponse(margin_html(edition, found, saved, is_new=True))
    if found.archived_at:
        return redirect("lessons:margin_list", course)
    return redirect(found)


def beside(section: Section, user: User) -> Margin:
    return Margin.objects.filter(user=user.pk, section=section.pk).first() or Margin()


def find_section(edition: Edition, user: User, key: UUID) -> Section:
    """One of the course, or one that has left it and that `user` wrote beside."""
    for sections in edition.sections.values():
        for section in sections.values():
            if section.pk == key:
                return section
    theirs = Section.objects.filter(margins__user=user.pk, course=edition.course)
    gone: Section | None = theirs.filter(pk=key).first()
    if gone is None:
        raise Http404(key)
    return gone


def problem_of(sent: Sent, user: User) -> str:
    if len(sent.text) > LONGEST_NOTE:
        return "too-long"
    return "" if within_limit(user, "margin", per_minute=MARGINS_PER_MINUTE) else "too-fast"


def refuse(request: SignedInRequest, asked: Asked) -> HttpResponse:
    """What was typed stands in the form as it was; while typing, only what is wrong is said."""
    if asked.sent.typing:
        return show(request, "lessons/_margin_state.html", asked)
    if request.htmx:
        return show(request, "lessons/_margin_form.html", asked)
    answer = show(request, "lessons/margin.html", asked)
    answer.status_code = 429 if asked.problem == "too-fast" else 200
    return answer


def show(request: SignedInRequest, template: str, asked: Asked) -> HttpResponse:
    context = {
        "course": asked.edition.course,
        "section": asked.section,
        "url": address(asked.edition, asked.section),
        "margin": asked.row,
        "sent": asked.sent,
        "problem": asked.problem,
        "longest": LONGEST_NOTE,
    }
    return render(request, template, context)
