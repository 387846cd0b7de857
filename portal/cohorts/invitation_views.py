"""Letting people into a cohort: by a code for many, or by a letter to each."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lessons.people import SignedInRequest
from portal.cohorts.finding import led_cohort
from portal.cohorts.invitation_forms import InvitationForm, RosterForm
from portal.cohorts.inviting import invite, preview, send_again
from portal.cohorts.mail_limits import problem_with
from portal.cohorts.models import Cohort, Invitation
from portal.cohorts.roster import Line
from portal.letters.writing import is_mail_sent
from portal.proof import require_proof

PERSONAL_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = led_cohort(request, slug)
    form = InvitationForm(request.POST or None, instance=Invitation(cohort=cohort))
    if form.is_valid():
        if form.gives_rights():
            require_proof(request)
        messages.success(request, _("A new code: %(code)s") % {"code": form.save()})
        return redirect("invitations", slug=slug)
    context = {
        "cohort": cohort,
        "form": form,
        "sends_mail": is_mail_sent(),
        "open": cohort.invitations.open().codes().order_by("-pk"),
        "closed": cohort.invitations.closed().codes().order_by("-pk"),
        "personal": personal_page(request, cohort),
    }
    return render(request, "portal/cohorts/invitations.html", context)


def personal_page(request: SignedInRequest, cohort: Cohort) -> object:
    """Those that nobody used yet, the newest first."""
    rows = cohort.invitations.open().personal().order_by("-pk")
    return Paginator(rows, PERSONAL_A_PAGE).get_page(request.GET.get("page"))


@require_POST
def close_invitation(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    invitation = get_object_or_404(led_cohort(request, slug).invitations, pk=pk)
    invitation.close()
    said = _("%(code)s is closed. Whoever joined with it stays.")
    messages.success(request, said % {"code": invitation.email or invitation})
    return redirect("invitations", slug=slug)


@require_POST
def resend_invitation(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    personal = led_cohort(request, slug).invitations.open().personal()
    invitation = get_object_or_404(personal.select_related("cohort"), pk=pk)
    if problem := send_again(invitation, request):
        messages.warning(request, problem)
    else:
        messages.success(
            request, _("An e-mail to %(to)s is on its way.") % {"to": invitation.email}
        )
    return redirect("invitations", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def invite_by_mail(request: SignedInRequest, slug: str) -> HttpResponse:
    """First a preview of what would happen; what was previewed is read once more before it does."""
    cohort = led_cohort(request, slug, lock=request.method == "POST")
    form = RosterForm(request.POST or None, request.FILES or None, cohort=cohort)
    context = {"cohort": cohort, "form": form, "sends_mail": is_mail_sent()}
    if not (context["sends_mail"] and form.is_valid()):
        return render(request, "portal/cohorts/invite_by_mail.html", context)
    if "change" in request.POST:
        context["form"] = RosterForm(cohort=cohort, initial=form.cleaned_data)
        return render(request, "portal/cohorts/invite_by_mail.html", context)
    found = preview(cohort, form.lines)
    problem = problem_with(len(found.new), cohort, request.user)
    if "send" in request.POST and found.new and not problem:
        return send_invitations(request, cohort, form, found.new)
    context |= {"preview": found, "problem": problem, "people": form.cleaned_data["people"]}
    return render(request, "portal/cohorts/invite_preview.html", context)


def send_invitations(
    request: SignedInRequest, cohort: Cohort, form: RosterForm, lines: list[Line]
) -> HttpResponse:
    if form.gives_rights():
        require_proof(request)
    role, expires_at = form.cleaned_data["role"], form.expires_at()
    number = invite(cohort, lines, role=role, expires_at=expires_at, request=request)
    said = ngettext(
        "%(number)d e-mail is on its way.", "%(number)d e-mails are on their way.", number
    )
    messages.success(request, said % {"number": number})
    return redirect("invitations", slug=cohort.slug)
