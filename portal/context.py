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

from lessons.templatetags.pieces import once
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
    courses, leads = user.enrolments(), user.leads or user.may_open_cohorts
    course = courses[0].slug if len(courses) == 1 else ""
    links = links_for(course, bool(courses), leads)
    return tuple([Link(label, url, current(url, request.path)) for label, url in links])


@once
def links_for(course: str, learns: bool, leads: bool) -> list[tuple[str, str]]:
    """Label and address, for all who have one course, or several, and lead somebody, or not."""
    links = [(_("Your day"), address("day"))]
    if course:
        links.append((_("Course"), address("lessons:course_detail", course)))
    if learns:
        links.append((_("Labs"), address("labs:lab_list")))
    if leads:
        links.append((_("Cohorts"), address("cohort_list")))
    return [(label, url) for label, url in links if url]


def address(name: str, *args: str) -> str:
    """ "" for a page that does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def current(url: str, here: str) -> str:
    """For aria-current: `page` on it, `true` below it."""
    return "page" if here == url else "true" if here.startswith(url) else ""
