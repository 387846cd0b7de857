"""Somebody's own certificates and badges: how far they are, making one, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lessons.editions import load_in
from lessons.limits import limited
from lessons.people import SignedInRequest
from lessons.phrases import ORIGINAL
from portal.audit.models import What
from portal.audit.record import record
from portal.certificates.conditions import Progress, progress_of
from portal.certificates.forms import NameForm
from portal.certificates.models import Certificate

PER_MINUTE = 20  # each one that is made and withdrawn leaves a row, and lines in the log


@require_safe
def certificate_list(request: SignedInRequest) -> HttpResponse:
    own = list(Certificate.objects.shown_to(request.user.pk))
    valid = {one.course_id for one in own if one.is_valid}
    courses = [(one, one.edition.course.pk in valid) for one in progress_of(request.user)]
    context = {"certificates": own, "courses": courses}
    return render(request, "portal/certificates/certificate_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("certificate", per_minute=PER_MINUTE)
def new_certificate(request: SignedInRequest, slug: str) -> HttpResponse:
    progress = find_progress(request, slug)
    mine = Certificate.objects.filter(user=request.user.pk, course=progress.edition.course.pk)
    if one := mine.valid().first():
        return redirect(one)
    taken = Certificate.objects.taken_away(request.user.pk, progress.edition.course.pk).first()
    form = NameForm(request.POST or None, initial={"name": getattr(request.user, "name", "")})
    if request.method == "POST" and progress.holds and not taken and form.is_valid():
        return redirect(issued(request, progress, form.cleaned_data["name"]))
    context = {"progress": progress, "form": form, "taken": taken}
    return render(request, "portal/certificates/new_certificate.html", context)


def find_progress(request: SignedInRequest, slug: str) -> Progress:
    for one in progress_of(request.user):
        if one.edition.course.slug == slug:
            return one
    raise Http404(slug)


def issued(request: SignedInRequest, progress: Progress, name: str) -> Certificate:
    """Of two buttons pressed at once, one makes it."""
    course = progress.edition.course
    mine = {"user_id": request.user.pk, "course_id": course.pk}
    try:
        with transaction.atomic():
            made = Certificate.objects.create(
                **mine,
                cohort_id=progress.cohort,
                name=name,
                title=load_in(course.pk, course.edition, ORIGINAL).course.title,
                edition=course.edition,
                lessons=progress.lessons_total,
                asking=progress.asking,
                labs=progress.labs_total,
            )
            note(made, "issued")
    except IntegrityError:
        return Certificate.objects.valid().get(**mine)
    return made


def note(one: Certificate, done: str) -> None:
    """In the log of the cohort, by its number: the address is for whom its owner shows it to."""
    record(What.CERTIFICATE, person=one.user, about=f"{one.pk} {done}", cohort=one.cohort)


@require_POST
@limited("certificate", per_minute=PER_MINUTE)
def withdraw_certificate(request: SignedInRequest, token: str) -> HttpResponse:
    one = get_object_or_404(Certificate, token=token, user=request.user.pk)
    with transaction.atomic():
        if one.withdraw():
            note(one, "withdrawn" if one.is_valid else "without a name")
            messages.success(request, withdrawn(one))
    return redirect("certificate_list")


def withdrawn(one: Certificate) -> str:
    """What became of it, as it was before."""
    if one.is_valid:
        return _("It is withdrawn: its page says so and names you no more.")
    return _("Your name is taken off. It stays revoked.")
