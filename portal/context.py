"""What every page's template may use."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _


def page(request: HttpRequest) -> dict[str, object]:
    # The name csp_nonce is read by django-htmx and is Django 6's own.
    return {
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "nav": SimpleLazyObject(lambda: navigation(request)),
    }


def navigation(request: HttpRequest) -> list[dict[str, str]]:
    """The header's links. What they need came with the user (portal/accounts/backend.py)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    places: list[tuple[str, str, list[str]]] = [(_("Your day"), "day", [])]
    if user.courses == 1:
        places.append((_("Course"), "lessons:course_detail", [user.first_course]))
    if user.courses:
        places.append((_("Labs"), "labs:lab_list", []))
    if user.leads:
        places.append((_("Cohorts"), "cohort_list", []))
    return [
        link for label, name, args in places if (link := nav_link(label, name, args, request.path))
    ]


def nav_link(label: str, name: str, args: list[str], here: str) -> dict[str, str] | None:
    """A link to a page that exists, with aria-current: `page` on it, `true` below it."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return None
    current = "page" if here == url else "true" if here.startswith(url) else ""
    return {"label": label, "url": url, "current": current}
