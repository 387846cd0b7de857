"""Saying something to a cohort, and reading what was said to one's own."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.limits import within_limit
from lessons.people import SignedInRequest
from portal.announcements.forms import AnnouncementForm
from portal.announcements.models import Announcement
from portal.announcements.telling import tell_by_mail
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.finding import led_cohort
from portal.cohorts.models import Cohort
from portal.letters.writing import is_mail_sent

A_PAGE = 30
PER_MINUTE = 4


@require_safe
def announcement_list(request: SignedInRequest) -> HttpResponse:
    """All that was said to its reader."""
    rows = Announcement.objects.said_to(request.user.pk)
    pages = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/announcements/announcement_list.html", {"announcements": pages})


@require_http_methods(["GET", "HEAD", "POST"])
def announcements(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    form = AnnouncementForm(request.POST or None)
    if form.is_valid() and cohort.archived_at:
        form.add_error(None, _("This cohort is archived. Take it out of the archive first."))
    if form.is_valid() and not within_limit(request.user, "announce", per_minute=PER_MINUTE):
        form.add_error(None, _("A little slower, please. Your text is still here: try again soon."))
    if form.is_valid():
        messages.success(request, announce(request, cohort, form))
        return redirect("announcements", slug=slug)
    rows = Announcement.objects.filter(cohort=cohort).select_related("author")
    pages = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"cohort": cohort, "form": form, "announcements": pages, "sends_mail": is_mail_sent()}
    return render(request, "portal/announcements/announcements.html", context)


@transaction.atomic
def announce(request: SignedInRequest, cohort: Cohort, form: AnnouncementForm) -> str:
    """What was done, in words. Once, also where the form was sent twice."""
    led_cohort(request, cohort.slug, lock=True)
    text = form.cleaned_data["text"]
    twin = Announcement.objects.just_said(cohort, request.user, text)
    said = twin or Announcement.objects.create(cohort=cohort, author_id=request.user.pk, text=text)
    before = twin.letters.count() if twin else 0
    number = before or (tell_by_mail(said, request) if form.cleaned_data["by_mail"] else 0)
    if twin is None or number > before:
        record(What.ANNOUNCED, about=f"{cohort.slug}: {said.pk}, {number} by mail", cohort=cohort)
    return _("It stands on everybody's day now. E-mails that follow: %(number)d.") % {
        "number": number
    }


@require_POST
def withdraw_announcement(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = led_cohort(request, slug)
    said = get_object_or_404(Announcement, cohort=cohort, pk=pk)
    if said.withdraw():
        record(What.ANNOUNCED, about=f"{cohort.slug}: {pk} withdrawn", cohort=cohort)
    messages.success(request, _("It is withdrawn; e-mails that did not go out yet are not sent."))
    return redirect("announcements", slug=slug)
