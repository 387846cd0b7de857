"""The radar, one mistake of it, and the same for a class to look at."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lessons.people import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record, record_once
from portal.cohorts.finding import led_cohort, seen_cohort
from portal.cohorts.log import ONE_LOOK
from portal.cohorts.models import Cohort
from portal.guidance.asked import Asked, lab_asked_in, mistake_asked_in
from portal.guidance.forms import NoteForm
from portal.guidance.group import (
    answers_with,
    different,
    effects_of,
    is_shown_openly,
    sample_of,
    samples_with,
)
from portal.guidance.models import Note
from portal.guidance.radar import query_of, radar_of

A_PAGE = 30
SAMPLES = 3
SIDE_BY_SIDE = 2
LEARNERS_SHOWN = 100
NOTES_SHOWN = 10


@require_safe
def radar(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = seen_cohort(request, slug)
    asked = lab_asked_in(cohort, request)
    groups = Paginator(radar_of(cohort, asked.looked_at, asked.codes), A_PAGE)
    context = {"cohort": cohort, "asked": asked, "groups": groups.get_page(request.GET.get("page"))}
    return render(request, "portal/guidance/radar.html", context)


@require_safe
def radar_group(request: SignedInRequest, slug: str) -> HttpResponse:
    asked = mistake_asked_in(seen_cohort(request, slug), request)
    return group_page(request, asked, NoteForm(lab=asked.lab))


def group_page(request: SignedInRequest, asked: Asked, form: NoteForm) -> HttpResponse:
    cohort, key = asked.cohort, asked.key
    answers = answers_with(cohort, asked.looked_at, key)
    samples = different(samples_with(cohort, asked.looked_at, key))
    if samples:
        note_look(asked)
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


@require_safe
def class_view(request: SignedInRequest, slug: str) -> HttpResponse:
    """Nobody's name, and nothing that hidden checks keep secret: learners look at it."""
    asked = mistake_asked_in(seen_cohort(request, slug), request)
    answers = different(samples_with(asked.cohort, asked.looked_at, asked.key))
    if answers:
        note_look(asked)
    page = Paginator(answers, SIDE_BY_SIDE).get_page(request.GET.get("page"))
    context = {
        "cohort": asked.cohort,
        "asked": asked,
        "words": asked.words if is_shown_openly(answers, asked.key) else "",
        "pages": page,
        "samples": [sample_of(one, asked.key, secrets=False) for one in page],
    }
    return render(request, "portal/guidance/class.html", context)


def note_look(asked: Asked) -> None:
    about = f"{asked.cohort.slug}: answers with {asked.key.code}"
    record_once(What.LOOKED, within=ONE_LOOK, about=about, cohort=asked.cohort)


@require_POST
def write_note(request: SignedInRequest, slug: str) -> HttpResponse:
    asked = mistake_asked_in(led_cohort(request, slug), request)
    if not asked.is_known:
        raise Http404
    form = NoteForm(request.POST, lab=asked.lab)
    if not form.is_valid() or not form.may(request.user, asked.cohort):
        return group_page(request, asked, form)
    with transaction.atomic():
        cohort = led_cohort(request, slug, lock=True)
        lab = asked.lab if form.cleaned_data["only_here"] else None
        text = form.cleaned_data["text"]
        said, is_new = Note.objects.say(cohort, asked.key, lab, author=request.user, text=text)
        if is_new:
            note_done(cohort, said, "said")
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
