"""The radar, one mistake of it, and the same for a class to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from labs.grading.behaviour import LONGEST, words_of
from labs.language import in_language
from labs.mistakes import Key
from labs.models import Lab
from lessons.people import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record, record_once
from portal.cohorts.finding import led_cohort, seen_cohort
from portal.cohorts.log import ONE_LOOK
from portal.cohorts.models import Cohort
from portal.cohorts.standing import columns_of
from portal.guidance.forms import NoteForm
from portal.guidance.group import answers_with, different, effects_of, sample_of, samples_with
from portal.guidance.models import Note
from portal.guidance.radar import Codes, query_of, radar_of

A_PAGE = 30
SAMPLES = 3
SIDE_BY_SIDE = 2
LEARNERS_SHOWN = 100
NOTES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """Which mistake of which cohort, in one lab or in all."""

    cohort: Cohort
    labs: list[Lab]
    codes: Codes
    key: Key
    lab: Lab | None

    @property
    def looked_at(self) -> list[Lab]:
        return [self.lab] if self.lab else self.labs

    @property
    def page(self) -> str:
        address = reverse("radar_group", args=[self.cohort.slug])
        return f"{address}?{query_of(self.key, self.lab)}"

    @property
    def query(self) -> str:
        return query_of(self.key, self.lab)

    @property
    def title(self) -> str:
        return self.codes.title(self.key.code)

    @property
    def words(self) -> str:
        return in_language(words_of(self.key.behaviour)) if self.key.behaviour else ""

    @property
    def explanation(self) -> str:
        return self.codes.explanation(self.key.code)

    @property
    def section(self) -> Any:
        return self.codes.section(self.key.code)


def asked_in(cohort: Cohort, request: HttpRequest) -> Asked:
    lessons, labs = columns_of(cohort)
    courses = {lesson.course_id: lesson.course for lesson in lessons}
    get = request.GET
    key = Key(get.get("code", "")[:80], get.get("is", "")[:LONGEST])
    lab = next((one for one in labs if one.slug == get.get("lab")), None)
    return Asked(cohort, labs, Codes(courses.values()), key, lab)


@require_GET
def radar(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    asked = asked_in(cohort, request)
    groups = Paginator(radar_of(cohort, asked.looked_at, asked.codes), A_PAGE)
    context = {"cohort": cohort, "asked": asked, "groups": groups.get_page(request.GET.get("page"))}
    return render(request, "portal/guidance/radar.html", context)


@require_GET
def radar_group(request: SignedInRequest, slug: str) -> HttpResponse:
    asked = asked_in(seen_cohort(request, slug), request)
    return group_page(request, asked, NoteForm(lab=asked.lab))


def group_page(request: SignedInRequest, asked: Asked, form: NoteForm) -> HttpResponse:
    cohort, key = asked.cohort, asked.key
    note_look(asked)
    answers = answers_with(cohort, asked.looked_at, key)
    samples = different(samples_with(cohort, asked.looked_at, key))
    notes = Note.objects.filter(cohort=cohort).about(key).select_related("author", "lab")
    context = {
        "cohort": cohort,
        "asked": asked,
        "form": form,
        "answers": answers.select_related("user", "lab").defer("text")[:LEARNERS_SHOWN],
        "samples": [sample_of(one, key, secrets=True) for one in samples[:SAMPLES]],
        "effects": effects_of(notes[:NOTES_SHOWN], cohort, asked.labs, key),
    }
    return render(request, "portal/guidance/group.html", context)


@require_GET
def class_view(request: SignedInRequest, slug: str) -> HttpResponse:
    """Nobody's name, and nothing that hidden checks keep secret: learners look at it."""
    asked = asked_in(seen_cohort(request, slug), request)
    note_look(asked)
    answers = different(samples_with(asked.cohort, asked.looked_at, asked.key))
    page = Paginator(answers, SIDE_BY_SIDE).get_page(request.GET.get("page"))
    samples = [sample_of(one, asked.key, secrets=False) for one in page]
    context = {"cohort": asked.cohort, "asked": asked, "pages": page, "samples": samples}
    return render(request, "portal/guidance/class.html", context)


def note_look(asked: Asked) -> None:
    about = f"{asked.cohort.slug}: answers with {asked.key.code}"
    record_once(What.LOOKED, within=ONE_LOOK, about=about, cohort=asked.cohort)


@require_POST
def write_note(request: SignedInRequest, slug: str) -> HttpResponse:
    asked = asked_in(led_cohort(request, slug), request)
    form = NoteForm(request.POST, lab=asked.lab)
    if not form.is_valid() or not form.may(request.user, asked.cohort):
        return group_page(request, asked, form)
    with transaction.atomic():
        lab = asked.lab if form.cleaned_data["only_here"] else None
        text = form.cleaned_data["text"]
        said, is_new = Note.objects.say(
            asked.cohort, asked.key, lab, author=request.user, text=text
        )
        if is_new:
            note_done(asked.cohort, said, "said")
    messages.success(request, _("It stands on the pages of all in the group now."))
    return redirect(asked.page)


@require_POST
def withdraw_note(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = led_cohort(request, slug)
    note = get_object_or_404(Note.objects.select_related("lab"), cohort=cohort, pk=pk)
    if note.withdraw():
        note_done(cohort, note, "withdrawn")
    messages.success(request, _("It is withdrawn: nobody sees it any more."))
    return redirect(f"{reverse('radar_group', args=[slug])}?{query_of(note.key, note.lab)}")


def note_done(cohort: Cohort, note: Note, done: str) -> None:
    about = f"{cohort.slug}: note {note.pk} about {note.code} {done}"
    record(What.ANNOUNCED, about=about, cohort=cohort)
