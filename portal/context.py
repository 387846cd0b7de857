"""What every page's template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal.cohorts.models import Role


def page(request: HttpRequest) -> dict[str, Any]:
    # The name csp_nonce is read by django-htmx and is Django 6's own.
    return {"csp_nonce": getattr(request, "csp_nonce", ""), "nav": SimpleLazyObject(lambda: navigation(request))}


def navigation(request: HttpRequest) -> list[dict[str, str]]:
    """The header's links: one query, and only on pages that show the header to somebody signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    rows = list(user.memberships.values_list("role", "cohort__course__slug").distinct())
    courses = sorted({course for _role, course in rows})
    places: list[tuple[str, str, list[str]]] = [(_("Your day"), "day", [])]
    if len(courses) == 1:
        places.append((_("Course"), "lessons:course_detail", courses))
    if courses:
        places.append((_("Labs"), "labs:lab_list", []))
    if any(role == Role.INSTRUCTOR for role, _course in rows):
        places.append((_("Cohorts"), "cohort_list", []))
    return [link for label, name, args in places if (link := nav_link(label, name, args, request.path))]


def nav_link(label: str, name: str, args: list[str], here: str) -> dict[str, str] | None:
    """A link to a page that exists, with aria-current: `page` on it, `true` below it."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return None
    current = "page" if here == url else "true" if here.startswith(url) else ""
    return {"label": label, "url": url, "current": current}
