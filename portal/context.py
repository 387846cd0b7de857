"""What every page's template may use."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal import legal


def page(request: HttpRequest) -> dict[str, object]:
    # The name csp_nonce is read by django-htmx and is Django 6's own.
    return {
        "openid": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "legal": legal.links,
        "nav": lambda: navigation(request),
        "toasts": lambda: toasts(request),
        "this_page": lambda: request.get_full_path() if request.method != "POST" else "/",
    }


def toasts(request: HttpRequest) -> SafeString:
    """What happened before this page."""
    said = [
        render_to_string("components/toast.html", {"text": message, "tone": message.level_tag})
        for message in get_messages(request)
    ]
    return mark_safe("".join(said))  # noqa: S308 - rendered by a template


class Link(NamedTuple):
    label: str
    url: str
    current: str


def navigation(request: HttpRequest) -> tuple[Link, ...]:
    """The header's links. What they need came with the user (portal/accounts/backend.py)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ()
    enrolments = user.enrolments()
    places: list[tuple[str, str, list[str]]] = [(_("Your day"), "day", [])]
    if len(enrolments) == 1:
        places.append((_("Course"), "lessons:course_detail", [enrolments[0].slug]))
    if enrolments:
        places.append((_("Labs"), "labs:lab_list", []))
    if user.leads or user.may_open_cohorts:
        places.append((_("Cohorts"), "cohort_list", []))
    links = (nav_link(label, name, args, request.path) for label, name, args in places)
    return tuple(link for link in links if link)


def nav_link(label: str, name: str, args: list[str], here: str) -> Link | None:
    """A link to a page that exists, with aria-current: `page` on it, `true` below it."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return None
    current = "page" if here == url else "true" if here.startswith(url) else ""
    return Link(label, url, current)
