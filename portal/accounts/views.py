"""What allauth has no page for: joining one more cohort, and the profile."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from portal.accounts.attempts import CODES_OF_ONE_PERSON, Attempt
from portal.accounts.forms import JoinForm, ProfileForm
from portal.accounts.keeping import words_of_keeping
from portal.accounts.request import SignedInRequest


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Where an invitation's link leads: strangers sign up with the code, members add a cohort."""
    code = request.GET.get("code", "")
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_signup')}?{urlencode({'code': code})}")
    form = JoinForm(request.POST or None, initial={"code": code})
    if request.method == "POST" and not may_try_code(request.user.pk):
        return render(request, "429.html", status=429)
    if form.is_valid() and form.redeem(request.user):
        messages.success(
            request, _("Welcome to %(cohort)s.") % {"cohort": form.cleaned_data["code"].cohort}
        )
        return redirect("day")
    return render(request, "account/join.html", {"form": form})


def may_try_code(user: int) -> bool:
    return Attempt.objects.take("code", (f"user {user}", CODES_OF_ONE_PERSON)) is not None


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        # What was chosen in the footer is over
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        translation.activate(
            request.user.language or translation.get_language_from_request(request)
        )
        messages.success(request, _("Saved."))
        answer = redirect("profile")
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return answer
    return render(request, "account/profile.html", {"form": form, "kept": words_of_keeping()})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Chosen in the footer by anybody: a cookie keeps it, and the profile of whoever is signed
    in."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    return set_language(request)
